import type { TypedDocumentNode } from '@urql/core'
import { useEffect, useEffectEvent, useRef, useState } from 'react'
import { useClient } from 'urql'
import { useConnection, useWhileHeld } from './Usher'

interface Feed<Event> {
  roomId: string
  /** The revision that the state was read with; nothing is subscribed before it is known. */
  after: number | undefined
  document: TypedDocumentNode<{ roomEvents: Event }, { roomId: string; after?: number | null }>
  onEvent?: (event: Event) => void
  /** The state may be wrong: read it again. */
  onStale: () => void
}

/**
 * Follows a room from the revision that its state was read with: each event arrives once, in order, across reconnects. The
 * cache applies events by itself; `onEvent` is for the rest, such as a banner or a sound. `onStale` is called when the
 * server asks for it, when the stream or the connection ends for good, when a late answer put older state over newer, and now
 * and then while live updates are held back.
 */
export function useFeed<Event extends { __typename?: string; revision: number }>({ roomId, after, document, onEvent, onStale }: Feed<Event>) {
  const client = useClient()
  const connection = useConnection()
  const deliver = useEffectEvent((event: Event) => onEvent?.(event))
  const reread = useEffectEvent(onStale)
  const seen = useRef(0)
  // The subscription starts after the first revision that was read. Later reads are newer and restart nothing.
  const [start, setStart] = useState(after)
  if ((start === undefined) !== (after === undefined)) setStart(after)

  useEffect(() => {
    if (start === undefined) return
    seen.current = start
    const { unsubscribe } = client.subscription(document, { roomId, after: start }).subscribe((result) => {
      if (result.error || !result.hasNext) return reread()
      const event = result.data?.roomEvents
      if (!event) return
      seen.current = Math.max(seen.current, event.revision)
      if (event.__typename === 'ResyncRequired' || event.__typename === 'RoomDeleted') reread()
      deliver(event)
    })
    return unsubscribe
  }, [client, document, roomId, start])

  useEffect(() => {
    if (after !== undefined && after < seen.current) reread()
  }, [after])

  useEffect(() => {
    if (connection === 'ended') reread()
  }, [connection])

  useWhileHeld(onStale)
}
