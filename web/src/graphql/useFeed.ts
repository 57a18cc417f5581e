import type { TypedDocumentNode } from '@urql/core'
import { useEffect, useRef, useState } from 'react'
import { useClient } from 'urql'
import { useConnection } from './Usher'

interface Feed<Event> {
  roomId: string
  /** The revision that the state was read with; nothing is subscribed before it is known. */
  after: number | undefined
  document: TypedDocumentNode<{ roomEvents: Event }, { roomId: string; after?: number | null }>
  onEvent?: (event: Event) => void
  /** What was read is not to be relied on: read it again. */
  onStale: () => void
}

/**
 * Follows a room: the state is read first, with its revision, and the events after it from then on, each once, across
 * reconnects. The cache takes them in by itself; `onEvent` is for what is no object (a banner, a sound, a line of the
 * feed). `onStale` is called when the server asks for it, when the stream or the connection ends for good, and when an
 * answer that was on its way for longer than an event has put older state over newer.
 */
export function useFeed<Event extends { __typename?: string; revision: number }>({ roomId, after, document, onEvent, onStale }: Feed<Event>) {
  const client = useClient()
  const connection = useConnection()
  const handlers = useRef({ onEvent, onStale })
  useEffect(() => {
    handlers.current = { onEvent, onStale }
  })
  const seen = useRef(0)
  // Subscribed once, after the revision that was read first; what is read later is newer, and restarts nothing.
  const [start, setStart] = useState(after)
  if ((start === undefined) !== (after === undefined)) setStart(after)

  useEffect(() => {
    if (start === undefined) return
    seen.current = start
    const { unsubscribe } = client.subscription(document, { roomId, after: start }).subscribe((result) => {
      if (result.error || !result.hasNext) return handlers.current.onStale()
      const event = result.data?.roomEvents
      if (!event) return
      seen.current = Math.max(seen.current, event.revision)
      if (event.__typename === 'ResyncRequired' || event.__typename === 'RoomDeleted') handlers.current.onStale()
      handlers.current.onEvent?.(event)
    })
    return unsubscribe
  }, [client, document, roomId, start])

  useEffect(() => {
    if (after !== undefined && after < seen.current) handlers.current.onStale()
  }, [after])

  useEffect(() => {
    if (connection === 'ended') handlers.current.onStale()
  }, [connection])
}
