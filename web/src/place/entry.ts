import { t } from '../texts'
import { hour } from '../ui/time'

export interface Planned {
  id: string
  state: string
  startsAt: string
  endsAt?: string | null
  sequence: number
}

export interface Entry {
  title: string
  description: string
  /** Who invited, if somebody did. */
  host: string | null
  /** The room's address. It is never the link, which is secret. */
  address: string
  session: Planned
}

/** Returns the end that calendars show, an hour after the start for a session without an end. */
export const endOf = ({ startsAt, endsAt }: Planned) => endsAt ?? new Date(Date.parse(startsAt) + hour).toISOString()

/** Returns the text of an entry: the room's description, who invited, and where the room is. */
export function detailsOf({ description, host, address }: Entry): string {
  return [description, host && t.calendar.invitedBy(host), `${t.calendar.where}\n${address}`].filter(Boolean).join('\n\n')
}

/** Returns the addresses that open a new entry in calendars on the web. They tell those sites what the file has, and no secret. */
export function calendarLinks(entry: Entry): { google: string; outlook: string } {
  const { session } = entry
  const [from, to] = [session.startsAt, endOf(session)].map((at) => new Date(at).toISOString()) as [string, string]
  const basic = (at: string) => at.replaceAll(/[-:]|\.\d+/g, '')
  const details = detailsOf(entry)
  const google = new URLSearchParams({ action: 'TEMPLATE', text: entry.title, dates: `${basic(from)}/${basic(to)}`, details })
  const outlook = new URLSearchParams({ path: '/calendar/action/compose', rru: 'addevent', subject: entry.title, startdt: from, enddt: to, body: details })
  return {
    google: `https://calendar.google.com/calendar/render?${google}`,
    outlook: `https://outlook.live.com/calendar/0/deeplink/compose?${outlook}`,
  }
}
