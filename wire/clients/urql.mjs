// The core of urql, as it is published.
import assert from 'node:assert/strict'
import { cacheExchange, Client, fetchExchange } from '@urql/core'
import { onEnd, pipe, subscribe } from 'wonka'
import { changeRole, Heard, play, revision, revoke, site } from './play.js'
import { openSocket } from './setup/socket.js'
import { createUrql } from './setup/urql.js'

const host = createUrql(site.url, site.host)
const guest = createUrql(site.url, site.guest)

const invite = `
  mutation Invite($input: InviteUserInput!) {
    inviteUser(input: $input) {
      ... on InvitationSuccess { invitation { email role status } }
      ... on Problem { code field }
    }
  }
`
const input = { roomId: site.room, email: 'lin@example.org', firstName: 'Lin', lastName: 'Wei', role: 'SPEAKER' }
const events = 'subscription ($id: ID!, $after: Int) { roomEvents(roomId: $id, after: $after) { __typename revision } }'

await play('a query', async () => {
  const { data, error } = await host.query('query ($id: ID!) { room(id: $id) { participants { nodes { displayName } } } }', { id: site.room })
  assert.equal(error, undefined)
  assert.deepEqual(data.room.participants.nodes.map((one) => one.displayName), site.names)
})

await play('a query as urql sends it by itself', async () => {
  const client = new Client({
    url: `${site.url}/graphql`,
    fetchOptions: { headers: { Authorization: `Bearer ${site.host}` } },
    exchanges: [cacheExchange, fetchExchange],
  })
  const { data } = await client.query('{ me { user { name } } }', {})
  assert.equal(data.me.user.name, 'Ada Host')
  const link = 'query ($token: String!) { invitationLink(token: $token) { roomTitle } }'
  const { error } = await client.query(link, { token: 'secret' })
  assert.match(error.graphQLErrors[0].message, /use POST/)
  assert.equal((await host.query(link, { token: 'secret' })).error, undefined)
})

await play('a mutation, and a problem', async () => {
  const invited = await host.mutation(invite, { input })
  assert.equal(invited.data.inviteUser.invitation.status, 'PENDING')
  const again = await host.mutation(invite, { input })
  assert.equal(again.data.inviteUser.code, 'ALREADY_INVITED')
})

await play('errors have their code', async () => {
  const { error } = await guest.mutation(invite, { input })
  assert.equal(error.graphQLErrors[0].extensions.code, 'FORBIDDEN')
  const { error: unknown } = await createUrql(site.url, 'wrong').query('{ me { user { name } } }', {})
  assert.equal(unknown.graphQLErrors[0].extensions.code, 'UNAUTHENTICATED')
})

await play('a subscription, through a break', async () => {
  const socket = openSocket(site.url, site.guest)
  const heard = new Heard()
  const after = await revision()
  const { unsubscribe } = createUrql(site.url, site.guest, socket)
    .subscription(events, { id: site.room, after })
    .subscribe(({ data }) => heard.push(data.roomEvents))
  await changeRole('SPEAKER')
  await heard.next((event) => event.__typename === 'RolePromoted')
  socket.terminate()
  await changeRole('VIEWER')
  await heard.next((event) => event.__typename === 'RoleDemoted')
  assert.deepEqual(heard.all.map((event) => event.revision), [after + 1, after + 1, after + 2])
  unsubscribe()
})

await play('a subscription that is refused', async () => {
  const heard = new Heard()
  host.subscription(events, { id: 'r_none' }).subscribe((result) => heard.push(result))
  const { error } = await heard.next(() => true)
  assert.equal(error.graphQLErrors[0].extensions.code, 'NOT_FOUND')
})
await play('a subscription over plain HTTP, and its end', async () => {
  const client = new Client({
    url: `${site.url}/graphql`,
    fetchSubscriptions: true,
    fetchOptions: { headers: { Authorization: `Bearer ${site.guest}` } },
    exchanges: [fetchExchange],
  })
  const heard = new Heard()
  const source = client.subscription(events, { id: site.room, after: await revision() })
  const ended = new Promise((resolve) => pipe(source, onEnd(resolve), subscribe(({ data, hasNext }) => heard.push({ ...data?.roomEvents, hasNext }))))
  await changeRole('SPEAKER')
  await heard.next((event) => event.__typename === 'RolePromoted')
  await revoke()
  await ended
  assert.equal(heard.all.filter((event) => event.__typename).at(-1).__typename, 'InvitationRevoked')
})
process.exit(0)
