import { type ReactNode, Suspense, useContext, useEffect, useState } from 'react'
import { Link } from 'react-router'
import { useClient } from 'urql'
import { EnterRoomDocument, LeaveRoomDocument } from '../graphql/generated/graphql'
import { EventsOfRoom } from '../graphql/roomEvents'
import { useRun } from '../graphql/useRun'
import { Refusal, type Refused } from '../link/Refusal'
import { useStarted } from '../link/useStarted'
import { Others, type Own } from '../people/Others'
import { Frame, Loading } from '../shell/Frame'
import { extra } from '../shell/part'
import type { SignedIn } from '../shell/useUser'
import { t } from '../texts'
import { Banner } from '../ui/Banner'
import { buttonClass } from '../ui/Button'
import { usePageTitle } from '../ui/usePageTitle'
import { BeforeStart } from './BeforeStart'
import { CalendarOfCancelled } from './Calendar'
import { Denied, Lobby } from './Lobby'
import { Queue } from './Queue'
import { allowedIn, type PlaceRoom } from './asked'
import { Acknowledge } from './Acknowledge'
import { type Here, hereOf, useSaid } from './here'
import { InRoom, preloadTools } from './InRoom'
import { Moving, type OpensMore } from './Moving'
import { useAdmitted, useEnterAtOnce } from './arrival'
import './Place.css'

const TopBar = extra(() => import('../shell/TopBar'))

interface PlaceProps {
  room: PlaceRoom
  user: SignedIn | null
  /** Shows a way back to the manager's page. */
  manages: boolean
}

/** Shows a participant's place in its current state, from the countdown to the room, and follows its changes. */
export function Place({ others, ...props }: PlaceProps & { others: Own[] }) {
  const { room, user, manages } = props
  const me = room.myParticipant
  const inRoom = room.session?.state === 'OPEN' && me?.state === 'IN_ROOM' // there InRoom acknowledges
  const [moving, setMoving] = useState(false) // while the state changes, too
  const beside = others.length > 0 && <Others roomId={room.id} me={me?.displayName} others={others} />
  return (
    <div className="inside" data-popups={inRoom || undefined}>
      {user && !inRoom && (
        <Suspense fallback={<header className="topbar" />}>
          <TopBar user={user} />
        </Suspense>
      )}
      {manages && !inRoom && <WayBack room={room} />}
      {!inRoom && beside}
      <Standing {...props} note={beside} onMove={me?.guest ? () => setMoving(true) : undefined} />
      {moving && <Moving roomId={room.id} onClose={() => setMoving(false)} />}
      {!inRoom && <Acknowledge roomId={room.id} me={me} />}
    </div>
  )
}

function WayBack({ room }: { room: PlaceRoom }) {
  return (
    <nav aria-label={t.place.asParticipants}>
      <Banner
        bar
        icon="eye"
        actions={
          <Link className={buttonClass(undefined, 'small')} to={`/rooms/${room.id}`}>
            {t.place.backToManaging}
          </Link>
        }
      >
        {t.place.asParticipants}
      </Banner>
    </nav>
  )
}

