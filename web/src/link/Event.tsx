import type { Capability, RoomRole, SessionPartsFragment } from '../graphql/generated/graphql'
import { useServerNow } from '../graphql/clock'
import { t } from '../texts'
import { Icon } from '../ui/Icon'
import { Clamp, Name, Say } from '../ui/Text'
import { clockNear, clockRange, clockThere, dayWord, exact, minute, otherZone, zoneName } from '../ui/time'
import { Countdown, useReached } from './Countdown'
import './Event.css'

type Times = Pick<SessionPartsFragment, 'startsAt' | 'endsAt'>

/** Today, 15:00–16:30 your time. */
export function OwnTime({ session: { startsAt, endsAt } }: { session: Times }) {
  const word = dayWord(startsAt, useServerNow(minute))
  return (
    <span>
      {word.charAt(0).toLocaleUpperCase() + word.slice(1)},{' '}
      <time dateTime={startsAt} title={exact(startsAt)}>
        {clockRange(startsAt, endsAt)}
      </time>{' '}
      {t.yourTime}
    </span>
  )
}

/** Shows the viewer's time first, and the room's only if it differs. */
export function When({ session, timeZone }: { session: Times; timeZone: string }) {
  const { startsAt } = session
  return (
    <div className="meta">
      <OwnTime session={session} />
      {otherZone(startsAt, timeZone) && (
        <span>
          <time dateTime={startsAt}>{clockThere(startsAt, session.endsAt, timeZone)}</time> {t.inRoomZone(zoneName(timeZone))}
        </span>
      )}
    </div>
  )
}

interface InvitesProps {
  title: string
  role: RoomRole | null | undefined
  invitedBy: string | null | undefined
  session: Times | null | undefined
  timeZone: string | null | undefined
}

/** Shows who invites to which room, with which role, and when. */
export function Invites({ title, role, invitedBy, session, timeZone }: InvitesProps) {
  return (
    <div className="join__what">
      {role && (
        <p className="small soft">
          {invitedBy ? <Say text={t.link.invites[role]} host={<Name>{invitedBy}</Name>} /> : <Say text={t.link.invited} role={<b className="strong">{t.roles[role]}</b>} />}
        </p>
      )}
      <h1>
        <Clamp>
          <Name>{title}</Name>
        </Clamp>
      </h1>
      {session && <When session={session} timeZone={timeZone ?? 'UTC'} />}
    </div>
  )
}

/** Shows the countdown, then that the session is open, or that the host has not started it in time. */
export function StartWell({ session, host }: { session: SessionPartsFragment; host: string | null }) {
  const reached = useReached(session.startsAt)
  const now = useServerNow(minute)
  if (session.state === 'OPEN') {
    return (
      <p className="well strong" role="status">
        {t.link.sessionOpen}
      </p>
    )
  }
  if (!reached) {
    return (
      <div className="well">
        <p className="small soft">{t.link.startsIn}</p>
        <Countdown until={session.startsAt} />
      </div>
    )
  }
  return (
    <div className="well" role="status">
      <p className="strong">{t.link.notStarted(host)}</p>
      <p className="small soft">
        <Say
          text={t.link.plannedFor}
          time={
            <time dateTime={session.startsAt} title={exact(session.startsAt)}>
              {clockNear(session.startsAt, now)}
            </time>
          }
        />
      </p>
    </div>
  )
}

/** Lists the capabilities of a role. */
export function Gives({ role, capabilities }: { role: RoomRole; capabilities: Capability[] }) {
  if (capabilities.length === 0) return null
  return (
    <div className="gives">
      <p className="small strong">{t.link.asRole(t.roles[role])}</p>
      <ul className="gives__list">
        {capabilities.map((capability) => (
          <li key={capability}>
            <Icon name="check" />
            {t.capabilities[capability]}
          </li>
        ))}
      </ul>
    </div>
  )
}
