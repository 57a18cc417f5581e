import type { AttendeePartsFragment, ParticipantState } from '../graphql/generated/graphql'
import { roleRank } from './roles'

export type GroupKey = 'moderators' | 'speakers' | 'viewers' | 'gone'

export interface Group {
  key: GroupKey
  people: AttendeePartsFragment[]
}

/** The states of people who are not in the room and do not wait for it. */
export const gone = new Set<ParticipantState>(['LEFT', 'DENIED', 'REMOVED', 'BLOCKED'])

function groupOf(person: AttendeePartsFragment): GroupKey | null {
  if (person.state === 'WAITING') return null // listed in the queue
  if (gone.has(person.state)) return 'gone'
  if (person.managerRole || person.role === 'MODERATOR') return 'moderators'
  return person.role === 'SPEAKER' ? 'speakers' : 'viewers'
}

interface Offers {
  changeRole: boolean
  remove: boolean
  unblock: boolean
}

/** Returns what the viewer can do now with a person: what the API allows and their state permits. Nobody does it to themselves. */
export function offersFor(person: Pick<AttendeePartsFragment, 'state' | 'mayChangeRole' | 'mayRemove'>, me: boolean): Offers {
  const out = person.state === 'BLOCKED' || person.state === 'DENIED'
  return {
    changeRole: !me && person.mayChangeRole && !out,
    remove: !me && person.mayRemove && !gone.has(person.state),
    unblock: !me && person.mayChangeRole && out,
  }
}

/** Groups people by role, with those outside of the room last. Managers come before moderators. Empty groups are left out. */
export function groupPeople(people: AttendeePartsFragment[]): Group[] {
  const groups: Record<GroupKey, AttendeePartsFragment[]> = { moderators: [], speakers: [], viewers: [], gone: [] }
  for (const person of people) {
    const key = groupOf(person)
    if (key) groups[key].push(person)
  }
  const rank = (person: AttendeePartsFragment) => (person.managerRole ? 9 : roleRank[person.role])
  return (Object.keys(groups) as GroupKey[])
    .map((key) => ({ key, people: groups[key].toSorted((a, b) => rank(b) - rank(a) || a.displayName.localeCompare(b.displayName) || a.id.localeCompare(b.id)) }))
    .filter((group) => group.people.length > 0)
}

/** Sorts people by how long they wait, longest first. */
export function bySeniority(people: AttendeePartsFragment[]): AttendeePartsFragment[] {
  return people.toSorted((a, b) => (a.waitingSince ?? '').localeCompare(b.waitingSince ?? '') || a.id.localeCompare(b.id))
}