function Standing({ room, manages, note, onMove }: Omit<PlaceProps, 'user'> & OpensMore & { note: ReactNode }) {
  const me = room.myParticipant
  const session = room.session
  // Without a place yet, a member enters as Viewer and a manager as Moderator.
  const role = me?.role ?? (manages ? 'MODERATOR' : 'VIEWER')
  const gives = allowedIn(room, role)
  const approval = room.admission === 'APPROVAL'
  const asks = me ? (approval ? me.asksUnderApproval : me.asksUnderAutomatic) : approval && !manages
  const host = me?.invitedBy ?? null
  const [enter, entering] = useRun(EnterRoomDocument)
  const [leave, leaving] = useRun(LeaveRoomDocument)
  const [refused, setRefused] = useState<Refused | null>(null)
  const [fault, setFault] = useState<string | null>(null)
  const [entered, setEntered] = useState<Here | null>(null)
  const said = useSaid()
  const client = useClient()
  const events = useContext(EventsOfRoom)
  // A new client has other credentials.
  // oxlint-disable-next-line react/exhaustive-effect-dependencies
  useEffect(() => () => events.keep(null), [client, events])
  const lobby = session?.state === 'OPEN' && (!me || me.state === 'LOBBY')
  useEffect(() => {
    if (lobby) preloadTools()
  }, [lobby])
  const [forMe, setForMe] = useState(0)
  usePageTitle(lobby ? t.link.liveTitle(room.title) : room.title, forMe)
  useStarted(session?.state, t.place.isLive(room.title))
  useAdmitted(me?.state, room.title)

  // A refusal is shown until the state changes.
  const stands = `${session?.id}/${session?.state}/${me?.state}`
  const [stood, setStood] = useState(stands)
  if (stood !== stands) {
    setStood(stands)
    setRefused(null)
    setFault(null)
    if (me?.state !== 'IN_ROOM') setEntered(null)
  }

  const failed = (outcome: { problem: Refused } | { fault: string }) => {
    if ('problem' in outcome) setRefused(outcome.problem)
    else setFault(outcome.fault)
  }
  const goIn = async () => {
    setFault(null)
    const entry = enter({ roomId: room.id, known: me !== null && me !== undefined })
    const into = entry.then((outcome) => ('answer' in outcome && outcome.answer.participant.state === 'IN_ROOM' ? outcome.answer.participant.room : null))
    events.keep(into)
    const outcome = await entry
    if (!('answer' in outcome)) failed(outcome)
    setEntered(hereOf(await into))
  }
  const goOut = async () => {
    setFault(null)
    const outcome = await leave({ roomId: room.id })
    if (!('answer' in outcome)) failed(outcome)
  }
  const onEnter = () => void goIn()
  const onLeave = () => void goOut()
  const busy = entering || leaving
  const arriving = useEnterAtOnce(manages, goIn)

  const page = (refusal: Refused, more?: ReactNode) => (
    <Frame centre>
      <Refusal problem={refusal} link={{ invitedBy: host, expiresAt: null, roomTitle: room.title }}>
        {more}
      </Refusal>
    </Frame>
  )
  if (refused && refused.code !== 'SESSION_NOT_OPEN') return page(refused)
  if (me?.state === 'BLOCKED') return page({ code: 'PARTICIPANT_BLOCKED', nextSteps: ['CONTACT_HOST'] })
  if (!session) return page({ code: 'SESSION_NOT_OPEN', nextSteps: ['WAIT'] })
  if (session.state === 'CANCELLED') return page({ code: 'SESSION_CANCELLED', nextSteps: ['CONTACT_HOST'] }, <CalendarOfCancelled room={room} session={session} host={host} />)
  if (session.state === 'ENDED') return page({ code: 'SESSION_ENDED', nextSteps: ['WAIT', 'CONTACT_HOST'] })
  if (session.state === 'SCHEDULED') return <BeforeStart room={room} role={role} gives={gives} session={session} host={host} onMove={onMove} />
  switch (me?.state) {
    case 'IN_ROOM':
      return <InRoom room={room} me={me} manages={manages} said={said} entering={entering} entered={entered} onLeave={onLeave} onForMe={setForMe} leaving={leaving} fault={fault} note={note} />
    case 'WAITING':
      return <Queue room={room} host={host} me={me} onCancel={onLeave} onMove={onMove} busy={busy} fault={fault} />
    case 'DENIED':
    case 'REMOVED':
      if (!me.mayAskAgain) return page({ code: 'ENTRY_DENIED', nextSteps: ['WAIT', 'CONTACT_HOST'] })
      return <Denied room={room} state={me.state} host={host} onAgain={onEnter} busy={busy} fault={fault} />
    default:
      if (arriving) return <Loading text={t.place.entering} />
      return <Lobby room={room} me={me ?? null} role={role} gives={gives} asks={asks} host={host} onEnter={onEnter} onMove={onMove} busy={busy} fault={fault} />
  }
}
