// graphql-sse, as it is published: subscriptions over plain HTTP.
import { createClient } from 'graphql-sse'
import assert from 'node:assert/strict'
import { changeRole, Heard, play, rejection, revision, site } from './play.js'
import { createStreams } from './setup/sse.js'

const guest = createStreams(site.url, site.guest)
const events = 'subscription ($id: ID!, $after: Int) { roomEvents(roomId: $id, after: $after) { __typename revision } }'

/** all collects what an operation gives until it ends. */
const all = (client, request) =>
  new Promise((resolve, reject) => {
    const results = []
    client.subscribe(request, { next: (result) => results.push(result), error: reject, complete: () => resolve(results) })
  })

await play('a query and a mutation', async () => {
  const [{ data }] = await all(guest, { query: '{ me { participants { id } } }' })
  assert.deepEqual(data.me.participants, [{ id: site.place }])
  const [entered] = await all(guest, {
    query: 'mutation ($id: ID!) { enterRoom(roomId: $id) { ... on ParticipantSuccess { participant { state } } } }',
    variables: { id: site.room },
  })
  assert.equal(entered.data.enterRoom.participant.state, 'IN_ROOM')
})

await play('a subscription', async () => {
  const heard = new Heard()
  const stop = guest.subscribe(
    { query: events, variables: { id: site.room, after: await revision() } },
    { next: ({ data }) => heard.push(data.roomEvents), error: assert.fail, complete: () => {} },
  )
  await changeRole('SPEAKER')
  await heard.next((event) => event.__typename === 'RolePromoted')
  await changeRole('VIEWER')
  await heard.next((event) => event.__typename === 'RoleDemoted')
  stop()
})

await play('a subscription that is refused', async () => {
  const [{ errors }] = await all(guest, { query: events, variables: { id: 'r_none' } })
  assert.equal(errors[0].extensions.code, 'NOT_FOUND')
})

await play('the mode of one connection is refused with a reason', async () => {
  const single = createClient({ url: `${site.url}/graphql`, singleConnection: true, retryAttempts: 0 })
  const { message } = await rejection(all(single, { query: '{ serverTime }' }))
  assert.match(message, /405|Method Not Allowed/i)
})
process.exit(0)
