import type { RoomEvent } from './sentence'

/** What a page has of a room's log. */
export interface Log {
  /** What was read, newest first, without gaps. */
  read: RoomEvent[]
  /** What came since, newest first. */
  live: RoomEvent[]
  /** Nothing older exists. */
  complete: boolean
  /** The server has answered. */
  loaded: boolean
  /** The newest are being read. The answer may be older than what came since. */
  reading: boolean
}

export type LogChange =
  | { kind: 'news'; events: RoomEvent[] }
  /** Events may be missing from here on. The newest are read again, by a request that begins now. */
  | { kind: 'gap' }
  | { kind: 'newest' | 'older'; events: RoomEvent[]; asked: number }

/** The size of a page of events. */
export const page = 100
/** The most events that a page keeps, so that one that is open for days stays small. Older ones can be read again. */
export const most = 2_000

/** Returns the log that begins with what the cache has. */
export function openLog(cached: RoomEvent[]): Log {
  return { read: cached, live: [], complete: false, loaded: false, reading: true }
}

/** Returns all events of a log, newest first. */
export function eventsOf({ read, live }: Log): RoomEvent[] {
  const newest = read[0]?.revision ?? 0
  return [...live.filter((event) => event.revision > newest), ...read]
}

/** Returns the events of both lists once each, newest first. */
function joined(one: RoomEvent[], other: RoomEvent[]): RoomEvent[] {
  const all = new Map([...other, ...one].map((event) => [event.revision, event]))
  return [...all.values()].toSorted((a, b) => b.revision - a.revision)
}

/** Returns the log after a change. */
export function changed(log: Log, change: LogChange): Log {
  switch (change.kind) {
    case 'news': {
      const live = [...change.events, ...log.live]
      if (log.reading || live.length < page) return { ...log, live }
      const read = eventsOf({ ...log, live })
      return { ...log, live: [], read: read.slice(0, most), complete: log.complete && read.length <= most }
    }
    case 'gap':
      return { ...log, read: eventsOf(log), live: [], reading: true }
    case 'newest': {
      const last = change.events.at(-1)?.revision ?? 0
      const whole = change.events.length < change.asked
      const meets = !whole && log.read.some((event) => event.revision >= last)
      return { ...log, loaded: true, reading: false, read: meets ? joined(change.events, log.read) : change.events, complete: whole || (meets && log.complete) }
    }
    case 'older':
      return { ...log, read: joined(log.read, change.events), complete: change.events.length < change.asked }
  }
}
