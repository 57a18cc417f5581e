import { gql } from '@urql/core'
import type { Cache } from '@urql/exchange-graphcache'
import { type Arrived, keepLists } from './arrivals'
import { type InvitationPartsFragment, InvitationsDocument, type ListedPartsFragment, PeopleDocument } from './generated/graphql'

/** From this number on a list is a crowd's: pages show numbers, and read rows when somebody looks at them. */
export const crowdFrom = 201

interface Edges<T> {
  edges: { __typename?: string; cursor: string; node: T }[]
  totalCount: number
}

interface ListArguments {
  first?: number
  sessionId?: string | null
  after?: string | null
  status?: null
  state?: null
  role?: null
  online?: boolean | null
  search?: null
  asking?: boolean
  needsLook?: boolean
}

/** Adds to a list those who are not in it, at its end or its beginning. A crowd's list stays as it was read. */
function grow<T extends { id: string }>(list: Edges<T> | null | undefined, edge: string, arrived: T[], at: 'end' | 'beginning') {
  if (!list) return
  const known = new Set(list.edges.map(({ node }) => node.id))
  for (const node of arrived) {
    if (list.totalCount >= crowdFrom - 1) return
    if (known.has(node.id)) continue
    known.add(node.id)
    list.edges[at === 'end' ? 'push' : 'unshift']({ __typename: edge, cursor: '', node })
    list.totalCount += 1
  }
}

const pause = gql`
  fragment _ on Participant {
    id
    muted
    mutedUntil
  }
`

/** Puts an email before the others of its invitation. Its state is in the cache already. */
function addMail(cache: Cache, { id }: { id: string }, mail: string) {
  const invitation = { __typename: 'Invitation', id }
  const known = cache.resolve(invitation, 'mails') as string[] | null | undefined
  if (known && !known.includes(mail)) cache.link(invitation, 'mails', [mail, ...known])
}

/** Inserts who and what is new into the lists of a room, except for searches and filtered lists. Those are read again. */
function insert(cache: Cache, roomId: string, { people: came, invited, paused, mails }: Arrived) {
  for (const { id, invitation } of mails.toReversed()) if (invitation) addMail(cache, invitation, `Mail:${id}`)
  for (const one of paused) cache.writeFragment(pause, { __typename: 'Participant', ...one })
  if (came.length === 0 && invited.length === 0) return
  // An event does not say whether a pause goes on.
  const people = came.map((person): ListedPartsFragment => {
    const entity = { __typename: 'Participant', id: person.id }
    return { ...person, muted: (cache.resolve(entity, 'muted') as boolean | null | undefined) ?? null, mutedUntil: (cache.resolve(entity, 'mutedUntil') as string | null | undefined) ?? null }
  })
  for (const field of cache.inspectFields({ __typename: 'Room', id: roomId })) {
    const args = field.arguments as ListArguments | null
    if (!args || args.after || args.first === undefined) continue
    if (args.status || args.state || args.role || typeof args.online === 'boolean' || args.search || args.asking || args.needsLook) continue
    const variables = { ...args, roomId, first: args.first }
    if (field.fieldName === 'invitations' && invited.length > 0) {
      cache.updateQuery({ query: InvitationsDocument, variables }, (data) => {
        const ofSession = invited.filter(({ session }) => !args.sessionId || args.sessionId === session.id)
        grow(data?.room?.invitations as Edges<InvitationPartsFragment> | null | undefined, 'InvitationEdge', ofSession, 'beginning')
        return data
      })
    }
    if (field.fieldName === 'participants' && people.length > 0) {
      cache.updateQuery({ query: PeopleDocument, variables }, (data) => {
        grow(data?.room?.participants as Edges<ListedPartsFragment> | null | undefined, 'ParticipantEdge', people, 'end')
        return data
      })
    }
  }
}

/** Inserts an invitation into the lists of the room whose current session it is for. */
function insertInvited(cache: Cache, invitation: InvitationPartsFragment) {
  for (const field of cache.inspectFields('Query')) {
    const roomId = (field.arguments as { id?: string } | null)?.id
    if (field.fieldName !== 'room' || !roomId) continue
    const session = cache.resolve(cache.resolve('Query', 'room', { id: roomId }) as string, 'session')
    if (session === `Session:${invitation.session.id}`) insert(cache, roomId, { people: [], invited: [invitation], paused: [], mails: [] })
  }
}

keepLists({ insert, insertInvited })
