import { useState } from 'react'
import type { PlacePartsFragment } from '../graphql/generated/graphql'
import { useRoomEvent } from '../graphql/roomEvents'
import { People } from '../people/People'
import type { PlaceRoom } from './asked'

const nobody: ReadonlySet<string> = new Set()
// Events that change many people, or what the viewer may do with them.
const rereads = new Set(['RoomUpdated', 'SessionStarted', 'ManagerAdded', 'ManagerRemoved'])

interface ModeratorPeopleProps {
  room: PlaceRoom
  me: PlacePartsFragment
  onWaiting: (count: number) => void
}

/** Lists who waits and who is here, for moderators and managers in the room. */
export default function ModeratorPeople({ room, me, onWaiting }: ModeratorPeopleProps) {
  const [epoch, setEpoch] = useState(0)
  useRoomEvent(({ __typename }) => {
    if (rereads.has(__typename)) setEpoch((count) => count + 1)
  })
  return <People roomId={room.id} meId={me.id} open={room.session?.state === 'OPEN'} epoch={epoch} changed={nobody} chosen onWaiting={onWaiting} />
}
