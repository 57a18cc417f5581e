// A guest's client, played by graphql-ws as it is: it does what the lines of its input say and tells what it hears. Each line of
// input is a JSON object, {"as": "subscription" or "query", "name", "query", "variables"}; each line of output a JSON array: the
// name and what was heard.
import { createInterface } from 'node:readline'
import { createClient } from 'graphql-ws'
import WebSocket from 'ws'

const [url, authorization] = process.argv.slice(2)
const say = (...words) => console.log(JSON.stringify(words))
const client = createClient({
  url,
  webSocketImpl: WebSocket,
  retryAttempts: 0,
  connectionParams: authorization ? { authorization: `Bearer ${authorization}` } : undefined,
  on: {
    connected: () => say('connected'),
    closed: (event) => say('closed', event.code),
  },
})

for await (const line of createInterface({ input: process.stdin })) {
  const { name, query, variables } = JSON.parse(line)
  client.subscribe(
    { query, variables },
    {
      next: (result) => say(name, result),
      error: (error) => say(name, 'error', Array.isArray(error) ? error : error.code),
      complete: () => say(name, 'complete'),
    },
  )
}
