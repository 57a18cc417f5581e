import type { CombinedError } from '@urql/core'
import { t } from '../texts'

/** Returns a sentence for an error that is not a Problem. */
export function unexpected(error: CombinedError | undefined): string {
  if (!error || error.networkError) return t.errors.network
  const code = errorCode(error)
  if (code === 'RATE_LIMITED') return t.errors.rate(Number(error.graphQLErrors[0]?.extensions['retryAfterSeconds'] ?? 60))
  if (code === 'UNAUTHENTICATED') return t.errors.signedOut
  if (code === 'FORBIDDEN') return t.errors.forbidden
  if (code === 'NOT_FOUND') return t.errors.notFound
  if (code === 'SERVICE_UNAVAILABLE') return t.errors.busy
  return t.errors.server
}

/** Returns the code of the first GraphQL error. */
export function errorCode(error: CombinedError | undefined): string | undefined {
  const code = error?.graphQLErrors[0]?.extensions['code']
  return typeof code === 'string' ? code : undefined
}
