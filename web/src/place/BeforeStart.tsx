import { useState } from 'react'
import type { Capability, RoomRole, SessionPartsFragment } from '../graphql/generated/graphql'
import { useReached } from '../link/Countdown'
import { Gives, Invites, StartWell } from '../link/Event'
import { Frame } from '../shell/Frame'
import { t } from '../texts'
import { useVoice } from '../ui/Announcer'
import { Button } from '../ui/Button'
import { Icon } from '../ui/Icon'
import { Name, Say } from '../ui/Text'
import { clockRange, clockThere, longDay, otherZone, zoneName } from '../ui/time'
import type { PlaceRoom } from './asked'

interface BeforeStartProps {
  room: PlaceRoom
  /** The role that somebody has, or will have. */
  role: RoomRole
  /** The capabilities of that role. */
  gives: Capability[]
  session: SessionPartsFragment
  invitedBy: string | undefined
}

/** Shows the countdown and the details to somebody who waits for the start. */
export function BeforeStart({ room, role, gives, session, invitedBy }: BeforeStartProps) {
  const me = room.myParticipant
  const late = useReached(session.startsAt)
  return (
    <Frame foot={me?.guest ? undefined : t.brand}>
      <Invites title={room.title} role={me ? role : null} invitedBy={invitedBy} session={session} timeZone={room.timeZone} />
      <StartWell session={session} />
      <div className="stack stack--tight">
        {!late && <AddToCalendar room={room} session={session} />}
        <p className="small soft">
          {me && !late ? <Say text={t.link.youAreIn} name={<Name>{me.displayName}</Name>} /> : null} {t.link.leaveOpen}
        </p>
      </div>
      <ul className="facts small">
        <li>
          <Icon name="calendar" />
          <span>
            {longDay(session.startsAt)}, <time dateTime={session.startsAt}>{clockRange(session.startsAt, session.endsAt)}</time> {t.yourTime}
            {otherZone(session.startsAt, room.timeZone) && (
              <>
                <br />
                <span className="soft">
                  {clockThere(session.startsAt, session.endsAt, room.timeZone)} {t.inRoomZone(zoneName(room.timeZone))}
                </span>
              </>
            )}
          </span>
        </li>
        {me?.guest && (
          <li>
            <Icon name="device" />
            <span>{t.link.thisDevice}</span>
          </li>
        )}
      </ul>
      {room.description && <p className="small soft lines">{room.description}</p>}
      <Gives role={role} capabilities={gives} />
    </Frame>
  )
}

function AddToCalendar({ room, session }: { room: PlaceRoom; session: SessionPartsFragment }) {
  const { toast } = useVoice()
  const [busy, setBusy] = useState(false)
  const save = async () => {
    setBusy(true)
    const loaded = await import('./calendar').catch(() => null)
    setBusy(false)
    if (!loaded) return toast({ text: `${t.failed.updated.title}. ${t.failed.updated.text}`, failed: true })
    const { calendarFile } = loaded
    const file = calendarFile(room, session, `${location.origin}/rooms/${room.id}`)
    const anchor = document.createElement('a')
    anchor.href = URL.createObjectURL(file)
    anchor.download = file.name
    anchor.click()
    setTimeout(() => URL.revokeObjectURL(anchor.href), 60_000)
  }
  return (
    <Button size="large" wide icon="calendar" busy={busy} onClick={() => void save()}>
      {t.link.addToCalendar}
    </Button>
  )
}
