import { useState } from 'react'
import type { PlacePartsFragment } from '../graphql/generated/graphql'
import { People } from '../people/People'
import type { PlaceRoom } from './asked'
import { useRoomEvent } from './events'

const nobody: ReadonlySet<string> = new Set()
// Events that change many people, or what the viewer may do with them.
const rereads = new Set(['RoomUpdated', 'SessionStarted', 'ManagerAdded', 'ManagerRemoved'])

interface ModeratorPeopleProps {
  room: PlaceRoom
  me: PlacePartsFragment
}

/** Lists who waits and who is here, for moderators and managers in the room. */
export default function ModeratorPeople({ room, me }: ModeratorPeopleProps) {
  const [epoch, setEpoch] = useState(0)
  useRoomEvent(({ __typename }) => {
    if (rereads.has(__typename)) setEpoch((count) => count + 1)
  })
  return <People roomId={room.id} meId={me.id} open={room.session?.state === 'OPEN'} epoch={epoch} changed={nobody} chosen />
}
