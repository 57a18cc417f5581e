import { useState } from 'react'
import type { RoomEvent } from '../activity/sentence'
import { useLog } from '../activity/useLog'
import { RoomEventsDocument } from '../graphql/generated/graphql'
import { useFeed } from '../graphql/useFeed'

const movesEveryone = new Set<RoomEvent['__typename']>(['SessionStarted', 'SessionEnded', 'SessionCancelled', 'SessionScheduled', 'SessionRescheduled', 'RoomUpdated', 'ResyncRequired'])

/** Reports whether an event changes somebody's role as a manager. */
function changesRightsOf(userId: string, event: RoomEvent): boolean {
  if (event.__typename === 'ManagerAdded') return event.manager.user.id === userId
  return event.__typename === 'ManagerRemoved' && event.user.id === userId
}

/**
 * Returns the room's log, which grows as things happen. `epoch` grows when an event changes many people at once; `changed` has
 * the role revision of each person whose role changed while the page was open.
 */
export function useEvents(room: { id: string; revision: number }, userId: string, reread: () => void) {
  const log = useLog(room.id)
  const [epoch, setEpoch] = useState(0)
  const [changed, setChanged] = useState<ReadonlyMap<string, number>>(new Map())
  useFeed({
    roomId: room.id,
    after: room.revision,
    document: RoomEventsDocument,
    onEvents: (came) => {
      log.add(came.filter((event) => event.__typename !== 'ResyncRequired').toReversed())
      const roles = came.flatMap((event) => (event.__typename === 'RolePromoted' || event.__typename === 'RoleDemoted' ? [[event.participant.id, event.participant.roleRevision] as const] : []))
      if (roles.length > 0) setChanged((before) => new Map([...before, ...roles]))
      if (came.some(({ __typename }) => movesEveryone.has(__typename))) setEpoch((count) => count + 1)
      if (came.some((event) => changesRightsOf(userId, event))) reread()
    },
    onStale: () => {
      reread()
      log.reread()
      setEpoch((count) => count + 1)
    },
  })
  return { log: log.shown, epoch, changed }
}
