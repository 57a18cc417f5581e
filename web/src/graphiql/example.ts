export interface Example {
  query: string
  variables?: string
}

/** Returns a tab with a document and its variables. */
export const example = (query: string, variables?: object): Example => ({ query: query.trim(), variables: variables && JSON.stringify(variables, null, 2) })
