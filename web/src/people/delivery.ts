import type { AttendeePartsFragment } from '../graphql/generated/graphql'
import { gone } from './attendance'

/** The role revision of somebody whose role was never changed. */
export const firstRole = 1

/**
 * Returns whether a change of role has reached the person's page, or null where there was no change or the viewer may not
 * know. `changed` says whether this page saw the change: only then is its arrival news.
 */
export function delivery(
  person: Pick<AttendeePartsFragment, 'roleDelivered' | 'roleRevision' | 'online' | 'state'>,
  changed: boolean,
): 'delivered' | 'under way' | 'later' | null {
  if (person.roleDelivered === null || person.roleDelivered === undefined) return null
  if (person.roleDelivered) return changed && !gone.has(person.state) ? 'delivered' : null
  if (person.roleRevision === firstRole || person.state === 'BLOCKED' || person.state === 'DENIED') return null
  return person.online ? 'under way' : 'later'
}

/** Reports whether a host should look at somebody, as the argument `needsLook` of the list does. */
export function needsLook(person: Pick<AttendeePartsFragment, 'state' | 'online' | 'role' | 'roleRevision' | 'roleDelivered'>): boolean {
  const awaited = delivery(person, false) !== null && !gone.has(person.state)
  return awaited || (person.state === 'IN_ROOM' && person.role !== 'VIEWER' && !person.online)
}
