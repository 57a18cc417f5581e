// Apollo Client, as it is published.
import { ApolloClient, CombinedGraphQLErrors, gql, HttpLink, InMemoryCache } from '@apollo/client'
import { createPersistedQueryLink } from '@apollo/client/link/persisted-queries'
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { changeRole, Heard, play, rejection, revision, revoke, site } from './play.js'
import { createApollo } from './setup/apollo.js'
import { openSocket } from './setup/socket.js'

const host = createApollo(site.url, site.host)
const guest = createApollo(site.url, site.guest)

const people = gql`
  query People($id: ID!, $after: Cursor) {
    room(id: $id) {
      id
      participants(first: 2, after: $after) {
        edges { node { id displayName role } }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
`
const invite = gql`
  mutation Invite($input: InviteUserInput!) {
    inviteUser(input: $input) {
      ... on InvitationSuccess { invitation { id role status } }
      ... on Problem { code message field nextSteps }
    }
  }
`
const roles = gql`
  subscription Roles($id: ID!, $after: Int) {
    roomEvents(roomId: $id, after: $after) {
      id
      revision
      ... on RolePromoted { participant { id role } }
      ... on RoleDemoted { participant { id role } }
    }
  }
`
const ask = gql`query Me { me { user { id name } participants { id } } }`

await play('a query and the next page of a connection', async () => {
  const shown = new Heard()
  const query = host.watchQuery({ query: people, variables: { id: site.room } })
  const stop = query.subscribe((result) => shown.push(result.data?.room?.participants))
  const { edges, pageInfo } = await shown.next((page) => page)
  assert.equal(edges.length, 2)
  assert.equal(pageInfo.hasNextPage, true)
  await query.fetchMore({ variables: { after: pageInfo.endCursor } })
  const both = await shown.next((page) => page?.edges.length > 2)
  assert.deepEqual(both.edges.map(({ node }) => node.displayName), site.names)
  stop.unsubscribe()
})

await play('a mutation', async () => {
  const input = { roomId: site.room, email: 'lin@example.org', firstName: 'Lin', lastName: 'Wei', role: 'SPEAKER' }
  const { data } = await host.mutate({ mutation: invite, variables: { input } })
  assert.deepEqual({ ...data.inviteUser.invitation, id: '' }, { __typename: 'Invitation', id: '', role: 'SPEAKER', status: 'PENDING' })
})

await play('a problem is data', async () => {
  const input = { roomId: site.room, email: 'lin', firstName: 'Lin', lastName: 'Wei', role: 'SPEAKER' }
  const { data } = await host.mutate({ mutation: invite, variables: { input } })
  assert.equal(data.inviteUser.code, 'INVALID_EMAIL')
  assert.equal(data.inviteUser.field, 'email')
})

await play('errors have their code', async () => {
  const code = async (client, options) => {
    const error = await rejection('mutation' in options ? client.mutate(options) : client.query(options))
    assert.ok(CombinedGraphQLErrors.is(error), error)
    return error.errors[0].extensions.code
  }
  const input = { roomId: site.room, email: 'x@example.org', firstName: 'X', lastName: 'Y', role: 'VIEWER' }
  assert.equal(await code(guest, { mutation: invite, variables: { input } }), 'FORBIDDEN')
  assert.equal(await code(host, { mutation: invite, variables: { input: { ...input, roomId: 'r_none' } } }), 'NOT_FOUND')
  assert.equal(await code(host, { mutation: invite, variables: { input: { ...input, role: 'KING' } } }), 'BAD_USER_INPUT')
  assert.equal(await code(host, { query: gql`{ nothing }` }), 'GRAPHQL_VALIDATION_FAILED')
  assert.equal(await code(createApollo(site.url, 'wrong'), { query: ask }), 'UNAUTHENTICATED')
})

await play('a cookie, a key of an account and a token of a participant', async () => {
  const http = (headers) => new ApolloClient({ link: new HttpLink({ uri: `${site.url}/graphql`, headers }), cache: new InMemoryCache() })
  const { data: signedIn } = await http({ Cookie: site.cookie }).query({ query: ask })
  assert.equal(signedIn.me.user.name, 'Ada Host')
  const { data: keyed } = await host.query({ query: ask })
  assert.equal(keyed.me.user.id, signedIn.me.user.id)
  const { data: redeemed } = await guest.query({ query: ask })
  assert.deepEqual(redeemed.me.participants, [{ __typename: 'Participant', id: site.place }])
})

