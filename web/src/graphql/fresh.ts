import type { AnyVariables, Client, OperationResult, TypedDocumentNode } from '@urql/core'

/**
 * Asks the server once. There is no data if it is out of reach: what the client keeps for pages meanwhile is older than what they know.
 */
export async function askFresh<Data, Variables extends AnyVariables>(client: Client, document: TypedDocumentNode<Data, Variables>, variables: Variables): Promise<OperationResult<Data, Variables>> {
  const result = await client.query(document, variables, { requestPolicy: 'network-only' }).toPromise()
  return result.error?.networkError ? { ...result, data: undefined } : result
}
