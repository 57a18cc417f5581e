import { useMemo, useState } from 'react'
import { useQuery } from 'urql'
import type { RoomEvent } from '../activity/sentence'
import { ActivityDocument, RoomEventsDocument } from '../graphql/generated/graphql'
import { useFeed } from '../graphql/useFeed'

const kept = 500 // events, so that a page that is open for days stays small
const movesEveryone = new Set(['SessionStarted', 'SessionEnded', 'SessionCancelled', 'SessionScheduled', 'SessionRescheduled', 'RoomUpdated', 'ResyncRequired'])

/** Reports whether an event changes somebody's role as a manager. */
function changesRightsOf(userId: string, event: RoomEvent): boolean {
  if (event.__typename === 'ManagerAdded') return event.manager.user.id === userId
  return event.__typename === 'ManagerRemoved' && event.user.id === userId
}

/**
 * Returns the room's events, newest first: those that were read and those that came since. `epoch` grows when an event
 * changes many people at once; `changed` has the people whose role changed while the page was open.
 */
export function useEvents(room: { id: string; revision: number }, userId: string, reread: () => void) {
  const [{ data }] = useQuery({ query: ActivityDocument, variables: { roomId: room.id, first: 100 } })
  const [live, setLive] = useState<RoomEvent[]>([])
  const [epoch, setEpoch] = useState(0)
  useFeed({
    roomId: room.id,
    after: room.revision,
    document: RoomEventsDocument,
    onEvent: (event) => {
      setLive((before) => [event, ...before].slice(0, kept))
      if (movesEveryone.has(event.__typename)) setEpoch((count) => count + 1)
      if (changesRightsOf(userId, event)) reread()
    },
    onStale: () => {
      reread()
      setEpoch((count) => count + 1)
    },
  })
  const read = data?.room?.events
  const events = useMemo(() => {
    const newest = read?.[0]?.revision ?? 0
    return [...live.filter((event) => event.revision > newest && event.__typename !== 'ResyncRequired'), ...(read ?? [])]
  }, [live, read])
  const changed = useMemo(() => new Set(live.flatMap((event) => (event.__typename === 'RolePromoted' || event.__typename === 'RoleDemoted' ? [event.participant.id] : []))), [live])
  return { events, epoch, changed }
}
