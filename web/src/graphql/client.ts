import { Client, fetchExchange, mapExchange, subscriptionExchange } from '@urql/core'
import { inBatches } from './batches'
import { syncClock } from './clock'
import { normalisedCache } from './cache'
import { keepAnswers } from './fresh'
import { ServerTimeDocument } from './generated/graphql'
import { losePlace, namedPlace } from './place'
import { type Live, openLive } from './live'

export interface Usher {
  client: Client
  live: Live
}

/**
 * Opens a client with its own cache and connection, for the current credentials. The server reads cookies once for each
 * connection, so new credentials need a new client. Each request names the tab's place.
 */
export function openUsher(): Usher {
  const askTime = () => void client.query(ServerTimeDocument, {}, { requestPolicy: 'network-only' }).toPromise()
  const live = openLive({ askTime, headers: naming })
  const client = new Client({
    url: '/graphql',
    preferGetMethod: false,
    fetchOptions: () => ({ credentials: 'same-origin', headers: naming() }),
    // There is no abort signal: aborting while the body is read would throw where nobody catches. Unneeded answers are
    // ignored.
    fetch: (input, init) => fetch(input, { ...init, signal: null }),
    exchanges: [
      keeping(),
      normalisedCache(),
      keepAnswers(),
      clockExchange,
      placeExchange,
      mapExchange({
        onResult: ({ operation, error }) => {
          if (operation.kind === 'query' || operation.kind === 'mutation') live.reached(!error?.networkError)
        },
      }),
      fetchExchange,
      subscriptionExchange({
        isSubscriptionOperation: (operation) => operation.kind === 'subscription',
        forwardSubscription: (request, operation) => ({
          subscribe: (sink) => {
            const batches = inBatches(sink, 250)
            const leave = live.follow(request.query ?? '', operation.variables as Record<string, unknown>, batches.sink)
            return {
              unsubscribe: () => {
                batches.drop()
                leave()
              },
            }
          },
        }),
      }),
    ],
  })
  return { client, live }
}

const mostKept = 200

/** Returns an exchange that keeps what pages showed last, for when it cannot be read again because the server is out of reach. */
function keeping() {
  const kept = new Map<number, unknown>()
  return mapExchange({
    onResult: (result) => {
      const { kind, key } = result.operation
      if (kind !== 'query') return
      if (result.data) {
        kept.delete(key)
        kept.set(key, result.data)
        const [oldest] = kept.keys()
        if (kept.size > mostKept && oldest !== undefined) kept.delete(oldest)
      } else if (result.error?.networkError && kept.has(key)) return { ...result, data: kept.get(key) }
    },
  })
}

/** Returns the header that names the tab's place. */
function naming(): Record<string, string> {
  const place = namedPlace()
  return place === null ? {} : { 'Usher-Place': place }
}

// An error FORBIDDEN without a path refuses the whole request, because of the place that it names.
const placeExchange = mapExchange({
  onResult: ({ error }) => {
    if (error?.graphQLErrors.some(({ extensions, path }) => extensions['code'] === 'FORBIDDEN' && !path)) losePlace()
  },
})

const sent = new Map<number, number>()

// Every answer with the server's time sets the clock. The delay of a pushed value is unknown, so it counts as slow, and is
// used only if nothing better is known.
const clockExchange = mapExchange({
  onOperation: (operation) => {
    if (operation.kind === 'query') sent.set(operation.key, performance.now())
  },
  onResult: ({ operation, data }) => {
    const since = sent.get(operation.key) ?? performance.now() - 2_000
    sent.delete(operation.key)
    const answer = data as { serverTime?: string; invitationLink?: { serverTime?: string } } | null | undefined
    const time = answer?.serverTime ?? answer?.invitationLink?.serverTime
    if (time) syncClock(time, since)
  },
})
