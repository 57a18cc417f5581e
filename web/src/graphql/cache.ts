import { type Cache, cacheExchange, type KeyingConfig, type UpdatesConfig } from '@urql/exchange-graphcache'
import { gql } from '@urql/core'
import { relayPagination } from '@urql/exchange-graphcache/extras'
import { embeddedTypes } from './generated/embeddedTypes'
import { type MovingEvent, moveOwnPlace } from './ownPlace'
import generated from './generated/possibleTypes'
import { InvitationsDocument, PeopleDocument, type PolicyPartsFragment, SitePolicyDocument, type InvitationPartsFragment, type AttendeePartsFragment } from './generated/graphql'

interface CachedEvent extends MovingEvent {
  __typename: string
  revision: number
  invitation?: InvitationPartsFragment
  participant?: AttendeePartsFragment
}

const keys: KeyingConfig = Object.fromEntries(embeddedTypes.map((name) => [name, () => null]))

interface Edges<T> {
  edges: { __typename?: string; cursor: string; node: T }[]
  totalCount: number
}

/** Inserts an event's invitation or participant into the lists of its room, except for searches and filtered lists. */
function insert(cache: Cache, event: CachedEvent) {
  const room = { __typename: 'Room', id: event.room.id }
  for (const field of cache.inspectFields(room)) {
    const args = field.arguments as { first?: number; sessionId?: string | null; after?: string | null; status?: null; state?: null; role?: null; online?: boolean | null; search?: null } | null
    if (!args || args.after || args.status || args.state || args.role || typeof args.online === 'boolean' || args.search || args.first === undefined) continue
    const variables = { ...args, roomId: event.room.id, first: args.first }
    const { invitation, participant } = event
    if (field.fieldName === 'invitations' && invitation && (!args.sessionId || args.sessionId === invitation.session.id)) {
      cache.updateQuery({ query: InvitationsDocument, variables }, (data) => {
        const list = data?.room?.invitations as Edges<InvitationPartsFragment> | null | undefined
        if (list && list.edges.every((edge) => edge.node.id !== invitation.id)) {
          list.edges.unshift({ __typename: 'InvitationEdge', cursor: '', node: invitation })
          list.totalCount += 1
        }
        return data
      })
    }
    if (field.fieldName === 'participants' && participant) {
      cache.updateQuery({ query: PeopleDocument, variables }, (data) => {
        const list = data?.room?.participants as Edges<AttendeePartsFragment> | null | undefined
        if (list && list.edges.every((edge) => edge.node.id !== participant.id)) {
          list.edges.push({ __typename: 'ParticipantEdge', cursor: '', node: participant })
          list.totalCount += 1
        }
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
    if (session === `Session:${invitation.session.id}`) insert(cache, { __typename: 'InvitationCreated', revision: 0, room: { id: roomId }, invitation })
  }
}

const roomRevision = gql`
  fragment _ on Room {
    id
    revision
  }
`

const updates: UpdatesConfig = {
  Subscription: {
    roomEvents: (result, _args, cache) => {
      const event = result['roomEvents'] as CachedEvent
      const known = cache.resolve({ __typename: 'Room', id: event.room.id }, 'revision') as number | null
      if (known !== null && known < event.revision) cache.writeFragment(roomRevision, { __typename: 'Room', id: event.room.id, revision: event.revision })
      moveOwnPlace(cache, event)
      if (event.invitation ?? event.participant) insert(cache, event)
    },
  },
  Mutation: {
    inviteUser: (result, _args, cache) => {
      const answer = result['inviteUser'] as { invitation?: InvitationPartsFragment }
      if (answer.invitation) insertInvited(cache, answer.invitation)
    },
    inviteUsers: (result, _args, cache) => {
      const answer = result['inviteUsers'] as { rows?: { outcome: string; invitation?: InvitationPartsFragment | null }[] }
      for (const { outcome, invitation } of answer.rows ?? []) if (outcome === 'INVITED' && invitation) insertInvited(cache, invitation)
    },
    updateSitePolicy: (result, _args, cache) => {
      const answer = result['updateSitePolicy'] as { sitePolicy?: PolicyPartsFragment }
      if (answer.sitePolicy) cache.updateQuery({ query: SitePolicyDocument }, () => ({ sitePolicy: answer.sitePolicy ?? null }))
    },
    createRoom: (_result, _args, cache) => cache.invalidate('Query', 'rooms'),
    deleteRoom: (_result, _args, cache) => cache.invalidate('Query', 'rooms'),
  },
}

/** Returns the normalised cache. It keeps every object once, by its id; answers and events update it. */
export function normalisedCache() {
  return cacheExchange({
    possibleTypes: generated.possibleTypes,
    keys,
    updates,
    resolvers: {
      Query: { rooms: relayPagination() },
      Room: { invitations: relayPagination(), participants: relayPagination() },
    },
  })
}
