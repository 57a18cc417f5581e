import { useEffect, useEffectEvent, useRef, useState } from 'react'
import { useClient } from 'urql'
import { askFresh } from '../graphql/fresh'
import { serverNow } from '../graphql/clock'
import { MissedDocument } from '../graphql/generated/graphql'
import { useConnection } from '../graphql/Usher'
import { t } from '../texts'
import { tabStorage } from '../ui/storage'
import { clock, minute } from '../ui/time'
import type { Held } from './messages'

// Whoever is away for less than this knows where they were, and a crowd that a restart disconnects asks nothing.
const away = minute
// In a room that began lately, nothing was missed, and its crowd comes in at the same moment.
const late = 10 * minute

/** Where the reader left off: the newest message that they saw, how new the page was, and when that was. */
interface Left {
  id: string | null
  revision: number
  at: number
  /** The same by the clock of the device, which also measures a sleep. */
  left: number
}

/** A line in a list of messages: after which message, and its words. */
export interface Line {
  after: string | null
  words: string
}

const keyOf = (placeId: string) => `usher.left.${placeId}`

function keptOf(placeId: string): Left | null {
  try {
    return JSON.parse(tabStorage()?.getItem(keyOf(placeId)) ?? 'null') as Left | null
  } catch {
    return null
  }
}

interface Options {
  roomId: string
  placeId: string
  held: Held
  /** How new what is held is. Null until it was read. */
  revision: number | null
  seen: boolean
  say: (words: string) => void
}

/**
 * Returns a line that says where the reader left off, and how much came meanwhile, once they are back: after a minute in another tool, in
 * another tab, or without a connection, and after a reload. Who comes in late reads how much was before. It asks nothing otherwise.
 */
export function useMissed({ roomId, placeId, held, revision, seen, say }: Options): Line | null {
  const client = useClient()
  const [line, setLine] = useState<Line | null>(null)
  const connected = useConnection() === 'connected'
  const looks = seen && connected && revision !== null
  const left = useRef<Left | null>(null)
  const known = useRef(false)
  const leave = useEffectEvent(() => {
    if (!left.current) return
    Object.assign(left.current, { at: serverNow(), left: Date.now() })
    tabStorage()?.setItem(keyOf(placeId), JSON.stringify(left.current))
  })
  const back = useEffectEvent(async () => {
    const kept = known.current ? left.current : keptOf(placeId)
    const first = !known.current && !kept
    known.current = true
    const oldest = held.rows[0]
    if (first ? !oldest || (!held.older && serverNow() - Date.parse(oldest.at) < late) : !kept || Date.now() - kept.left < away) return
    const after = kept ? kept.id : (held.rows.at(-1)?.id ?? null)
    const { data } = await askFresh(client, MissedDocument, { roomId, after: kept?.revision ?? 0 })
    const missed = data?.room?.missed
    if (!missed || missed.messages + missed.questions + missed.interactions === 0) return
    const words = (kept ? t.talk.missed : t.talk.before)(clock(kept?.at ?? serverNow()), missed)
    setLine({ after, words })
    if (kept) say(words)
  })
  useEffect(() => {
    if (!looks) return
    void back()
    window.addEventListener('pagehide', leave)
    return () => {
      window.removeEventListener('pagehide', leave)
      leave()
    }
  }, [looks])
  useEffect(() => {
    // After the effect above, which needs what was before.
    if (looks) left.current = { id: held.rows.at(-1)?.id ?? null, revision, at: serverNow(), left: Date.now() }
  })
  return line
}
