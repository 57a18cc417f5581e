import { cacheExchange, type KeyingConfig, type UpdatesConfig } from '@urql/exchange-graphcache'
import { gql } from '@urql/core'
import { relayPagination } from '@urql/exchange-graphcache/extras'
import { keptLists } from './arrivals'
import { embeddedTypes } from './generated/embeddedTypes'
import { type MovingEvent, moveOwnPlace } from './ownPlace'
import generated from './generated/possibleTypes'
import { type PolicyPartsFragment, SitePolicyDocument, type InvitationPartsFragment, type AttendeePartsFragment } from './generated/graphql'

interface CachedEvent extends MovingEvent {
  __typename: string
  revision: number
  invitation?: InvitationPartsFragment
  participant?: AttendeePartsFragment
  mails?: { id: string; invitation?: { id: string } | null }[]
  muted?: boolean
  until?: string | null
}

const keys: KeyingConfig = Object.fromEntries(embeddedTypes.map((name) => [name, () => null]))

const roomRevision = gql`
  fragment _ on Room {
    id
    revision
  }
`

const updates: UpdatesConfig = {
  Subscription: {
    roomEvents: (result, _args, cache) => {
      const came = result['roomEvents'] as CachedEvent | CachedEvent[] // see batches.ts
      const events = Array.isArray(came) ? came : [came]
      const last = events.at(-1)
      if (!last) return
      const room = { __typename: 'Room', id: last.room.id }
      const known = cache.resolve(room, 'revision') as number | null
      if (known !== null && known < last.revision) cache.writeFragment(roomRevision, { ...room, revision: last.revision })
      for (const event of events) moveOwnPlace(cache, event)
      keptLists()?.insert(cache, last.room.id, {
        people: events.flatMap(({ participant }) => (participant && 'displayName' in participant ? participant : [])), // others have only an id
        paused: events.flatMap(({ __typename, participant, muted = false, until = null }) => (__typename === 'ParticipantMuted' && participant ? [{ id: participant.id, muted, mutedUntil: until }] : [])),
        mails: events.flatMap(({ mails = [] }) => mails),
        invited: events.flatMap(({ __typename, invitation }) => (__typename === 'InvitationCreated' && invitation ? [invitation] : [])),
      })
    },
  },
  Mutation: {
    inviteUser: (result, _args, cache) => {
      const answer = result['inviteUser'] as { invitation?: InvitationPartsFragment }
      if (answer.invitation) keptLists()?.insertInvited(cache, answer.invitation)
    },
    inviteUsers: (result, _args, cache) => {
      const answer = result['inviteUsers'] as { rows?: { outcome: string; invitation?: InvitationPartsFragment | null }[] }
      for (const { outcome, invitation } of answer.rows ?? []) if (outcome === 'INVITED' && invitation) keptLists()?.insertInvited(cache, invitation)
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
      Room: { invitations: relayPagination(), participants: relayPagination(), attendance: relayPagination() },
    },
  })
}
