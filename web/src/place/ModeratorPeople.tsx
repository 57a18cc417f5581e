import { useState } from 'react'
import type { PlacePartsFragment } from '../graphql/generated/graphql'
import { People } from '../people/People'
import type { PlaceRoom } from './asked'
import { useRoomEvent } from './events'

const nobody: ReadonlySet<string> = new Set()

interface ModeratorPeopleProps {
  room: PlaceRoom
  me: PlacePartsFragment
  manages: boolean
}

/** Lists who waits and who is here, for moderators and managers in the room. */
export default function ModeratorPeople({ room, me, manages }: ModeratorPeopleProps) {
  const [epoch, setEpoch] = useState(0)
  useRoomEvent(({ __typename }) => {
    if (__typename === 'RoomUpdated' || __typename === 'SessionStarted') setEpoch((count) => count + 1)
  })
  return <People roomId={room.id} meId={me.id} manages={manages} epoch={epoch} changed={nobody} chosen />
}
