import { backoff } from './backoff'
import { eventReader, type ServerEvent } from './events'
import type { Operation } from './live'
import { takeSlot } from './slots'

/** What a stream reports. */
export interface StreamNews {
  connected: () => void
  /**
   * `unreachable`: the server does not answer. `held`: it answers, but no byte of the stream arrives. `ended`: only other
   * credentials help. After `unreachable` and `held` the stream is over.
   */
  closed: (why: 'lost' | 'unreachable' | 'held' | 'ended') => void
}

export interface Stream {
  /** Follows the operations of now, from where they are. */
  change: () => void
  wake: () => void
  close: () => void
}

interface StreamOptions extends StreamNews {
  url: string
  headers: () => Record<string, string>
  /** The operations to follow, by id. */
  operations: () => ReadonlyMap<string, Operation>
}

const firstByteWithin = 10_000
const answerWithin = 5_000
const silentAfter = 25_000 // the server sends a comment every 15 seconds
const turnTakes = 2_000
const betweenTurns = 3_000

class Ended extends Error {}

/**
 * Follows all operations of a page on one stream of server-sent events, for networks that block WebSockets. A break
 * resumes as on a WebSocket: the variables of an operation say after which event.
 */
export function openStream({ url, headers, operations, connected, closed }: StreamOptions): Stream {
  let over = false
  let request = new AbortController()
  const waiting = new AbortController()
  let changing: number | undefined
  let hurry = () => {}
  let retry = 1_000
  let lastByte = Date.now()

  const pause = (milliseconds: number) =>
    new Promise<void>((resolve) => {
      const timer = window.setTimeout(resolve, milliseconds)
      hurry = () => {
        clearTimeout(timer)
        resolve()
      }
    })

  const take = ({ event, data }: ServerEvent) => {
    const message = (data ? JSON.parse(data) : {}) as { id?: string; payload?: object; errors?: { extensions?: { code?: string } }[] }
    if (message.id === undefined) {
      const code = message.errors?.[0]?.extensions?.code
      if (code === 'UNAUTHENTICATED' || code === 'FORBIDDEN') throw new Ended()
      return
    }
    const sink = operations().get(message.id)?.sink
    if (event === 'next' && message.payload) sink?.next(message.payload as never)
    if (event === 'complete') sink?.complete()
  }

  /** Reads one stream to its end. A turn ends soon after the stream has begun. */
  async function read(turn: boolean): Promise<'changed' | 'broken' | 'silent' | 'failed'> {
    request = new AbortController()
    const mine = request
    let silent = false
    let timer: number | undefined
    const limit = (milliseconds: number) => {
      clearTimeout(timer)
      timer = window.setTimeout(() => {
        silent = true
        mine.abort()
      }, milliseconds)
    }
    let begun = false
    limit(firstByteWithin)
    try {
      const list = [...operations()].map(([id, { query, variables }]) => ({ id, query, variables }))
      const answer = await fetch(url, {
        method: 'POST',
        credentials: 'same-origin',
        headers: { 'Content-Type': 'application/json', Accept: 'text/event-stream', ...headers() },
        body: JSON.stringify({ operations: list }),
        signal: mine.signal,
      })
      if (!answer.ok || !answer.body || !answer.headers.get('Content-Type')?.startsWith('text/event-stream')) return 'failed'
      const text = answer.body.pipeThrough(new TextDecoderStream()).getReader()
      const feed = eventReader(take, (milliseconds) => (retry = milliseconds))
      for (let piece = await text.read(); !piece.done; piece = await text.read()) {
        lastByte = Date.now()
        if (!begun) {
          begun = true
          connected()
          if (turn) window.setTimeout(() => mine.abort(), turnTakes)
        }
        limit(silentAfter)
        feed(piece.value)
      }
      return 'broken'
    } catch (error) {
      if (error instanceof Ended) throw error
      if (mine.signal.aborted && !silent) return 'changed'
      if (begun) return 'broken'
      return silent ? 'silent' : 'failed'
    } finally {
      clearTimeout(timer)
    }
  }

  async function run() {
    for (let failures = 0; ; ) {
      const slot = await takeSlot(waiting.signal)
      if (!slot || over) return slot?.release()
      const came = await read(slot.turn).finally(slot.release)
      if (over) return
      if (came === 'silent') return closed((await answers(url)) ? 'held' : 'unreachable')
      if (came === 'failed') {
        failures += 1
        if (failures > 1 || !(await answers(url))) return closed('unreachable')
        await pause(500 + backoff(failures))
      } else if (slot.turn) await pause(betweenTurns)
      else if (came === 'broken') {
        failures = 0
        closed('lost')
        await pause(retry)
      }
    }
  }
  run().catch((error: unknown) => {
    if (error instanceof Ended) closed('ended')
    else throw error
  })

  const change = () => {
    clearTimeout(changing)
    changing = window.setTimeout(() => {
      hurry()
      request.abort()
    }, 50)
  }
  return {
    change,
    wake: () => {
      hurry()
      if (Date.now() - lastByte > silentAfter) request.abort()
    },
    close: () => {
      over = true
      clearTimeout(changing)
      hurry()
      waiting.abort()
      request.abort()
    },
  }
}

/** Reports whether the server answers a plain request. */
async function answers(url: string): Promise<boolean> {
  return fetch(`${url}?query={__typename}`, { cache: 'no-store', signal: AbortSignal.timeout(answerWithin) }).then(
    (answer) => answer.ok,
    () => false,
  )
}
