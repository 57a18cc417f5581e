import { type Client, createClient } from 'graphql-ws'
import { backoff, isFinal } from './backoff'
import { clockIsTrusted, distrustClock } from './clock'
import { namedPlace } from './place'

/** `idle`: nothing is subscribed. `lost`: it reconnects by itself. `ended`: only other credentials help. */
export type Connection = 'idle' | 'connecting' | 'connected' | 'lost' | 'ended'

export interface Socket {
  client: Client
  /** The state of the connection, for useSyncExternalStore. */
  state: () => Connection
  subscribe: (listener: () => void) => () => void
  dispose: () => void
}

const pongWithin = 5_000
const asleepAfter = 45_000

/**
 * Opens the WebSocket of this page. It reconnects without limit and with jitter, at once when the device wakes up or the
 * network returns. It notices a dead connection within seconds. `askTime` is called after sleep, when the clock is unsure.
 */
export function openSocket(url: string, askTime: () => void): Socket {
  let state: Connection = 'idle'
  const listeners = new Set<() => void>()
  const set = (next: Connection) => {
    if (next === state || state === 'ended') return
    state = next
    for (const listener of listeners) listener()
  }

  let hurry = () => {}
  let pongTimer: number | undefined
  let pingedAt = 0
  const client = createClient({
    url,
    connectionParams: () => ({ place: namedPlace() ?? undefined }),
    lazyCloseTimeout: 1_000,
    keepAlive: 15_000,
    connectionAckWaitTimeout: 10_000,
    retryAttempts: Infinity,
    shouldRetry: (event) => !isFinal(event),
    retryWait: (tries) =>
      new Promise((resolve) => {
        const timer = window.setTimeout(resolve, backoff(tries))
        hurry = () => {
          clearTimeout(timer)
          resolve()
        }
      }),
    on: {
      connecting: (again) => set(again ? 'lost' : 'connecting'),
      connected: () => {
        set('connected')
        if (!clockIsTrusted()) askTime()
      },
      ping: (received) => {
        if (received) return
        pingedAt = Date.now()
        pongTimer = window.setTimeout(() => client.terminate(), pongWithin)
      },
      pong: (received) => received && clearTimeout(pongTimer),
      closed: (event) => {
        clearTimeout(pongTimer)
        if (isFinal(event)) return set('ended')
        set((event as CloseEvent).code === 1000 ? 'idle' : 'lost')
      },
    },
  })

  // Timers stop while a device sleeps. A connection without a ping for so long is dead, whatever its state says.
  const wake = () => {
    if (document.visibilityState !== 'visible') return
    distrustClock()
    hurry()
    if (state === 'connected' && pingedAt > 0 && Date.now() - pingedAt > asleepAfter) return client.terminate()
    if (state === 'connected') askTime()
  }
  const wakes: [EventTarget, string][] = [[window, 'online'], [document, 'visibilitychange'], [document, 'resume']]
  for (const [target, event] of wakes) target.addEventListener(event, wake)

  return {
    client,
    state: () => state,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    dispose: () => {
      for (const [target, event] of wakes) target.removeEventListener(event, wake)
      clearTimeout(pongTimer)
      listeners.clear()
      void client.dispose()
    },
  }
}
