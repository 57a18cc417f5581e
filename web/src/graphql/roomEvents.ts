import { createContext, useContext, useEffect, useEffectEvent } from 'react'
import type { PlaceEventsSubscription } from './generated/graphql'

export type PlaceEvent = PlaceEventsSubscription['roomEvents']

type Listener = (event: PlaceEvent) => void

export interface Events {
  /** Hands an event to everyone who listens now, before it returns. */
  deliver: Listener
  listen: (listener: Listener) => () => void
}

/** Returns a place to hand events on. State would keep only the last of several that arrive before one render. */
export function openEvents(): Events {
  const listeners = new Set<Listener>()
  return {
    deliver: (event) => {
      for (const listener of listeners) listener(event)
    },
    listen: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
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
