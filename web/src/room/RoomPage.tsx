import * as Ariakit from '@ariakit/react'
import { useCallback, useMemo, useState } from 'react'
import { Link, useNavigate } from 'react-router'
import { useQuery } from 'urql'
import { ActivityDocument, EndSessionDocument, RoomEventsDocument, RoomPageDocument, type RoomPageQuery, StartSessionDocument, UpdateRoomDocument } from '../graphql/generated/graphql'
import { serverNow, useServerNow } from '../graphql/clock'
import { unexpected } from '../graphql/problem'
import { useFeed } from '../graphql/useFeed'
import { useDo } from '../graphql/useRun'
import { InviteDialog } from '../invite/InviteDialog'
import { Invitations } from '../invite/Invitations'
import { OwnTime } from '../link/Event'
import { Boundary } from '../shell/Boundary'
import { ConnectionBar } from '../shell/ConnectionBar'
import { TopBar } from '../shell/TopBar'
import type { SignedIn } from '../shell/useUser'
import { t } from '../texts'
import { Badge, LiveBadge } from '../ui/Badge'
import { Banner } from '../ui/Banner'
import { Button, buttonClass } from '../ui/Button'
import { Confirm } from '../ui/Dialog'
import { Name } from '../ui/Text'
import { ago, clockThere, dayAndClock, day, elapsed, exact, otherZone, zoneName } from '../ui/time'
import { usePageTitle } from '../ui/usePageTitle'
import { Activity } from '../activity/Activity'
import type { RoomEvent, Target } from '../activity/sentence'
import { ManagersDialog } from './ManagersDialog'
import { People } from '../people/People'
import { RoomDialog } from './RoomDialog'
import { RoomMenu, type RoomQuestion } from './RoomMenu'
import { SessionDialog } from './SessionDialog'
import { CancelSession, DeleteRoom } from './RoomConfirm'
import './RoomPage.css'

type Room = NonNullable<RoomPageQuery['room']>
type Tab = 'people' | 'invitations' | 'activity'

/** The room as its managers see it. */
export default function RoomPage({ roomId, user }: { roomId: string; user: SignedIn }) {
  const [{ data, error }, refetch] = useQuery({ query: RoomPageDocument, variables: { roomId }, requestPolicy: 'cache-and-network' })
  if (!data?.room) {
    return (
      <>
        <TopBar user={user} />
        <main className="page" id="main">
          {error ? (
            <Banner tone="danger" icon="alert" role="status" actions={<Button size="small" onClick={() => refetch({ requestPolicy: 'network-only' })}>{t.tryAgain}</Button>}>
              {unexpected(error)}
            </Banner>
          ) : (
            data && <p className="soft">{t.room.nothingSignedIn}</p>
          )}
        </main>
      </>
    )
  }
  return <Managed room={data.room} user={user} reread={() => refetch({ requestPolicy: 'network-only' })} />
}

const kept = 500
const movesEveryone = new Set(['SessionStarted', 'SessionEnded', 'SessionCancelled', 'SessionScheduled', 'SessionRescheduled', 'RoomUpdated', 'ResyncRequired'])

/** Whether an event changes what somebody manages here. */
function changesRightsOf(userId: string, event: RoomEvent): boolean {
  if (event.__typename === 'ManagerAdded') return event.manager.user.id === userId
  return event.__typename === 'ManagerRemoved' && event.user.id === userId
}

/** The room's events, newest first: what was read, and what came since. */
function useEvents(room: Room, userId: string, reread: () => void) {
  const [{ data }] = useQuery({ query: ActivityDocument, variables: { roomId: room.id, first: 100 } })
  const [live, setLive] = useState<RoomEvent[]>([])
  const [epoch, setEpoch] = useState(0)
  useFeed({
    roomId: room.id,
    after: room.revision,
    document: RoomEventsDocument,
    onEvent: (event) => {
      setLive((before) => [event, ...before].slice(0, kept))
      if (movesEveryone.has(event.__typename)) setEpoch((count) => count + 1)
      if (changesRightsOf(userId, event)) reread()
    },
    onStale: () => {
      reread()
      setEpoch((count) => count + 1)
    },
  })
  const read = data?.room?.events
  const events = useMemo(() => {
    const newest = read?.[0]?.revision ?? 0
    return [...live.filter((event) => event.revision > newest && event.__typename !== 'ResyncRequired'), ...(read ?? [])]
  }, [live, read])
  const changed = useMemo(() => new Set(live.flatMap((event) => (event.__typename === 'RolePromoted' || event.__typename === 'RoleDemoted' ? [event.participant.id] : []))), [live])
  return { events, epoch, changed }
}

