import { useState } from 'react'
import { Link } from 'react-router'
import { EndSessionDocument, type RoomPageQuery, StartSessionDocument, UpdateRoomDocument } from '../graphql/generated/graphql'
import { serverNow, useServerNow } from '../graphql/clock'
import { useDo } from '../graphql/useRun'
import { OwnTime } from '../link/Event'
import { t } from '../texts'
import { Badge, LiveBadge } from '../ui/Badge'
import { Banner } from '../ui/Banner'
import { Button, buttonClass } from '../ui/Button'
import { Confirm } from '../ui/Dialog'
import { Name } from '../ui/Text'
import { ago, clockThere, dayAndClock, day, elapsed, exact, otherZone, zoneName } from '../ui/time'
import { RoomMenu, type RoomQuestion } from './RoomMenu'

export type ManagedRoom = NonNullable<RoomPageQuery['room']>

interface RoomHeadProps {
  room: ManagedRoom
  onAsk: (question: RoomQuestion) => void
}

/** The head of a manager's page: what the room is, and what can be done with it. */
export function RoomHead({ room, onAsk }: RoomHeadProps) {
  const mayEdit = room.myRights.includes('EDIT_ROOM')
  return (
    <>
      <div className="page-head">
        <div className="page-head__main">
          <SessionLine room={room} />
          <h1>
            <Name>{room.title}</Name>
          </h1>
          <RoomMeta room={room} />
        </div>
        <div className="page-head__actions">
          <PrimaryAction room={room} onNew={() => onAsk('new session')} />
          <RoomMenu room={room} mayEdit={mayEdit} mayDelete={room.myRights.includes('DELETE_ROOM')} onAsk={onAsk} />
        </div>
      </div>
      {!room.chatAndCollaboration && <ChatOff room={room} mayTurnOn={mayEdit} />}
    </>
  )
}

/** Says in which state the session is, and since when. */
function SessionLine({ room }: { room: ManagedRoom }) {
  const { session } = room
  const now = useServerNow(session?.state === 'OPEN' ? 1_000 : 60_000)
  if (!session) return <Badge>{t.rooms.noSession}</Badge>
  if (session.state === 'OPEN') {
    return (
      <div className="cluster">
        <LiveBadge />
        {session.openedAt && (
          <span className="small soft">
            {t.room.liveFor} <time className="digits">{elapsed(session.openedAt, now)}</time>
          </span>
        )}
      </div>
    )
  }
  if (session.state === 'SCHEDULED') {
    return (
      <div className="cluster">
        <Badge tone="well">{t.states.SCHEDULED}</Badge>
        <span className="small soft" title={exact(session.startsAt)}>
          {t.room.starts(ago(session.startsAt, now))}
        </span>
      </div>
    )
  }
  return (
    <div className="cluster">
      <Badge>{t.states[session.state]}</Badge>
      {session.endedAt && (
        <span className="small soft" title={exact(session.endedAt)}>
          {ago(session.endedAt, now)}
        </span>
      )}
    </div>
  )
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
      <Button kind="primary" size="large" onClick={onNew}>
        {t.room.newSession}
      </Button>
    )
  }
  return (
    <>
      <Link className={buttonClass('primary', 'large')} to={`/rooms/${room.id}/inside`}>
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
