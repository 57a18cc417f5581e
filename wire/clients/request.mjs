// graphql-request, as it is published.
import { ClientError, GraphQLClient } from 'graphql-request'
import assert from 'node:assert/strict'
import { play, rejection, site } from './play.js'
import { createRequests } from './setup/request.js'

const host = createRequests(site.url, site.host)
const guest = createRequests(site.url, site.guest)

const invite = `
  mutation Invite($input: InviteUserInput!) {
    inviteUser(input: $input) {
      ... on InvitationSuccess { invitation { email role status } }
      ... on Problem { code field }
    }
  }
`
const input = { roomId: site.room, email: 'lin@example.org', firstName: 'Lin', lastName: 'Wei', role: 'SPEAKER' }
const me = '{ me { user { name } participants { id } } }'

await play('a query with variables', async () => {
  const { room } = await host.request('query ($id: ID!) { room(id: $id) { participants { nodes { displayName } } } }', { id: site.room })
  assert.deepEqual(room.participants.nodes.map((one) => one.displayName), site.names)
})

await play('a query by GET', async () => {
  const client = new GraphQLClient(`${site.url}/graphql`, { method: 'GET', headers: { Authorization: `Bearer ${site.host}` } })
  const { room } = await client.request('query ($id: ID!) { room(id: $id) { title } }', { id: site.room })
  assert.equal(room.title, 'Town hall')
})

await play('a mutation, and a problem', async () => {
  const invited = await host.request(invite, { input })
  assert.deepEqual(invited.inviteUser.invitation, { email: 'lin@example.org', role: 'SPEAKER', status: 'PENDING' })
  const again = await host.request(invite, { input })
  assert.equal(again.inviteUser.code, 'ALREADY_INVITED')
})

await play('errors have their code', async () => {
  const code = async (client, ...request) => {
    const error = await rejection(client.request(...request))
    assert.ok(error instanceof ClientError, error)
    return error.response.errors[0].extensions.code
  }
  assert.equal(await code(guest, invite, { input }), 'FORBIDDEN')
  assert.equal(await code(host, invite, { input: { ...input, role: 'KING' } }), 'BAD_USER_INPUT')
  assert.equal(await code(host, '{ nothing }'), 'GRAPHQL_VALIDATION_FAILED')
  assert.equal(await code(createRequests(site.url, 'wrong'), me), 'UNAUTHENTICATED')
})

await play('headers of a client and of a request', async () => {
  const nobody = createRequests(site.url)
  assert.equal((await nobody.request(me)).me.user, null)
  assert.equal((await nobody.request(me, {}, { Cookie: site.cookie })).me.user.name, 'Ada Host')
  assert.deepEqual((await guest.request(me, {}, { 'Usher-Place': site.place })).me.participants, [{ id: site.place }])
})

await play('a batch is refused with a reason', async () => {
  const { response, message } = await rejection(host.batchRequests([{ document: me }, { document: me }]))
  assert.equal(response.status, 400)
  assert.match(message, /batches are not supported/)
})
