import relay from 'relay-runtime'
import { openSocket } from './socket.js'

export function createRelay(usher, token, socket = openSocket(usher, token)) {
  const request = async ({ text }, variables) => {
    const response = await fetch(`${usher}/graphql`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...(token && { Authorization: `Bearer ${token}` }) },
      body: JSON.stringify({ query: text, variables }),
    })
    return response.json()
  }
  const subscribe = ({ text }, variables) => relay.Observable.create((sink) => socket.subscribe({ query: text, variables }, sink))
  return new relay.Environment({
    network: relay.Network.create(request, subscribe),
    store: new relay.Store(new relay.RecordSource()),
  })
}
