import { createContext, type ReactNode, useContext, useEffect, useEffectEvent, useMemo, useSyncExternalStore } from 'react'
import { Provider } from 'urql'
import { openUsher, type Usher } from './client'
import { onPlaceLost, retryPlaces } from './place'
import type { Connection } from './live'

/** The client of this page. It outlives every component, so React may mount and unmount them as often as it likes. */
export interface UsherStore {
  current: () => Usher
  subscribe: (listener: () => void) => () => void
  /** Opens a new client with the credentials of now: after signing in or out, after redeeming, and as somebody else. */
  renew: () => void
  /** Disposes of every client but this one. */
  disposeBut: (kept: Usher | null) => void
  /** Disposes of everything. */
  close: () => void
}

/** Opens the client, and a new one each time that the credentials change. */
export function openStore(open: () => Usher = openUsher): UsherStore {
  const listeners = new Set<() => void>()
  let opened: Usher[] = []
  let timer: number | undefined
  let usher = openNext()

  // A connection ends for good when its credentials do. Others may be left (a guest's, after signing out), so a new client
  // is opened. Pages subscribe again only to what they may still read.
  function openNext(): Usher {
    const next = open()
    opened.push(next)
    next.live.subscribe(() => {
      if (next.live.state() === 'ended') timer = window.setTimeout(reopen, 1_000 + Math.random() * 1_000)
    })
    return next
  }
  function reopen() {
    clearTimeout(timer)
    usher = openNext()
    for (const listener of listeners) listener()
  }
  function disposeBut(kept: Usher | null) {
    for (const { live } of opened.filter((one) => one !== kept)) live.dispose()
    opened = opened.filter((one) => one === kept)
  }
  const off = onPlaceLost(reopen)

  return {
    current: () => usher,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    renew: () => {
      retryPlaces()
      reopen()
    },
    disposeBut,
    close: () => {
      off()
      clearTimeout(timer)
      disposeBut(null)
    },
  }
}

interface Held {
  usher: Usher
  renew: () => void
}

const Context = createContext<Held | null>(null)

/** Hands the current client to everything below it. */
export function UsherProvider({ store, children }: { store: UsherStore; children: ReactNode }) {
  const usher = useSyncExternalStore(store.subscribe, store.current)
  // Everything below uses this client by now.
  useEffect(() => store.disposeBut(usher), [store, usher])
  const held = useMemo(() => ({ usher, renew: store.renew }), [store, usher])
  return (
    <Context.Provider value={held}>
      <Provider value={usher.client}>{children}</Provider>
    </Context.Provider>
  )
}

function useHeld(): Held {
  const held = useContext(Context)
  if (!held) throw new Error('read the client: no UsherProvider above')
  return held
}

/** Returns a function that opens a new client with the credentials of now. */
export const useRenew = () => useHeld().renew

/** Returns the state of the live connection. */
export function useConnection(): Connection {
  const { live } = useHeld().usher
  return useSyncExternalStore(live.subscribe, live.state)
}

const lookEvery = 20_000

/** Runs `run` again and again while something holds live updates back. */
export function useWhileHeld(run: () => void) {
  const held = useConnection() === 'held'
  const look = useEffectEvent(run)
  useEffect(() => {
    if (!held) return
    const timer = setInterval(() => look(), lookEvery)
    return () => clearInterval(timer)
  }, [held])
}
