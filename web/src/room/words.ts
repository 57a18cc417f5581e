import type { SessionPartsFragment } from '../graphql/generated/graphql'
import { t } from '../texts'
import { ago, day, minute } from '../ui/time'

/** starts in 5 min, starting now, was due to start 3 min ago. */
export function startWords(startsAt: string, now: number): string {
  const apart = Date.parse(startsAt) - now
  if (Math.abs(apart) < minute) return t.room.startingNow
  return (apart > 0 ? t.room.starts : t.room.wasDue)(ago(startsAt, now))
}

/** in 5 min, now, due 3 min ago. */
export function startBriefly(startsAt: string, now: number): string {
  const apart = Date.parse(startsAt) - now
  return apart < -minute ? t.room.due(ago(startsAt, now)) : ago(Math.max(Date.parse(startsAt), now), now)
}

/** Reports whether an ended session can be opened again: within a day. */
export function reopens(session: SessionPartsFragment, now: number): boolean {
  return session.state === 'ENDED' && Boolean(session.endedAt) && now - Date.parse(session.endedAt ?? '') < day
}
