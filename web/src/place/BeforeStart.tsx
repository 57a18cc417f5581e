import type { Capability, RoomRole, SessionPartsFragment } from '../graphql/generated/graphql'
import { useReached } from '../link/Countdown'
import { Gives, Invites, StartWell } from '../link/Event'
import { Frame } from '../shell/Frame'
import { t } from '../texts'
import { Icon } from '../ui/Icon'
import { Name, Say } from '../ui/Text'
import { AddToCalendar } from './Calendar'
import type { PlaceRoom } from './asked'
import { MoveButton, type OpensMore } from './Moving'

interface BeforeStartProps extends OpensMore {
  room: PlaceRoom
  /** The role that somebody has, or will have. */
  role: RoomRole
  /** The capabilities of that role. */
  gives: Capability[]
  session: SessionPartsFragment
  host: string | null
}

/** Shows the countdown and the details to somebody who waits for the start. */
export function BeforeStart({ room, role, gives, session, host, onMove }: BeforeStartProps) {
  const me = room.myParticipant
  const late = useReached(session.startsAt)
  return (
    <Frame>
      <Invites title={room.title} role={me ? role : null} invitedBy={host} session={session} timeZone={room.timeZone} />
      <StartWell session={session} host={host} />
      <p className="soft">
        {me ? <Say text={t.place.allSet} name={<Name>{me.displayName}</Name>} host={<Name>{host ?? t.link.theHost}</Name>} /> : t.place.keepOpen}
      </p>
      {!late && <AddToCalendar room={room} session={session} host={host} />}
      {me?.guest && (
        <ul className="facts small">
          <li>
            <Icon name="device" />
            <span>{t.place.thisDevice}</span>
          </li>
        </ul>
      )}
      <MoveButton onMove={onMove} />
      {room.description && <p className="small soft lines">{room.description}</p>}
      <Gives role={role} capabilities={gives} />
    </Frame>
  )
}
