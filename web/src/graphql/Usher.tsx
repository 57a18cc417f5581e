import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState, useSyncExternalStore } from 'react'
import { Provider } from 'urql'
import { openUsher, type Usher } from './client'
import { onPlaceLost, retryPlaces } from './place'
import type { Connection } from './socket'

interface Held {
  usher: Usher
  /** Opens a new client with the credentials of now: after signing in or out, after redeeming, and as somebody else. */
  renew: () => void
}

const Context = createContext<Held | null>(null)

/** Hands the client to everything below it. */
export function UsherProvider({ open = openUsher, children }: { open?: () => Usher; children: ReactNode }) {
  const [usher, setUsher] = useState(open)
  const reopen = useCallback(() => setUsher(open()), [open])
  useEffect(() => onPlaceLost(reopen), [reopen])
  useEffect(() => {
    // A connection ends for good when its credentials do. Others may be left (a guest's, after signing out), so a new
    // client is opened; pages subscribe again only to what they may still read.
    let timer: number | undefined
    const off = usher.socket.subscribe(() => {
      if (usher.socket.state() === 'ended') timer = window.setTimeout(reopen, 1_000 + Math.random() * 1_000)
    })
    return () => {
      off()
      clearTimeout(timer)
      usher.socket.dispose()
    }
  }, [usher, reopen])
  const held = useMemo(() => {
    const renew = () => {
      retryPlaces()
      reopen()
    }
    return { usher, renew }
  }, [usher, reopen])
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

/** Opens a new client with the credentials of now. */
export const useRenew = () => useHeld().renew

/** How the live connection stands. */
export function useConnection(): Connection {
  const { socket } = useHeld().usher
  return useSyncExternalStore(socket.subscribe, socket.state)
}
