import type { TypedDocumentNode } from '@urql/core'
import { useEffect, useEffectEvent, useRef, useState } from 'react'
import { useClient } from 'urql'
import { useGathered } from './gather'
import { useConnection, useWhileHeld } from './Usher'

interface Feed<Event> {
  roomId: string
  /** The revision that the state was read with; nothing is subscribed before it is known. */
  after: number | undefined
  document: TypedDocumentNode<{ roomEvents: Event }, { roomId: string; after?: number | null }>
  /** Gets the events that came together, oldest first: one, or many of a crowd. */
  onEvents?: (events: Event[]) => void
  /** The state may be wrong: read it again. */
  onStale: () => void
  /** The page reads while a crowd comes, such as lists and counts. */
  reads?: boolean
}

/**
 * Follows a room from the revision that its state was read with: each event arrives once, in order, across reconnects. The
 * cache applies events by itself; `onEvents` is for the rest, such as a banner or a sound. `onStale` is called when the
 * server asks for it, when the stream or the connection ends for good, when a late answer put older state over newer, and now
 * and then while live updates are held back.
 */
export function useFeed<Event extends { __typename?: string; revision: number }>({ roomId, after, document, onEvents, onStale, reads = true }: Feed<Event>) {
  const client = useClient()
  const connection = useConnection()
  const deliver = useEffectEvent((events: Event[]) => onEvents?.(events))
  const reread = useEffectEvent(onStale)
  const settle = useEffectEvent(() => reads && onStale())
  // While a crowd comes, each answer is late.
  const rereadLate = useGathered(onStale, 2_000)
  const seen = useRef(0)
  // The subscription starts after the first revision that was read. Later reads are newer and restart nothing.
  const [start, setStart] = useState(after)
  if ((start === undefined) !== (after === undefined)) setStart(after)

  useEffect(() => {
    if (start === undefined) return
    seen.current = start
    let calm: number | undefined
    const { unsubscribe } = client.subscription(document, { roomId, after: start }).subscribe((result) => {
      if (result.error || !result.hasNext) return reread()
      const came = result.data?.roomEvents as Event | Event[] | null | undefined // see batches.ts
      if (!came) return
      const events = Array.isArray(came) ? came : [came]
      seen.current = Math.max(seen.current, ...events.map(({ revision }) => revision))
      if (events.some(({ __typename }) => __typename === 'ResyncRequired' || __typename === 'RoomDeleted')) reread()
      deliver(events)
      // Several answers may come between two renderings, and hide that one of them was late. So once a crowd is in, all is read again.
      if (events.length > 1) {
        clearTimeout(calm)
        calm = window.setTimeout(() => settle(), 2_000)
      }
    })
    return () => {
      clearTimeout(calm)
      unsubscribe()
    }
  }, [client, document, roomId, start])

  useEffect(() => {
    if (after !== undefined && after < seen.current) rereadLate()
  }, [after, rereadLate])

  useEffect(() => {
    if (connection === 'ended') reread()
  }, [connection])

  useWhileHeld(onStale)
}
