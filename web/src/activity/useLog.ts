import { useCallback, useEffect, useMemo, useReducer, useRef, useState } from 'react'
import { useClient } from 'urql'
import { askFresh } from '../graphql/fresh'
import { ActivityDocument } from '../graphql/generated/graphql'
import { openReader } from '../graphql/reader'
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
    async (before?: number) => {
      const { data, error } = await askFresh(client, ActivityDocument, { roomId, first: page, before })
      setFailed(!data?.room)
      return { events: data?.room?.events, answered: !error?.networkError }
    },
    [client, roomId],
  )
  const newest = useRef<() => void>(undefined)
  useEffect(() => {
    let over = false
    const reader = openReader(async () => {
      dispatch({ kind: 'gap' })
      const { events, answered } = await read()
      if (events && !over) dispatch({ kind: 'newest', events, asked: page })
      return answered
    })
    newest.current = reader.read
    reader.read()
    return () => {
      over = true
      reader.stop()
    }
  }, [read])

  const add = useCallback((events: RoomEvent[]) => dispatch({ kind: 'news', events }), [])
  const reread = useCallback(() => newest.current?.(), [])

  const events = useMemo(() => eventsOf(log), [log])
  const last = events.at(-1)?.revision
  const readOlder = useCallback(() => {
    setBusy(true)
    void read(last).then(({ events: older }) => {
      if (older) dispatch({ kind: 'older', events: older, asked: page })
      setBusy(false)
    })
  }, [read, last])
  const shown: ShownLog = useMemo(
    () => ({ events, complete: log.complete, loading: !log.loaded && events.length === 0, failed, busy, readOlder }),
    [events, log.complete, log.loaded, failed, busy, readOlder],
  )
  return { shown, add, reread }
}
