import { memo, useState } from 'react'
import { Link } from 'react-router'
import { EndSessionDocument, type RoomPageQuery, type RoomRight, StartSessionDocument, UpdateRoomDocument } from '../graphql/generated/graphql'
import { serverNow, useNowNear, useServerNow } from '../graphql/clock'
import { useDo } from '../graphql/useRun'
import { OwnTime } from '../link/Event'
import { Avatar } from '../people/Avatar'
import { t } from '../texts'
import { Badge, LiveBadge } from '../ui/Badge'
import { Banner } from '../ui/Banner'
import { Button, buttonClass } from '../ui/Button'
import { Confirm } from '../ui/Dialog'
import { Clamp, Name } from '../ui/Text'
import { usePreference } from '../ui/preference'
import { clockThere, day, dayAndClock, elapsed, exact, minute, otherZone, since, zoneName } from '../ui/time'
import { RoomMenu, type RoomQuestion } from './RoomMenu'
import { reopens, startWords } from './words'

export type ManagedRoom = NonNullable<RoomPageQuery['room']>

interface RoomHeadProps {
  room: ManagedRoom
  /** Whether the user administers the site. */
  admin: boolean
  onAsk: (question: RoomQuestion) => void
}

/** The head of a manager's page: what the room is, and what can be done with it. */
export const RoomHead = memo(function RoomHead({ room, admin, onAsk }: RoomHeadProps) {
  usePreference('clock') // drawn again only if something of it changes
  const may = (right: RoomRight) => room.myRights.includes(right)
  return (
    <>
      <nav className="crumbs" aria-label={t.room.path}>
        <Link to="/">{t.rooms.title}</Link>
        <span aria-hidden="true">/</span>
        <span className="clip" aria-current="page" title={room.title}>
          <Name>{room.title}</Name>
        </span>
      </nav>
      <div className="page-head">
        <div className="page-head__main">
          <SessionLine room={room} />
          <h1>
            <Clamp>
              <Name>{room.title}</Name>
            </Clamp>
          </h1>
          <RoomMeta room={room} />
          <RunBy room={room} mayChange={may('MANAGE_MANAGERS')} onOpen={() => onAsk('managers')} />
        </div>
        <div className="page-head__actions">
          {room.canInvite && (
            <Button size="large" icon="user-plus" data-opens="invite" aria-keyshortcuts="I" onClick={() => onAsk('invite')}>
              {t.invite.title}
            </Button>
          )}
          <PrimaryAction room={room} onNew={() => onAsk('new session')} />
          <RoomMenu room={room} mayEdit={may('EDIT_ROOM')} mayDelete={may('DELETE_ROOM')} mayExport={may('EXPORT')} onAsk={onAsk} />
        </div>
      </div>
      {room.siteInvitations === false && <InvitationsOff admin={admin} />}
      {!room.chatAndCollaboration && <ChatOff room={room} mayTurnOn={may('EDIT_ROOM')} />}
    </>
  )
})

const faces = 5

/** Shows who runs the room, with the way to change that. */
function RunBy({ room: { managers }, mayChange, onOpen }: { room: ManagedRoom; mayChange: boolean; onOpen: () => void }) {
  const names = managers.map(({ user }) => user.name)
  return (
    <div className="run-by">
      <button type="button" className="run-by__faces" aria-label={t.managers.open(names)} title={t.managers.list(names)} onClick={onOpen}>
        {managers.slice(0, faces).map(({ user }) => (
          <Avatar key={user.id} name={user.name} size="small" />
        ))}
        <span className="small soft">{managers.length > faces ? `+${managers.length - faces}` : managers.length === 1 && <Name>{names[0] ?? ''}</Name>}</span>
      </button>
      {mayChange && <Button kind="quiet" size="small" icon="plus" aria-label={t.managers.add} title={t.managers.add} onClick={onOpen} />}
    </div>
  )
}

