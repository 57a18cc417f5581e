import { Client, fetchExchange, mapExchange, subscriptionExchange } from '@urql/core'
import { syncClock } from './clock'
import { normalisedCache } from './cache'
import { ServerTimeDocument } from './generated/graphql'
import { losePlace, namedPlace } from './place'
import { resuming } from './resume'
import { openSocket, type Socket } from './socket'

export interface Usher {
  client: Client
  socket: Socket
}

/**
 * Opens a client with its own cache and connection, for the current credentials. The server reads cookies once for each
 * connection, so new credentials need a new client. Each request names the tab's place.
 */
export function openUsher(): Usher {
  const askTime = () => void client.query(ServerTimeDocument, {}, { requestPolicy: 'network-only' }).toPromise()
  const socket = openSocket(`${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/graphql`, askTime)
  const client = new Client({
    url: '/graphql',
    preferGetMethod: false,
    fetchOptions: () => ({ credentials: 'same-origin', headers: naming() }),
    // There is no abort signal: aborting while the body is read would throw where nobody catches. Unneeded answers are
    // ignored.
    fetch: (input, init) => fetch(input, { ...init, signal: null }),
    exchanges: [
      normalisedCache(),
      clockExchange,
      placeExchange,
      fetchExchange,
      subscriptionExchange({
        isSubscriptionOperation: (operation) => operation.kind === 'subscription',
        forwardSubscription: (request, operation) => ({
          subscribe: (given) => {
            const { variables, sink } = resuming(operation.variables as Record<string, unknown>, given)
            const query = request.query ?? ''
            return { unsubscribe: socket.client.subscribe({ query, variables }, sink as never) }
          },
        }),
      }),
    ],
  })
  return { client, socket }
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
