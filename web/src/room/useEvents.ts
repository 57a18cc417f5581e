import { useRef, useState } from 'react'
import type { RoomEvent } from '../activity/sentence'
import { useLog } from '../activity/useLog'
import { RoomEventsDocument } from '../graphql/generated/graphql'
import { useGathered } from '../graphql/gather'
import { useFeed } from '../graphql/useFeed'

const movesEveryone = new Set(['SessionStarted', 'SessionEnded', 'SessionCancelled', 'SessionScheduled', 'SessionRescheduled', 'RoomUpdated', 'ResyncRequired'])

/** Reports whether an event changes somebody's role as a manager. */
function changesRightsOf(userId: string, event: RoomEvent): boolean {
  if (event.__typename === 'ManagerAdded') return event.manager.user.id === userId
  return event.__typename === 'ManagerRemoved' && event.user.id === userId
}

// A crowd comes with hundreds of events a second. Each drawing shows all that came since the last.
const pause = 200

/**
 * Returns the room's log, which grows as things happen. `epoch` grows when an event changes many people at once; `changed` has
 * the people whose role changed while the page was open.
 */
export function useEvents(room: { id: string; revision: number }, userId: string, reread: () => void) {
  const log = useLog(room.id)
  const [epoch, setEpoch] = useState(0)
  const [changed, setChanged] = useState<ReadonlySet<string>>(new Set())
  const news = useRef<RoomEvent[]>([])
  const flush = () => {
    const came = news.current
    news.current = []
    log.add(came)
    const roles = came.flatMap((event) => (event.__typename === 'RolePromoted' || event.__typename === 'RoleDemoted' ? [event.participant.id] : []))
    if (roles.length > 0) setChanged((before) => new Set([...before, ...roles]))
  }
  const show = useGathered(flush, pause)
  useFeed({
    roomId: room.id,
    after: room.revision,
    document: RoomEventsDocument,
    onEvent: (event) => {
      if (event.__typename !== 'ResyncRequired') news.current.unshift(event)
      show()
      if (movesEveryone.has(event.__typename)) setEpoch((count) => count + 1)
      if (changesRightsOf(userId, event)) reread()
    },
    onStale: () => {
      reread()
      flush()
      log.reread()
      setEpoch((count) => count + 1)
    },
  })
  return { log: log.shown, epoch, changed }
}
