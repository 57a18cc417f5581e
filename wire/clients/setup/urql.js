import { Client, fetchExchange, subscriptionExchange } from '@urql/core'
import { openSocket } from './socket.js'

export function createUrql(usher, token, socket = openSocket(usher, token)) {
  return new Client({
    url: `${usher}/graphql`,
    preferGetMethod: false,
    fetchOptions: { headers: { ...(token && { Authorization: `Bearer ${token}` }) } },
    exchanges: [
      fetchExchange,
      subscriptionExchange({
        forwardSubscription: ({ query = '', variables }) => ({
          subscribe: (sink) => ({ unsubscribe: socket.subscribe({ query, variables }, sink) }),
        }),
      }),
    ],
  })
}
