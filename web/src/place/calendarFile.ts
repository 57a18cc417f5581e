import { createEvent, type DateTime } from 'ics'
import { detailsOf, endOf, type Entry } from './entry'

function utc(at: string): DateTime {
  const then = new Date(at)
  return [then.getUTCFullYear(), then.getUTCMonth() + 1, then.getUTCDate(), then.getUTCHours(), then.getUTCMinutes()]
}

/**
 * Returns the text of a calendar file for the session. Its UID is the same for as long as the session lives and its SEQUENCE grows, so a
 * calendar that gets a later file replaces the entry. It names no organizer, because that needs an email address.
 */
export function calendarFile(entry: Entry): string {
  const { session } = entry
  const { error, value } = createEvent({
    uid: `${session.id}@usher`,
    sequence: session.sequence,
    productId: 'usher',
    status: session.state === 'CANCELLED' ? 'CANCELLED' : 'CONFIRMED',
    title: entry.title,
    description: detailsOf(entry),
    url: entry.address,
    start: utc(session.startsAt),
    startInputType: 'utc',
    startOutputType: 'utc',
    end: utc(endOf(session)),
    endInputType: 'utc',
    endOutputType: 'utc',
    alarms: session.state === 'CANCELLED' ? [] : [{ action: 'display', description: entry.title, trigger: { minutes: 10, before: true } }],
  })
  if (error || !value) throw error ?? new Error('write calendar file: empty')
  return value
}
