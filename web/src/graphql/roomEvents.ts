import { createContext, useContext, useEffect, useEffectEvent } from 'react'
import type { EnterRoomMutation, PlaceEventsSubscription } from './generated/graphql'

export type PlaceEvent = PlaceEventsSubscription['roomEvents']

/** The room as entering answers it, with what the page of the room shows at once. */
export type EnteredRoom = Extract<EnterRoomMutation['enterRoom'], { participant: object }>['participant']['room']

/** What entering answers, or null if it does not lead into the room, and the events since it was asked. Some may be older than the answer. */
export interface Entered {
  answer: Promise<EnteredRoom | null>
  events: PlaceEvent[]
}

/** A part of the page that shows something of the answer to entering. */
type Part = 'chat' | 'hand'

// A part that is not shown for so many events asks the server instead.
const mostKept = 500

type Listener = (event: PlaceEvent) => void

export interface Events {
  /** Hands an event to everyone who listens now, before it returns. */
  deliver: Listener
  listen: (listener: Listener) => () => void
  /** Keeps the answer to entering, and the events from now on, until the parts of the page are loaded that need them. Null drops them. */
  keep: (answer: Promise<EnteredRoom | null> | null) => void
  /** Returns what is kept, once for each part. It is null if the part must ask the server. */
  take: (part: Part) => Entered | null
}

/** Returns a place to hand events on. State would keep only the last of several that arrive before one render. */
export function openEvents(): Events {
  const listeners = new Set<Listener>()
  let kept: (Entered & { for: Set<Part> }) | null = null
  return {
    deliver: (event) => {
      if (event.__typename === 'ResyncRequired' || (kept && kept.events.length === mostKept)) kept = null
      kept?.events.push(event)
      for (const listener of listeners) listener(event)
    },
    listen: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    keep: (answer) => {
      kept = answer && { answer, events: [], for: new Set(['chat', 'hand']) }
    },
    take: (part) => {
      if (!kept?.for.delete(part)) return null
      const taken = { answer: kept.answer, events: [...kept.events] }
      if (kept.for.size === 0) kept = null
      return taken
    },
  }
}

/** The events of the room whose place is shown. */
export const EventsOfRoom = createContext<Events>(openEvents())

/** Calls the handler with each event that arrives while the component is mounted. */
export function useRoomEvent(handler: Listener) {
  const events = useContext(EventsOfRoom)
  const handle = useEffectEvent(handler)
  useEffect(() => events.listen((event) => handle(event)), [events])
}
