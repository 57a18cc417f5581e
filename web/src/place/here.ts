import { useState } from 'react'
import type { HerePartsFragment, PersonPartsFragment } from '../graphql/generated/graphql'
import { type PlaceEvent, useRoomEvent } from '../graphql/roomEvents'
import { roleRank } from '../people/roles'

/** Who was in the room at a revision, as an answer says it. */
export interface Here {
  revision: number
  people: PersonPartsFragment[]
  /** There were more whom participants see than the answer has. */
  more: boolean
}

/** What the newest event about each person says of them, by their id. */
export type Said = ReadonlyMap<string, { revision: number; person: PersonPartsFragment }>

export const nobody: Said = new Map()

/** Returns the list of an answer, or null if it has none. */
export function hereOf(room: Partial<HerePartsFragment> | null | undefined): Here | null {
  if (room?.revision === undefined || !room.participants) return null
  const { nodes, pageInfo } = room.participants
  // Viewers come last, and nobody is shown all of them.
  return { revision: room.revision, people: nodes, more: pageInfo.hasNextPage && nodes.at(-1)?.role !== 'VIEWER' }
}

// Participants see each other's roles from Speaker on. Moderators get events about all viewers too, and need none of them here.
const isShown = (person: PersonPartsFragment) => person.role !== 'VIEWER' || Boolean(person.managerRole)

/** Returns what events said, with one more. */
export function withEvent(said: Said, event: PlaceEvent): Said {
  switch (event.__typename) {
    case 'SessionStarted':
      return nobody
    case 'ParticipantChanged':
    case 'ParticipantRemoved':
      if (!isShown(event.participant) && !said.has(event.participant.id)) return said
      break
    case 'RolePromoted':
    case 'RoleDemoted':
      break
    default:
      return said
  }
  return new Map(said).set(event.participant.id, { revision: event.revision, person: event.participant })
}

/** Follows who comes and goes while the page is open, also before it shows the room: an answer may be older than an event. */
export function useSaid(): Said {
  const [said, setSaid] = useState(nobody)
  useRoomEvent((event) => setSaid((before) => withEvent(before, event)))
  return said
}

/** Returns the people of an answer as later events left them: oneself first, then managers, then by role, highest first, then by name. */
export function whoIsHere(here: Here | null, said: Said, me: PersonPartsFragment): PersonPartsFragment[] {
  const people = new Map(here?.people.map((person) => [person.id, person]))
  for (const { revision, person } of said.values()) if (here && revision > here.revision) people.set(person.id, person)
  people.delete(me.id)
  const rank = (person: PersonPartsFragment) => (person.managerRole ? 8 : roleRank[person.role])
  const others = [...people.values()].filter((person) => person.state === 'IN_ROOM' && person.online && isShown(person))
  return [me, ...others.toSorted((a, b) => rank(b) - rank(a) || a.displayName.localeCompare(b.displayName))]
}
