import { createClient } from 'graphql-ws'
import WebSocket from 'ws' // for Node 20: browsers and Node 22 have their own

/** openSocket prepares one connection for all subscriptions. It opens with the first of them, and comes back by itself. */
export const openSocket = (usher, token) =>
  createClient({
    url: `${usher.replace('http', 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    connectionParams: token && { authorization: `Bearer ${token}` }, // in a page of the site itself the cookie is enough
    retryAttempts: Infinity,
    shouldRetry: (closed) => closed.code !== 4403,
  })
