import type { Cache } from '@urql/exchange-graphcache'
import type { AttendeePartsFragment, InvitationPartsFragment } from './generated/graphql'

export interface Arrived {
  people: AttendeePartsFragment[]
  invited: InvitationPartsFragment[]
  /** Emails to invitees, newest first. */
  mails: { id: string; invitation?: { id: string } | null }[]
  /** Whose writing was paused, or may write again. */
  paused: { id: string; muted: boolean; mutedUntil: string | null }[]
}

/** Inserts new people and invitations into the lists of the cache. */
export interface Lists {
  insert: (cache: Cache, roomId: string, arrived: Arrived) => void
  insertInvited: (cache: Cache, invitation: InvitationPartsFragment) => void
}

let loaded: Lists | undefined

/** Keeps the lists of the cache up to date from now on. Only pages with lists load how: others have none in their cache. */
export function keepLists(lists: Lists) {
  loaded = lists
}

/** Returns what keeps the lists up to date, or undefined on a page without lists. */
export const keptLists = () => loaded
