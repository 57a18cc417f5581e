import { useState } from 'react'
import type { PlacePartsFragment } from '../graphql/generated/graphql'
import { People } from '../people/People'
import type { PlaceEvent, PlaceRoom } from './asked'

const nobody: ReadonlySet<string> = new Set()

interface ModeratorPeopleProps {
  room: PlaceRoom
  me: PlacePartsFragment
  manages: boolean
  event: PlaceEvent | null
}

/** Who waits and who is here, for a moderator in the room, who may admit and remove, and for a manager, who may do more. */
export default function ModeratorPeople({ room, me, manages, event }: ModeratorPeopleProps) {
  const [epoch, setEpoch] = useState(0)
  const [seen, setSeen] = useState(event)
  if (event !== seen) {
    setSeen(event)
    if (event?.__typename === 'RoomUpdated' || event?.__typename === 'SessionStarted') setEpoch(epoch + 1)
  }
  return <People roomId={room.id} meId={me.id} manages={manages} epoch={epoch} changed={nobody} chosen />
}
