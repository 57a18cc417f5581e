import type { AttendeePartsFragment, ParticipantState, PeopleCountsQuery } from '../graphql/generated/graphql'
import { roleRank } from './roles'

/** Somebody in a list. */
export type Listed = AttendeePartsFragment & { muted?: boolean | null; mutedUntil?: string | null }

export type GroupKey = 'moderators' | 'speakers' | 'viewers' | 'away' | 'left' | 'out'

export interface Group {
  key: GroupKey
  people: Listed[]
}

/** The states of people who have left, or may not be in the room. */
export const gone = new Set<ParticipantState>(['LEFT', 'DENIED', 'REMOVED', 'BLOCKED'])

/** Reports whether somebody has a place, but does not have its page open. */
export function isAway(person: Pick<AttendeePartsFragment, 'state' | 'online'>): boolean {
  return !person.online && !gone.has(person.state)
}

function groupOf(person: AttendeePartsFragment, me: boolean): GroupKey | null {
  if (person.state === 'WAITING') return null // listed in the queue
  if (person.state === 'LEFT') return 'left'
  if (gone.has(person.state)) return 'out'
  if (!me && isAway(person)) return 'away'
  if (person.managerRole || person.role === 'MODERATOR') return 'moderators'
  return person.role === 'SPEAKER' ? 'speakers' : 'viewers'
}

interface Offers {
  changeRole: boolean
  remove: boolean
  unblock: boolean
}

/** Returns what the viewer can do now with a person: what the API allows and their state permits. Nobody does it to themselves. */
export function offersFor(person: Pick<AttendeePartsFragment, 'state' | 'mayChangeRole' | 'mayRemove' | 'mayUnblock'>, me: boolean): Offers {
  const out = person.state === 'BLOCKED' || person.state === 'DENIED'
  return {
    changeRole: !me && person.mayChangeRole && !out,
    remove: !me && person.mayRemove && !gone.has(person.state),
    unblock: !me && person.mayUnblock && out,
  }
}

/**
 * Groups people by role, then those who are away, have left, or were kept out. Managers come before moderators. Empty groups are
 * left out.
 */
export function groupPeople(people: Listed[], meId?: string): Group[] {
  const groups: Record<GroupKey, Listed[]> = { moderators: [], speakers: [], viewers: [], away: [], left: [], out: [] }
  for (const person of people) {
    const key = groupOf(person, person.id === meId)
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

export type Counts = NonNullable<NonNullable<PeopleCountsQuery['room']>['counts']>

/** Returns how many people have a place in the session, wherever they are. */
export function everybody({ countdown, lobby, waiting, inRoom, left, denied, removed, blocked }: Omit<Counts, 'roles' | 'away'>): number {
  return countdown + lobby + waiting + inRoom + left + denied + removed + blocked
}

/** The ways to filter the list by where people are. */
export type Where = 'inRoom' | 'lobby' | 'waiting' | 'away' | 'left' | 'out'

/** The arguments of the list for each way. */
export const filters: Record<Where, { state: ParticipantState[]; online?: boolean }> = {
  inRoom: { state: ['IN_ROOM'], online: true },
  lobby: { state: ['COUNTDOWN', 'LOBBY'], online: true },
  waiting: { state: ['WAITING'] },
  away: { state: ['COUNTDOWN', 'LOBBY', 'IN_ROOM'], online: false },
  left: { state: ['LEFT'] },
  out: { state: ['DENIED', 'REMOVED', 'BLOCKED'] },
}

/** Reports whether a person belongs into a filtered list. They may have moved since it was read. */
export function fits(person: AttendeePartsFragment, where: Where | null): boolean {
  if (!where) return true
  const { state, online } = filters[where]
  return state.includes(person.state) && (online === undefined || online === person.online)
}

/** Returns how many people are in each place. Those who wait are counted together, whether they are away or not. */
export function placesOf({ away, ...of }: Omit<Counts, 'roles'>): Record<Where, number> {
  return {
    inRoom: of.inRoom - away.inRoom,
    lobby: of.lobby + of.countdown - away.lobby - away.countdown,
    waiting: of.waiting,
    away: away.inRoom + away.lobby + away.countdown,
    left: of.left,
    out: of.denied + of.removed + of.blocked,
  }
}
