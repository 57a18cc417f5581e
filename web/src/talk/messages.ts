import type { Channel, MessagePartsFragment } from '../graphql/generated/graphql'
import type { PlaceEvent } from '../graphql/roomEvents'

export type Message = MessagePartsFragment

/** The rows that a page holds of a channel, oldest first. */
export interface Held {
  rows: Message[]
  /** There are messages before the first row. */
  older: boolean
  /** The last row is the newest message. Otherwise newer ones were let go, so that older ones have room. */
  atEnd: boolean
}

export const nothing: Held = { rows: [], older: false, atEnd: true }

/** A page holds no more rows than people, screen readers and find-in-page can go through. */
export const most = 200

/** Returns what a page of older messages adds, without those that are there already. Newer rows go where there are too many. */
export function withOlder(held: Held, page: Message[], older: boolean): Held {
  const known = new Set(held.rows.map(({ id }) => id))
  const all = [...page.filter(({ id }) => !known.has(id)), ...held.rows]
  return { rows: all.slice(0, most), older, atEnd: held.atEnd && all.length <= most }
}

/** Returns the rows after an event. Only moderators keep the text of what was hidden; the page of an author keeps their own. */
export function withEvent(held: Held, event: PlaceEvent, channel: Channel, keeps: (message: Message) => boolean): Held {
  switch (event.__typename) {
    case 'MessagesPosted': {
      if (event.channel !== channel || !held.atEnd) return held
      const known = new Set(held.rows.map(({ id }) => id))
      const all = [...held.rows, ...event.messages.filter(({ id }) => !known.has(id)).map((message) => ({ ...message, editedAt: null, hiddenBy: null, replyTo: message.replyTo ? { ...message.replyTo, text: held.rows.find(({ id }) => id === message.replyTo?.id)?.text ?? null } : null }))]
      return { ...held, rows: all.slice(-most), older: held.older || all.length > most }
    }
    case 'MessagesChanged': {
      if (event.channel !== channel) return held
      const changed = new Map(event.messages.map((message) => [message.id, message]))
      return withRows(held, (row) => {
        const next = changed.get(row.id)
        if (next) return { ...row, ...next, text: next.state === 'HIDDEN' && !next.text && keeps(row) ? row.text : next.text }
        const answered = row.replyTo && changed.get(row.replyTo.id)
        return row.replyTo && answered ? { ...row, replyTo: { ...row.replyTo, state: answered.state, text: answered.text } } : row
      })
    }
    case 'MessagesHidden':
      return withRows(held, (row) => {
        if (row.author.participantId === event.participantId && row.state === 'SHOWN') return { ...row, state: 'HIDDEN', text: keeps(row) ? row.text : null, hiddenBy: event.actor ?? null }
        if (row.replyTo?.author.participantId === event.participantId && row.replyTo.state === 'SHOWN') return { ...row, replyTo: { ...row.replyTo, state: 'HIDDEN', text: null } }
        return row
      })
    case 'ChannelCleared':
      return event.channel === channel && !event.restored ? nothing : held
    default:
      return held
  }
}

function withRows(held: Held, change: (row: Message) => Message): Held {
  const rows = held.rows.map(change)
  return rows.some((row, index) => row !== held.rows[index]) ? { ...held, rows } : held
}
