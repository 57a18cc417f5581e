import { ApolloClient, ApolloLink, HttpLink, InMemoryCache } from '@apollo/client'
import { GraphQLWsLink } from '@apollo/client/link/subscriptions'
import { relayStylePagination } from '@apollo/client/utilities'
import { OperationTypeNode } from 'graphql'
import { openSocket } from './socket.js'

export function createApollo(usher, token, socket = openSocket(usher, token)) {
  const http = new HttpLink({ uri: `${usher}/graphql`, headers: { ...(token && { Authorization: `Bearer ${token}` }) } })
  const live = new GraphQLWsLink(socket)
  return new ApolloClient({
    link: ApolloLink.split(({ operationType }) => operationType === OperationTypeNode.SUBSCRIPTION, live, http),
    cache: new InMemoryCache({
      typePolicies: {
        Query: { fields: { rooms: relayStylePagination(['search', 'only']) } },
        Room: {
          fields: {
            participants: relayStylePagination(['state', 'role', 'online', 'search', 'needsLook']),
            invitations: relayStylePagination(['sessionId', 'status', 'search', 'asking']),
          },
        },
      },
    }),
  })
}
