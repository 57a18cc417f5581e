// What the stories of all clients need. The test passes the site as JSON: its address, a room and who is in it.
import assert from 'node:assert/strict'

/** site has the addresses, ids and credentials that the test made. */
export const site = JSON.parse(process.argv[2])

/** play runs a story and prints its name when it has passed. */
export async function play(name, story) {
  try {
    await story()
  } catch (failure) {
    process.stderr.write(`${name}: ${failure.stack}\n${JSON.stringify(failure, null, 1)}\n`)
    process.exit(1)
  }
  console.log(name)
}

/** rejection returns what a promise is rejected with. */
export async function rejection(promise) {
  const outcome = await promise.then((value) => ({ value }), (error) => ({ error }))
  assert.ok(outcome.error, `accepted with ${JSON.stringify(outcome.value)}`)
  return outcome.error
}

/** asHost asks the server as the room's host, without any of the clients. */
export async function asHost(query, variables) {
  const response = await fetch(`${site.url}/graphql`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${site.host}` },
    body: JSON.stringify({ query, variables }),
  })
  const { data, errors } = await response.json()
  assert.equal(errors, undefined)
  return data
}

/** changeRole is what the host does while the clients listen. */
export const changeRole = (role) =>
  asHost('mutation ($input: ChangeRoleInput!) { changeRole(input: $input) { ... on ParticipantSuccess { participant { role } } } }', {
    input: { participantId: site.place, role },
  })

/** revoke is how the host ends the guest's access. */
export async function revoke() {
  const { node } = await asHost('query ($id: ID!) { node(id: $id) { ... on Participant { invitation { id } } } }', { id: site.place })
  await asHost('mutation ($id: ID!) { revokeInvitation(invitationId: $id) { __typename } }', { id: node.invitation.id })
}

/** revision returns the room's newest revision. */
export const revision = async () => (await asHost('query ($id: ID!) { room(id: $id) { revision } }', { id: site.room })).room.revision

/** Heard collects what a subscription delivers. */
export class Heard {
  all = []
  #wake = () => {}

  push(item) {
    this.all.push(item)
    this.#wake()
  }

  /** next returns the first item from a position that fits. */
  async next(fits, from = 0) {
    for (;;) {
      const found = this.all.slice(from).find(fits)
      if (found) return found
      await new Promise((resolve) => (this.#wake = resolve))
    }
  }
}
