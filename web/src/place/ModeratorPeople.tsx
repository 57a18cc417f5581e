import { Suspense, useMemo, useState } from 'react'
import type { PlacePartsFragment } from '../graphql/generated/graphql'
import { useRoomEvent } from '../graphql/roomEvents'
import { People } from '../people/People'
import { extra } from '../shell/part'
import type { PlaceRoom } from './asked'

const HandQueue = extra(() => import('../gesture/HandQueue'))

const nobody: ReadonlyMap<string, number> = new Map()
// Events that change many people, or what the viewer may do with them.
const rereads = new Set(['RoomUpdated', 'SessionStarted', 'ManagerAdded', 'ManagerRemoved'])

interface ModeratorPeopleProps {
  room: PlaceRoom
  me: PlacePartsFragment
  onWaiting: (count: number) => void
  onHands: (count: number) => void
}

/** Lists who waits, the raised hands and who is here, for moderators and managers in the room. */
export default function ModeratorPeople({ room, me, onWaiting, onHands }: ModeratorPeopleProps) {
  const [epoch, setEpoch] = useState(0)
  useRoomEvent(({ __typename }) => {
    if (rereads.has(__typename)) setEpoch((count) => count + 1)
  })
  const hands = useMemo(
    () => (
      <Suspense fallback={null}>
        <HandQueue roomId={room.id} onCount={onHands} />
      </Suspense>
    ),
    [room.id, onHands],
  )
  return <People roomId={room.id} meId={me.id} open={room.session?.state === 'OPEN'} epoch={epoch} changed={nobody} chosen onWaiting={onWaiting} hands={hands} />
}
