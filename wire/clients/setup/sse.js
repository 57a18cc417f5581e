import { createClient } from 'graphql-sse'

export const createStreams = (usher, token) =>
  createClient({
    url: `${usher}/graphql`,
    headers: { ...(token && { Authorization: `Bearer ${token}` }) },
    retryAttempts: Infinity,
  })
