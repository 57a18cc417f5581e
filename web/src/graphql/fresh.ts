import { type AnyVariables, type Client, mapExchange, type OperationResult, type TypedDocumentNode } from '@urql/core'

/**
 * Returns an exchange that keeps what the server answered, for below the cache. The cache hands on answers with what it knows from
 * elsewhere: a list of one moment with the revision of a later event. Whoever compares the two would take that event for read.
 */
export const keepAnswers = () => mapExchange({ onResult: (result) => ({ ...result, extensions: { ...result.extensions, answered: result.data } }) })

/** Returns what the server answered, without what the cache knows. There is nothing if the answer did not come from the server. */
export const answered = <Data>({ extensions }: Pick<OperationResult<Data>, 'extensions'>) => extensions?.['answered'] as Data | null | undefined

/**
 * Asks the server once. There is no data if it is out of reach: what the client keeps for pages meanwhile is older than what they know.
 */
export async function askFresh<Data, Variables extends AnyVariables>(client: Client, document: TypedDocumentNode<Data, Variables>, variables: Variables): Promise<OperationResult<Data, Variables>> {
  const result = await client.query(document, variables, { requestPolicy: 'network-only' }).toPromise()
  return { ...result, data: answered(result) ?? undefined }
}