/** Says in which state the session is, and since when. */
function SessionLine({ room }: { room: ManagedRoom }) {
  const { session } = room
  const now = useNowNear(session?.state === 'SCHEDULED' ? session.startsAt : session?.endedAt)
  if (!session) return <Badge>{t.rooms.noSession}</Badge>
  if (session.state === 'OPEN') {
    return (
      <div className="cluster">
        <LiveBadge />
        {session.openedAt && <LiveFor since={session.openedAt} />}
      </div>
    )
  }
  if (session.state === 'SCHEDULED') {
    return (
      <div className="cluster">
        <Badge tone="well">{t.states.SCHEDULED}</Badge>
        <span className="small soft" title={exact(session.startsAt)}>
          {startWords(session.startsAt, now)}
        </span>
      </div>
    )
  }
  return (
    <div className="cluster">
      <Badge>{t.states[session.state]}</Badge>
      {session.endedAt && (
        <span className="small soft" title={exact(session.endedAt)}>
          {since(session.endedAt, now)}
        </span>
      )}
    </div>
  )
}

function LiveFor({ since: start }: { since: string }) {
  const now = useServerNow(1_000)
  return <time className="small soft digits">{elapsed(start, now)}</time>
}

function RoomMeta({ room }: { room: ManagedRoom }) {
  const { session } = room
  return (
    <div className="meta">
      {session && <OwnTime session={session} />}
      {session && otherZone(session.startsAt, room.timeZone) && (
        <span>
          {clockThere(session.startsAt, session.endsAt, room.timeZone)} {t.inRoomZone(zoneName(room.timeZone))}
        </span>
      )}
      {room.admission === 'APPROVAL' && <span>{t.rooms.oneByOne}</span>}
      {room.access === 'MEMBERS' && <span>{t.rooms.openToMembers}</span>}
    </div>
  )
}

/** Offers the next step: to start a session, to enter it, or to plan one. */
function PrimaryAction({ room, onNew }: { room: ManagedRoom; onNew: () => void }) {
  const [start, starting] = useDo(StartSessionDocument)
  const [end, ending] = useDo(EndSessionDocument)
  const [until, setUntil] = useState<string | null>(null)
  const now = useServerNow(minute)
  const { session } = room
  if (session?.state === 'SCHEDULED') {
    return (
      <Button kind="primary" size="large" busy={starting} onClick={() => void start({ sessionId: session.id })}>
        {t.room.startSession}
      </Button>
    )
  }
  if (session?.state !== 'OPEN') {
    return (
      <>
        {session && reopens(session, now) && (
          <Button size="large" icon="refresh" busy={starting} onClick={() => void start({ sessionId: session.id })}>
            {t.room.openAgain}
          </Button>
        )}
        <Button kind="primary" size="large" onClick={onNew}>
          {t.room.newSession}
        </Button>
      </>
    )
  }
  return (
    <>
      <Link className={buttonClass('primary', 'large')} to={`/rooms/${room.id}/inside`} state={{ enter: true }} aria-keyshortcuts="E">
        {t.room.enter}
      </Link>
      <Button kind="danger" size="large" onClick={() => setUntil(dayAndClock(new Date(serverNow() + day).toISOString()))}>
        {t.room.endSession}
      </Button>
      {until && (
        <Confirm
          title={t.room.endTitle}
          text={t.room.endText(until)}
          confirm={t.room.endSession}
          keep={t.room.keepOpen}
          busy={ending}
          onClose={() => setUntil(null)}
          onConfirm={() => void end({ sessionId: session.id }).then(() => setUntil(null))}
        />
      )}
    </>
  )
}

function InvitationsOff({ admin }: { admin: boolean }) {
  return (
    <div className="above">
      <Banner
        tone="wait"
        icon="alert"
        role="status"
        actions={
          admin && (
            <div className="banner__actions">
              <Link className={buttonClass(undefined, 'small')} to="/admin">
                {t.room.siteRules}
              </Link>
            </div>
          )
        }
      >
        <b className="strong">{t.invitations.whyNot.off}</b>
        <br />
        <span className="small">{t.room.invitationsOffText}</span>
      </Banner>
    </div>
  )
}

function ChatOff({ room, mayTurnOn }: { room: ManagedRoom; mayTurnOn: boolean }) {
  const [update, busy] = useDo(UpdateRoomDocument)
  return (
    <div className="above">
      <Banner
        tone="wait"
        icon="alert"
        actions={
          mayTurnOn && (
            <div className="banner__actions">
              <Button size="small" busy={busy} onClick={() => void update({ input: { roomId: room.id, chatAndCollaboration: true } })}>
                {t.room.turnOn}
              </Button>
            </div>
          )
        }
      >
        <b className="strong">{t.room.chatOff}</b>
        <br />
        <span className="small">{t.room.chatOffText}</span>
      </Banner>
    </div>
  )
}