await play('an event changes what a query shows', async () => {
  const shown = new Heard()
  const query = guest.watchQuery({
    query: gql`query Mine($id: ID!) { room(id: $id) { id myParticipant { id role } } }`,
    variables: { id: site.room },
  })
  const role = (wanted) => ({ data }) => data?.room?.myParticipant?.role === wanted
  const stop = [query.subscribe((result) => shown.push(result))]
  await shown.next(role('VIEWER'))
  stop.push(guest.subscribe({ query: roles, variables: { id: site.room, after: await revision() } }).subscribe(() => {}))
  await changeRole('SPEAKER')
  await shown.next(role('SPEAKER'))
  const before = shown.all.length
  await changeRole('VIEWER')
  await shown.next(role('VIEWER'), before)
  stop.forEach((each) => each.unsubscribe())
})

await play('events come again after a break, and none is missing', async () => {
  const socket = openSocket(site.url, site.guest)
  const heard = new Heard()
  const after = await revision()
  const events = createApollo(site.url, site.guest, socket).subscribe({ query: roles, variables: { id: site.room, after } })
  const stop = events.subscribe(({ data }) => heard.push(data.roomEvents.revision))
  await changeRole('SPEAKER')
  await heard.next((event) => event === after + 1)
  socket.terminate()
  await changeRole('VIEWER')
  await heard.next((event) => event === after + 2)
  assert.deepEqual(heard.all, [after + 1, after + 1, after + 2])
  stop.unsubscribe()
})

await play('a subscription that is refused', async () => {
  const heard = new Heard()
  host.subscribe({ query: roles, variables: { id: 'r_none' } }).subscribe((result) => heard.push(result))
  const { error } = await heard.next(() => true)
  assert.ok(CombinedGraphQLErrors.is(error), error)
  assert.equal(error.errors[0].extensions.code, 'NOT_FOUND')
})

for (const useGETForHashedQueries of [false, true]) {
  await play(`stored documents fall back, ${useGETForHashedQueries ? 'with GET' : 'with POST'}`, async () => {
    const requests = []
    const spy = (address, options) => {
      const given = options.method === 'GET' ? Object.fromEntries(new URL(address).searchParams) : JSON.parse(options.body)
      requests.push(`${options.method} ${'query' in given ? 'document' : 'hash'}`)
      return fetch(address, options)
    }
    const stored = createPersistedQueryLink({ sha256: (text) => createHash('sha256').update(text).digest('hex'), useGETForHashedQueries })
    const http = new HttpLink({ uri: `${site.url}/graphql`, headers: { Authorization: `Bearer ${site.host}` }, fetch: spy })
    const client = new ApolloClient({ link: stored.concat(http), cache: new InMemoryCache() })
    const { data } = await client.query({ query: ask })
    assert.equal(data.me.user.name, 'Ada Host')
    await client.query({ query: people, variables: { id: site.room } })
    assert.deepEqual(requests, [useGETForHashedQueries ? 'GET hash' : 'POST hash', 'POST document', 'POST document'])
  })
}
await play('a subscription over plain HTTP is refused with a reason', async () => {
  const http = new HttpLink({ uri: `${site.url}/graphql`, headers: { Authorization: `Bearer ${site.guest}` } })
  const heard = new Heard()
  new ApolloClient({ link: http, cache: new InMemoryCache() })
    .subscribe({ query: roles, variables: { id: site.room } })
    .subscribe((result) => heard.push(result))
  const { error } = await heard.next(() => true)
  assert.match(error.errors[0].message, /need WebSocket/)
})

await play('a subscription ends with the sign-in', async () => {
  const nobody = createApollo(site.url, '')
  const { data } = await nobody.mutate({
    mutation: gql`mutation ($input: SignInInput!) { signIn(input: $input) { ... on SignInSuccess { accessToken } } }`,
    variables: { input: { email: 'ada@example.com', password: site.password, credential: 'BEARER' } },
  })
  const signedIn = createApollo(site.url, data.signIn.accessToken)
  const heard = new Heard()
  const after = await revision()
  signedIn.subscribe({ query: roles, variables: { id: site.room, after } }).subscribe((result) => heard.push(result))
  await changeRole('SPEAKER')
  await heard.next((result) => result.data?.roomEvents.revision === after + 1)
  await signedIn.mutate({ mutation: gql`mutation { signOut { me { user { id } } } }` })
  const { error } = await heard.next((result) => result.error)
  assert.match(error.message, /4401/)
})

await play('a subscription ends with the access', async () => {
  const heard = new Heard()
  const events = guest.subscribe({ query: roles, variables: { id: site.room, after: await revision() } })
  const ended = new Promise((resolve) => events.subscribe({ next: (result) => heard.push(result), complete: resolve }))
  await changeRole('VIEWER')
  await heard.next((result) => result.data?.roomEvents.__typename === 'RoleDemoted') // from now on the server follows the room for it
  await revoke()
  await ended
  assert.equal(heard.all.at(-1).data?.roomEvents.__typename, 'InvitationRevoked')
})
process.exit(0)
