// Relay, as it is published: compiled against the schema that the server shows, then executed.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import relay from 'relay-runtime'
import { changeRole, Heard, play, revision, site } from './play.js'
import { createRelay } from './setup/relay.js'
import { openSocket } from './setup/socket.js'

const { createOperationDescriptor, fetchQuery, getRequest, getSingularSelector, commitMutation, requestSubscription } = relay
const folder = mkdtempSync(join(tmpdir(), 'relay-'))
process.on('exit', () => rmSync(folder, { recursive: true }))
const compiled = (name) => createRequire(join(folder, 'generated', 'index.js'))(`./documents${name}.graphql.js`)

const warnings = []
console.error = (...words) => warnings.push(words.join(' '))

/** compile runs the compiler over relay/src with a schema. */
async function compile(schema) {
  rmSync(folder, { recursive: true })
  cpSync('relay', folder, { recursive: true })
  mkdirSync(join(folder, 'generated'))
  writeFileSync(join(folder, 'schema.graphql'), schema)
  symlinkSync(join(process.cwd(), 'node_modules'), join(folder, 'node_modules'))
  const printed = execFileSync('node_modules/.bin/relay-compiler', ['relay.config.json'], { cwd: folder, stdio: 'pipe' })
  assert.match(printed.toString(), /compiled documents/)
}

await play('the compiler takes the contract', () => compile(readFileSync('../../graph/contract.graphql')))

await play('the compiler takes the schema that the server shows', async () => {
  await compile(await (await fetch(`${site.url}/schema.graphql`)).text())
})

const host = createRelay(site.url, site.host)

/** page reads a fragment of the room from the store. */
function page(environment, owner, fragment) {
  const { room } = environment.lookup(owner.fragment).data
  return environment.lookup(getSingularSelector(compiled(fragment), room)).data
}

const roomQuery = createOperationDescriptor(getRequest(compiled('RoomQuery')), { id: site.room })
const kept = host.retain(roomQuery)

await play('a query, with the pages of a connection', async () => {
  await fetchQuery(host, compiled('RoomQuery'), { id: site.room }).toPromise()
  const first = page(host, roomQuery, '_people').participants
  assert.equal(first.totalCount, 3)
  assert.equal(first.edges.length, 2)
  const { hasNextPage, endCursor } = first.pageInfo
  assert.equal(hasNextPage, true)
  await fetchQuery(host, compiled('PeopleQuery'), { id: site.room, first: 2, after: endCursor }).toPromise()
  const both = page(host, roomQuery, '_people').participants
  assert.deepEqual(both.edges.map(({ node }) => node.displayName), site.names)
  assert.equal(both.pageInfo.hasNextPage, false)
})

const mutate = (variables) =>
  new Promise((resolve, reject) => {
    commitMutation(host, { mutation: compiled('InviteMutation'), variables, onError: reject, onCompleted: (data, errors) => resolve({ data, errors }) })
  })
const input = { roomId: site.room, email: 'lin@example.org', firstName: 'Lin', lastName: 'Wei', role: 'SPEAKER' }

await play('a mutation adds to a connection', async () => {
  const list = page(host, roomQuery, '_invitations').invitations
  await mutate({ input, lists: [list.__id] })
  const { edges } = page(host, roomQuery, '_invitations').invitations
  assert.deepEqual(edges.map(({ node }) => node.email), ['lin@example.org', ...list.edges.map(({ node }) => node.email)])
})

await play('a problem is data, and errors have their code', async () => {
  const again = await mutate({ input, lists: [] })
  assert.equal(again.data.inviteUser.code, 'ALREADY_INVITED')
  const failed = await mutate({ input: { ...input, roomId: 'r_none' }, lists: [] }).catch((error) => ({ errors: error.source.errors }))
  assert.equal(failed.errors[0].extensions.code, 'NOT_FOUND')
})

await play('an event changes what a query shows, through a break', async () => {
  const socket = openSocket(site.url, site.guest)
  const guest = createRelay(site.url, site.guest, socket)
  const query = createOperationDescriptor(getRequest(compiled('NodeQuery')), { id: site.place })
  const keep = guest.retain(query)
  await fetchQuery(guest, compiled('NodeQuery'), { id: site.place }).toPromise()
  const shown = new Heard()
  const stop = guest.subscribe(guest.lookup(query.fragment), ({ data }) => shown.push(data.node))
  assert.deepEqual(guest.lookup(query.fragment).data.node, { __typename: 'Participant', role: 'VIEWER' })
  const after = await revision()
  const heard = new Heard()
  const events = requestSubscription(guest, {
    subscription: compiled('RolesSubscription'),
    variables: { id: site.room, after },
    onNext: ({ roomEvents }) => heard.push(roomEvents.revision),
    onError: assert.fail,
  })
  await changeRole('SPEAKER')
  await shown.next(({ role }) => role === 'SPEAKER')
  socket.terminate()
  await changeRole('VIEWER')
  await shown.next(({ role }) => role === 'VIEWER')
  await heard.next((event) => event === after + 2)
  assert.deepEqual(heard.all, [after + 1, after + 1, after + 2])
  for (const each of [events, stop, keep]) each.dispose()
})

await play('no id belongs to two objects', async () => {
  const environment = createRelay(site.url, site.host)
  const everything = await fetchQuery(environment, compiled('EverythingQuery'), { id: site.room }).toPromise()
  assert.deepEqual(everything.users.nodes.map(({ user }) => user.name), ['Ada Host'])
  assert.ok(everything.room.events.length > 5)
  const seen = new Heard()
  requestSubscription(environment, { subscription: compiled('RolesSubscription'), variables: { id: site.room, after: 0 }, onNext: ({ roomEvents }) => seen.push(roomEvents) })
  await seen.next((event) => event.__typename === 'RoleDemoted')
  requestSubscription(environment, { subscription: compiled('RolesSubscription'), variables: { id: site.room, after: 1e6 }, onNext: ({ roomEvents }) => seen.push(roomEvents) })
  await seen.next((event) => event.__typename === 'ResyncRequired')
})

await play('Relay warns of nothing', () => assert.deepEqual(warnings, []))
kept.dispose()
process.exit(0)
