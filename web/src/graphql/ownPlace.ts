import { gql } from '@urql/core'
import type { Cache } from '@urql/exchange-graphcache'
import type { ParticipantState } from './generated/graphql'

/** What an event for everyone says about everyone's places. */
export interface MovingEvent {
  room: { id: string; session?: { id: string } | null }
  /** The session whose participants moved. */
  session?: { id: string }
  moves?: { from: ParticipantState; to: ParticipantState }[]
}

const moved = gql`
  fragment _ on Participant {
    id
    state
    waitingSince
    queuePosition
  }
`

/**
 * Applies an event to one's own place in the room. The same event goes to everyone, so it cannot name the place: it says which states
 * became which, and which session is current.
 */
export function moveOwnPlace(cache: Cache, { room: { id, session }, session: of, moves }: MovingEvent) {
  const room = { __typename: 'Room', id }
  const mine = cache.resolve(room, 'myParticipant') as string | null | undefined
  if (session === undefined || mine === undefined) return
  const sessionOf = mine && cache.resolve(mine, 'session')
  if (mine && of && sessionOf === `Session:${of.id}`) {
    const move = moves?.find(({ from }) => from === cache.resolve(mine, 'state'))
    if (move) cache.writeFragment(moved, { __typename: 'Participant', id: cache.resolve(mine, 'id'), state: move.to, waitingSince: null, queuePosition: null })
  }
  const current = session ? `Session:${session.id}` : null
  if (mine ? sessionOf === current : !current) return
  // A place in the session that is current now is read only by those who have one.
  if (ownPlaces(cache).some((place) => cache.resolve(place, 'session') === current)) cache.invalidate(room, 'myParticipant')
  else if (mine) cache.link(room, 'myParticipant', null)
}

/** Returns the keys of all places of this browser that the cache has. */
function ownPlaces(cache: Cache): string[] {
  const me = cache.resolve('Query', 'me') as string | null | undefined
  const places = me ? cache.resolve(me, 'participants') : null
  return (places as string[] | null | undefined) ?? []
}
