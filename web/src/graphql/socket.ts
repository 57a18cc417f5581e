import { createClient } from 'graphql-ws'
import { backoff, isFinal } from './backoff'
import type { Operation } from './live'
import { namedPlace } from './place'

/** What a socket reports. */
export interface SocketNews {
  connecting: () => void
  connected: () => void
  /** The server answered a ping, so messages go both ways. */
  proved: () => void
  /** `useless`: it failed so often, or fell silent, that something on the way seems to block it. */
  closed: (why: 'unused' | 'lost' | 'useless' | 'ended') => void
}

export interface Socket {
  /** Follows an operation until it ends or the function that it returns is called. */
  follow: (operation: Operation) => () => void
  /** Reconnects at once if it waits to. Drops the connection if the device slept. */
  wake: () => void
  /** Makes it reconnect less often, while another connection works. */
  setCalm: (calm: boolean) => void
  dispose: () => void
}

const pingEvery = 15_000
const answerWithin = 5_000
const asleepAfter = 45_000
// The codes with which the server asks to come back. They prove that the way is free.
const comeBack = new Set([1012, 1013])

/** Opens the WebSocket of this page. It reconnects without limit and with jitter, and notices a dead connection within seconds. */
export function openSocket(url: string, news: SocketNews): Socket {
  let hurry = () => {}
  let calm = false
  let failures = 0
  let silent = false
  let silentTimer: number | undefined
  let pingedAt = 0
  let connected = false
  const fallSilent = () => {
    silent = true
    client.terminate()
  }
  const client = createClient({
    url,
    connectionParams: () => ({ place: namedPlace() ?? undefined }),
    lazyCloseTimeout: 1_000,
    keepAlive: pingEvery,
    retryAttempts: Infinity,
    shouldRetry: (event) => !isFinal(event),
    retryWait: (tries) =>
      new Promise((resolve) => {
        const timer = window.setTimeout(resolve, calm ? 30_000 + backoff(10) : backoff(tries))
        hurry = () => {
          clearTimeout(timer)
          resolve()
        }
      }),
    on: {
      connecting: news.connecting,
      opened: () => {
        silentTimer = window.setTimeout(fallSilent, answerWithin)
      },
      connected: () => {
        clearTimeout(silentTimer)
        connected = true
        news.connected()
      },
      ping: (received) => {
        if (received) return
        pingedAt = Date.now()
        silentTimer = window.setTimeout(fallSilent, answerWithin)
      },
      pong: (received) => {
        if (!received) return
        clearTimeout(silentTimer)
        failures = 0
        news.proved()
      },
      closed: (event) => {
        clearTimeout(silentTimer)
        connected = false
        const { code } = event as CloseEvent
        if (isFinal(event)) return news.closed('ended')
        if (code === 1000) return news.closed('unused')
        if (comeBack.has(code)) failures = 0
        else failures += silent ? 2 : 1
        silent = false
        news.closed(failures >= 2 ? 'useless' : 'lost')
      },
    },
  })

  const follow: Socket['follow'] = ({ query, variables, sink }) => {
    let timer: number | undefined
    let over = false
    let stop = () => {}
    const subscribe = () => {
      stop = client.subscribe(
        { query, variables },
        {
          next: (result) => !over && sink.next(result as never),
          complete: () => !over && sink.complete(),
          error: (error) => {
            if (over) return
            // graphql-ws gives up after codes that a server does not send, but a proxy may.
            if (error instanceof CloseEvent && !isFinal(error)) timer = window.setTimeout(subscribe, 1_000 + backoff(10))
            else sink.error(error)
          },
        },
      )
    }
    subscribe()
    return () => {
      over = true
      clearTimeout(timer)
      stop()
    }
  }

  return {
    follow,
    wake: () => {
      hurry()
      // Timers stop while a device sleeps. A connection without a ping for so long is dead, whatever its state says.
      if (connected && pingedAt > 0 && Date.now() - pingedAt > asleepAfter) client.terminate()
    },
    setCalm: (next) => {
      calm = next
    },
    dispose: () => {
      clearTimeout(silentTimer)
      // It waits for a connection that is being opened, and fails with that.
      Promise.resolve(client.dispose()).catch(() => {})
    },
  }
}
