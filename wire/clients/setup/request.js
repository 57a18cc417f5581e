import { GraphQLClient } from 'graphql-request'

export const createRequests = (usher, token) =>
  new GraphQLClient(`${usher}/graphql`, { headers: { ...(token && { Authorization: `Bearer ${token}` }) } })
