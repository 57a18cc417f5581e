import { useCallback, useEffect, useMemo, useReducer, useState } from 'react'
import { useClient } from 'urql'
import { ActivityDocument } from '../graphql/generated/graphql'
import { changed, eventsOf, openLog, page } from './log'
import type { RoomEvent } from './sentence'

/** What a page shows of a room's log. */
export interface ShownLog {
  /** Newest first, without gaps. */
  events: RoomEvent[]
  complete: boolean
  /** The server has not answered yet, and the cache had nothing. */
  loading: boolean
  /** Reading failed. */
  failed: boolean
  /** Older events are being read. */
  busy: boolean
  readOlder: () => void
}

/**
 * Reads a room's log: first what the cache has, then the newest events. `add` appends events that came since. `reread` reads
 * the newest again, after a gap.
 */
export function useLog(roomId: string) {
  const client = useClient()
  const [log, dispatch] = useReducer(changed, null, () => openLog(client.readQuery(ActivityDocument, { roomId, first: page })?.data?.room?.events ?? []))
  const [busy, setBusy] = useState(false)
  const [failed, setFailed] = useState(false)

  const read = useCallback(
    (before?: number) =>
      client
        .query(ActivityDocument, { roomId, first: page, before }, { requestPolicy: 'network-only' })
        .toPromise()
        .then((result) => {
          const events = result.data?.room?.events
          setFailed(!events)
          if (events) dispatch({ kind: before === undefined ? 'newest' : 'older', events, asked: page })
        }),
    [client, roomId],
  )
  useEffect(() => {
    void read()
  }, [read])

  const add = useCallback((events: RoomEvent[]) => dispatch({ kind: 'news', events }), [])
  const reread = useCallback(() => {
    dispatch({ kind: 'gap' })
    void read()
  }, [read])

  const events = useMemo(() => eventsOf(log), [log])
  const last = events.at(-1)?.revision
  const readOlder = useCallback(() => {
    setBusy(true)
    void read(last).finally(() => setBusy(false))
  }, [read, last])
  const shown: ShownLog = useMemo(
    () => ({ events, complete: log.complete, loading: !log.loaded && events.length === 0, failed, busy, readOlder }),
    [events, log.complete, log.loaded, failed, busy, readOlder],
  )
  return { shown, add, reread }
}
