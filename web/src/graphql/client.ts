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
 * One client with one cache and one connection, for the credentials of this moment. Cookies are read once a
 * connection, so after signing in, signing out or redeeming a new one is opened and this one disposed of. Each request names
 * the place that the tab acts as.
 */
export function openUsher(): Usher {
  const askTime = () => void client.query(ServerTimeDocument, {}, { requestPolicy: 'network-only' }).toPromise()
  const socket = openSocket(`${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/graphql`, askTime)
  const client = new Client({
    url: '/graphql',
    preferGetMethod: false,
    fetchOptions: () => ({ credentials: 'same-origin', headers: naming() }),
    // Without the signal: an answer that nobody waits for any more is passed over. Cutting it off while its body is read
    // would save nothing and throw where nobody catches.
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

/** The header that names the tab's place. */
function naming(): Record<string, string> {
  const place = namedPlace()
  return place === null ? {} : { 'Usher-Place': place }
}

// A whole request is refused only for the place that it names.
const placeExchange = mapExchange({
  onResult: ({ error }) => {
    if (error?.graphQLErrors.some(({ extensions, path }) => extensions['code'] === 'FORBIDDEN' && !path)) losePlace()
  },
})

const sent = new Map<number, number>()

// Every answer that tells the server's time sets the clock. A pushed value was on its way for half a round trip that
// nobody measured, so it counts as a slow one: taken only where nothing better is known.
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
