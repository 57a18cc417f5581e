import type { SubscriptionForwarder } from '@urql/core'
import { clockIsTrusted, distrustClock } from './clock'
import { backoff } from './backoff'
import { resuming } from './resume'
import { openSocket } from './socket'
import { openStream, type Stream } from './stream'

/**
 * `idle`: nothing is subscribed. `lost`: it reconnects by itself. `held`: the server answers, but something on the way holds
 * live updates back. `ended`: only other credentials help.
 */
export type Connection = 'idle' | 'connecting' | 'connected' | 'lost' | 'held' | 'ended'

type Sink = Parameters<ReturnType<SubscriptionForwarder>['subscribe']>[0]

/** A subscription as both transports send it. Its variables are kept up to date, so that it resumes. */
export interface Operation {
  query: string
  variables: Record<string, unknown>
  sink: Sink
}

export interface Live {
  /** Follows a subscription until it ends or the function that it returns is called. */
  follow: (query: string, variables: Record<string, unknown>, sink: Sink) => () => void
  /** The state of the connection, for useSyncExternalStore. */
  state: () => Connection
  subscribe: (listener: () => void) => () => void
  /** Notes whether a query or mutation reached the server. */
  reached: (yes: boolean) => void
  dispose: () => void
}

interface LiveOptions {
  /** Asks for the server's time, when the clock is unsure or nothing else shows whether the server answers. */
  askTime: () => void
  headers: () => Record<string, string>
}

const slowAfter = 5_000

/**
 * Keeps this page connected. Subscriptions go over a WebSocket. If that seems to be blocked, they also go over a stream of
 * server-sent events, until the WebSocket works. Both resume after the last event, and an event that comes twice is dropped.
 * A page has the code of both from its beginning: once they are needed, nothing else may be reachable.
 */
export function openLive({ askTime, headers }: LiveOptions): Live {
  let state: Connection = 'idle'
  const listeners = new Set<() => void>()
  const operations = new Map<string, Operation>()
  let socketUp = false
  let streamUp = false
  let stream: Stream | undefined
  let held = false
  let failed = false
  let unreachable = false
  let ended = false
  let disposed = false
  // Streams are needed here: one worked, or was held back, since a WebSocket proved itself.
  let needed = false
  let failures = 0
  let slowTimer: number | undefined
  let streamTimer: number | undefined
  let askTimer: number | undefined

  const update = () => {
    let next: Connection = 'connecting'
    if (ended) next = 'ended'
    else if (socketUp || streamUp) next = 'connected'
    else if (held) next = 'held'
    else if (unreachable || (failed && operations.size > 0)) next = 'lost'
    else if (operations.size === 0) next = 'idle'
    if (next === state) return
    state = next
    for (const listener of listeners) listener()
  }
  // Without a subscription nothing else would find the server again.
  const noteUnreachable = () => {
    if (unreachable || disposed) return
    unreachable = true
    update()
    const ask = (tries: number) => {
      askTimer = window.setTimeout(() => {
        askTime()
        ask(tries + 1)
      }, 1_000 + backoff(tries))
    }
    ask(0)
  }
  const noteReachable = () => {
    unreachable = false
    clearTimeout(askTimer)
    update()
  }
  const connected = () => {
    failed = held = unreachable = false
    clearTimeout(slowTimer)
    clearTimeout(askTimer)
    update()
    if (!clockIsTrusted()) askTime()
  }

  const socket = openSocket(`${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/graphql`, {
    connecting: () => {
      clearTimeout(slowTimer)
      // An attempt that hangs is as bad as one that fails.
      slowTimer = window.setTimeout(() => {
        failed = true
        update()
        startStream()
      }, slowAfter)
      update()
    },
    connected: () => {
      socketUp = true
      connected()
    },
    proved: () => {
      needed = false
      stopStream()
    },
    closed: (why) => {
      socketUp = false
      clearTimeout(slowTimer)
      if (why === 'ended') ended = true
      else if (why !== 'unused') failed = true
      update()
      if (why === 'useless') startStream()
    },
  })

  function startStream() {
    if (stream || disposed || ended || operations.size === 0) return
    stream = openStream({
      url: '/graphql',
      headers,
      operations: () => operations,
      connected: () => {
        streamUp = needed = true
        failures = 0
        socket.setCalm(true)
        connected()
      },
      closed: (why) => {
        const wasUp = streamUp
        streamUp = false
        if (why === 'ended') ended = true
        else failed = true
        held = why === 'held'
        needed ||= held
        if (why !== 'lost') stopStream()
        update()
        socket.setCalm(held)
        if (wasUp) socket.wake()
        else if (needed) streamTimer = window.setTimeout(startStream, (held ? 10_000 : 1_000) + backoff((failures += 1)))
      },
    })
  }
  function stopStream() {
    clearTimeout(streamTimer)
    stream?.close()
    stream = undefined
    streamUp = false
    socket.setCalm(false)
  }

  const wake = () => {
    if (document.visibilityState !== 'visible') return
    distrustClock()
    socket.wake()
    stream?.wake()
    if (state === 'connected' || unreachable) askTime()
  }
  const wakes: [EventTarget, string][] = [[window, 'online'], [document, 'visibilitychange'], [document, 'resume']]
  for (const [target, event] of wakes) target.addEventListener(event, wake)

  let ids = 0
  return {
    follow: (query, given, sink) => {
      const id = String((ids += 1))
      let leave = () => {}
      const stop = () => {
        if (!operations.delete(id)) return
        leave()
        if (operations.size > 0) stream?.change()
        else {
          stopStream()
          if (failed) noteUnreachable()
          failed = held = false
        }
        update()
      }
      const { variables, sink: resumed } = resuming(given, sink)
      const operation: Operation = {
        query,
        variables,
        sink: {
          next: (result) => operations.has(id) && resumed.next(result),
          error: (error) => {
            if (!operations.has(id)) return
            stop()
            resumed.error(error)
          },
          complete: () => {
            if (!operations.has(id)) return
            stop()
            resumed.complete()
          },
        },
      }
      operations.set(id, operation)
      leave = socket.follow(operation)
      stream?.change()
      update()
      return stop
    },
    state: () => state,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    reached: (yes) => {
      if (yes) noteReachable()
      else if (!socketUp && !streamUp) noteUnreachable()
    },
    dispose: () => {
      disposed = true
      for (const [target, event] of wakes) target.removeEventListener(event, wake)
      clearTimeout(slowTimer)
      clearTimeout(askTimer)
      listeners.clear()
      stopStream()
      socket.dispose()
    },
  }
}
