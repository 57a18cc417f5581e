import { createEvent, type DateTime } from 'ics'

interface Planned {
  id: string
  startsAt: string
  endsAt?: string | null
}

function utc(at: string): DateTime {
  const then = new Date(at)
  return [then.getUTCFullYear(), then.getUTCMonth() + 1, then.getUTCDate(), then.getUTCHours(), then.getUTCMinutes()]
}

/** Returns the session as a calendar file. It has the room's address, never the link, which is secret. */
export function calendarFile(room: { title: string; description: string }, session: Planned, address: string): File {
  const { error, value } = createEvent({
    uid: `${session.id}@usher`,
    productId: 'usher',
    title: room.title,
    description: room.description ? `${room.description}\n\n${address}` : address,
    url: address,
    start: utc(session.startsAt),
    startInputType: 'utc',
    startOutputType: 'utc',
    ...(session.endsAt
      ? { end: utc(session.endsAt), endInputType: 'utc' as const, endOutputType: 'utc' as const }
      : { duration: { hours: 1 } }),
  })
  if (error || !value) throw error ?? new Error('write calendar file: empty')
  return new File([value], 'session.ics', { type: 'text/calendar;charset=utf-8' })
}
