// Plays one story after the other against the server whose URL is given. Each line of output is a JSON array: the story
// and what the client saw; a line ["do", what] asks the test to act on the server.
import { createClient } from 'graphql-ws'
import WebSocket from 'ws'

const [url] = process.argv.slice(2)
const say = (...words) => console.log(JSON.stringify(words))
const connect = (options = {}) =>
  createClient({ url, webSocketImpl: WebSocket, retryAttempts: 5, retryWait: async () => {}, ...options })

// all collects what an operation gives until it ends, and how it ends. at(n) is called after the nth result.
const all = (client, payload, at = () => {}) =>
  new Promise((resolve) => {
    const seen = []
    const stop = client.subscribe(payload, {
      next: (result) => {
        seen.push(result)
        at(seen.length, stop)
      },
      error: (error) => resolve([...seen, Array.isArray(error) ? { errors: error } : { closed: error.code, reason: error.reason }]),
      complete: () => resolve([...seen, 'complete']),
    })
  })

const client = connect()
say('query', await all(client, { query: '{ hello }' }))
say('variables', await all(client, { query: 'query ($n: Int!) { double(n: $n) }', variables: { n: 21 } }))
say('subscription', await all(client, { query: 'subscription { count(to: 3) }' }))
say('error of execution', await all(client, { query: '{ fail }' }))
say('request error', await all(client, { query: '{ nope }' }))
say('panic', await all(client, { query: '{ panic }' }))
const [large] = await all(client, { query: '{ big(size: 300000) }' })
say('large answer', large.data.big.length)
say('completed by the client', (await all(client, { query: 'subscription { big(size: 10) }' }, (n, stop) => n === 2 && stop())).pop())
say('many at once', (await Promise.all([...Array(16)].map(() => all(client, { query: 'subscription { count(to: 20) }' })))).map((results) => results.length))
client.dispose()

const answered = { messages: 0, frames: 0 }
const lively = connect({
  keepAlive: 10,
  on: {
    pong: (received) => received && answered.messages++,
    opened: (socket) => socket.on('ping', () => answered.frames++),
  },
})
await all(lively, { query: 'subscription { events }' }, (_, stop) => answered.messages > 2 && answered.frames > 2 && stop())
say('pings go both ways', true)
lively.dispose()

const quiet = connect({ on: { opened: (socket) => socket.on('ping', () => ++quiet.pings === 10 && quiet.resolve()) } })
quiet.pings = 0
const pinged = new Promise((resolve) => (quiet.resolve = resolve))
const silence = all(quiet, { query: '{ held }' })
await pinged
say('do', 'release')
say('who says nothing but pongs stays', await silence)
quiet.dispose()

for (const code of [1012, 1013, 4403]) {
  let connections = 0
  const loyal = connect({ on: { connected: () => connections++ } })
  await all(loyal, { query: 'subscription { events }' }, (n, stop) => {
    if (n === 1) say('do', `close ${code}`)
    if (connections === 2) stop()
  })
  say(`connects again after ${code}`, connections)
  loyal.dispose()
}

const ended = connect()
const last = (await all(ended, { query: 'subscription { events }' }, (n) => n === 1 && say('do', 'close 4401'))).pop()
say('gives up after 4401', last)

const refused = connect({ connectionParams: { authorization: 'wrong' } })
say('is refused', await all(refused, { query: '{ hello }' }))