function Managed({ room, user, reread }: { room: Room; user: SignedIn; reread: () => void }) {
  const navigate = useNavigate()
  const { events, epoch, changed } = useEvents(room, user.id, reread)
  const [tab, setTab] = useState<Tab>('people')
  const [open, setOpen] = useState<RoomQuestion | null>(null)
  const [waiting, setWaiting] = useState(0)
  const [asking, setAsking] = useState(0)
  const [marked, setMarked] = useState<Target | null>(null)
  usePageTitle(room.title, waiting + asking)

  const close = useCallback(() => setOpen(null), [])
  const invite = useCallback(() => setOpen('invite'), [])
  const admin = user.siteRole === 'ADMIN'
  const role = room.myManagerRole ?? (admin ? 'OWNER' : 'CO_PUBLISHER')
  const owns = admin || role === 'OWNER' || role === 'CO_OWNER'

  const show = (target: Target) => {
    setMarked(target)
    setTab(target.kind === 'participant' ? 'people' : 'invitations')
  }
  const counts: Record<Tab, number> = { people: waiting, invitations: asking, activity: 0 }
  const names: Tab[] = ['people', 'invitations', 'activity']
  return (
    <>
      <TopBar user={user} />
      <ConnectionBar />
      <main className="page" id="main">
        <div className="page-head">
          <div className="page-head__main">
            <SessionLine room={room} />
            <h1>
              <Name>{room.title}</Name>
            </h1>
            <RoomMeta room={room} />
          </div>
          <div className="page-head__actions">
            <PrimaryAction room={room} onNew={() => setOpen('new session')} />
            <RoomMenu room={room} mayEdit={owns || role === 'CO_EDITOR'} owns={owns} onAsk={setOpen} />
          </div>
        </div>
        {!room.chatAndCollaboration && <ChatOff room={room} mayTurnOn={owns || role === 'CO_EDITOR'} />}
        <Ariakit.TabProvider selectedId={tab} setSelectedId={(id) => id && setTab(id as Tab)}>
          <Ariakit.TabList className="tabs tabs--panels" aria-label={t.room.parts}>
            {names.map((name) => (
              <Ariakit.Tab key={name} id={name} className="tab" aria-controls={`panel-${name}`}>
                {t.room.tabs[name]}
                {counts[name] > 0 && (
                  <Badge tone="wait" count>
                    {counts[name]}
                  </Badge>
                )}
              </Ariakit.Tab>
            ))}
          </Ariakit.TabList>
        </Ariakit.TabProvider>
        <div className="panels">
          <Boundary panel chosen={tab === 'people'}>
            <People
              roomId={room.id}
              meId={room.myParticipant?.id}
              manages
              epoch={epoch}
              changed={changed}
              chosen={tab === 'people'}
              onWaiting={setWaiting}
              marked={marked?.kind === 'participant' ? marked.id : null}
            />
          </Boundary>
          <Boundary panel chosen={tab === 'invitations'}>
            <Invitations
              roomId={room.id}
              canInvite={room.canInvite}
              chosen={tab === 'invitations'}
              epoch={epoch}
              events={events}
              onInvite={invite}
              onAsking={setAsking}
              marked={marked?.kind === 'invitation' ? marked.id : null}
            />
          </Boundary>
          <Boundary panel chosen={tab === 'activity'}>
            <Activity roomId={room.id} events={events} chosen={tab === 'activity'} onTarget={show} />
          </Boundary>
        </div>
      </main>
      {open === 'invite' && <InviteDialog room={room} onClose={close} />}
      {open === 'edit' && <RoomDialog room={room} onClose={close} />}
      {open === 'managers' && <ManagersDialog room={room} userId={user.id} mayChange={owns} mayChangeOwners={admin || role === 'OWNER'} onClose={close} />}
      {open === 'reschedule' && <SessionDialog room={room} move onClose={close} />}
      {open === 'new session' && <SessionDialog room={room} move={false} onClose={close} />}
      {open === 'cancel' && room.session && <CancelSession sessionId={room.session.id} onClose={close} />}
      {open === 'delete' && <DeleteRoom room={room} onClose={close} onDeleted={() => void navigate('/', { replace: true })} />}
    </>
  )
}

/** The state in a word, and since when. */
function SessionLine({ room }: { room: Room }) {
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

function RoomMeta({ room }: { room: Room }) {
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

/** The one thing to do next: start a session, come into it, or plan one. */
function PrimaryAction({ room, onNew }: { room: Room; onNew: () => void }) {
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

function ChatOff({ room, mayTurnOn }: { room: Room; mayTurnOn: boolean }) {
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
