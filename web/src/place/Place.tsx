import { useEffect, useRef, useState } from 'react'
import { Link, useLocation } from 'react-router'
import { useMutation } from 'urql'
import { AcknowledgeRoleDocument, EnterRoomDocument, LeaveRoomDocument } from '../graphql/generated/graphql'
import { useRun } from '../graphql/useRun'
import { Refusal, type Refused } from '../link/Refusal'
import { Others, type Own } from '../people/Others'
import { Frame } from '../shell/Frame'
import { t } from '../texts'
import { Banner } from '../ui/Banner'
import { buttonClass } from '../ui/Button'
import { usePageTitle } from '../ui/usePageTitle'
import { BeforeStart } from './BeforeStart'
import { Denied, Lobby } from './Lobby'
import { Queue } from './Queue'
import type { PlaceRoom, RoleInfo } from './asked'
import { InRoom } from './InRoom'
import './Place.css'

interface PlaceProps {
  room: PlaceRoom
  roles: RoleInfo[]
  /** Shows a way back to the manager's page. */
  manages: boolean
}

/** Shows a participant's place in its current state, from the countdown to the room, and follows its changes. */
export function Place({ others, ...props }: PlaceProps & { others: Own[] }) {
  const { room, manages } = props
  return (
    <div className="inside">
      {manages && <WayBack roomId={room.id} />}
      {others.length > 0 && <Others roomId={room.id} me={room.myParticipant?.displayName} others={others} />}
      <Standing {...props} />
    </div>
  )
}

function WayBack({ roomId }: { roomId: string }) {
  return (
    <nav aria-label={t.room.asOthers}>
      <Banner
        bar
        icon="eye"
        actions={
          <Link className={buttonClass(undefined, 'small')} to={`/rooms/${roomId}`}>
            {t.room.manage}
          </Link>
        }
      >
        {t.room.asOthers}
      </Banner>
    </nav>
  )
}

function Standing({ room, roles, manages }: PlaceProps) {
  const me = room.myParticipant
  // Without a place yet, a member enters as Viewer and a manager as Moderator.
  const role = me?.role ?? (manages ? 'MODERATOR' : 'VIEWER')
  const gives = roles.find((one) => one.role === role)?.capabilities ?? []
  const invitedBy = (useLocation().state as { invitedBy?: string } | null)?.invitedBy
  const [enter, entering] = useRun(EnterRoomDocument)
  const [leave, leaving] = useRun(LeaveRoomDocument)
  const [refused, setRefused] = useState<Refused | null>(null)
  const [fault, setFault] = useState<string | null>(null)
  useAcknowledge(room.id, me?.roleRevision)
  usePageTitle(room.title)

  // A refusal is shown until the state changes.
  const stands = `${room.session?.id}/${room.session?.state}/${me?.state}`
  const [stood, setStood] = useState(stands)
  if (stood !== stands) {
    setStood(stands)
    setRefused(null)
    setFault(null)
  }

  const go = async (action: typeof enter | typeof leave) => {
    setFault(null)
    const outcome = await action({ roomId: room.id })
    if ('problem' in outcome) setRefused(outcome.problem)
    if ('fault' in outcome) setFault(outcome.fault)
  }
  const onEnter = () => void go(enter)
  const onLeave = () => void go(leave)
  const busy = entering || leaving

  const page = (refusal: Refused) => (
    <Frame centre foot={me?.guest ? undefined : t.brand}>
      <Refusal problem={refusal} link={{ invitedBy: invitedBy ?? null, expiresAt: null, roomTitle: room.title }} />
    </Frame>
  )
  const session = room.session
  if (refused && refused.code !== 'SESSION_NOT_OPEN') return page(refused)
  if (me?.state === 'BLOCKED') return page({ code: 'PARTICIPANT_BLOCKED', nextSteps: ['CONTACT_HOST'] })
  if (!session) return page({ code: 'SESSION_NOT_OPEN', nextSteps: ['WAIT'] })
  if (session.state === 'CANCELLED') return page({ code: 'SESSION_CANCELLED', nextSteps: ['CONTACT_HOST'] })
  if (session.state === 'ENDED') return page({ code: 'SESSION_ENDED', nextSteps: ['WAIT', 'CONTACT_HOST'] })
  if (session.state === 'SCHEDULED') return <BeforeStart room={room} role={role} gives={gives} session={session} invitedBy={invitedBy} />
  switch (me?.state) {
    case 'IN_ROOM':
      return <InRoom room={room} me={me} onLeave={onLeave} leaving={leaving} fault={fault} />
    case 'WAITING':
      return <Queue room={room} me={me} onCancel={onLeave} busy={busy} fault={fault} />
    case 'DENIED':
    case 'REMOVED':
      if (!me.mayAskAgain) return page({ code: 'ENTRY_DENIED', nextSteps: ['WAIT', 'CONTACT_HOST'] })
      return <Denied state={me.state} onAgain={onEnter} busy={busy} fault={fault} />
    default:
      return <Lobby room={room} me={me ?? null} role={role} gives={gives} asks={me ? me.asksToEnter : room.admission === 'APPROVAL' && !manages} invitedBy={invitedBy} onEnter={onEnter} busy={busy} fault={fault} left={me?.state === 'LEFT'} />
  }
}

/** Acknowledges each role that this page shows, so that managers see it delivered. */
function useAcknowledge(roomId: string, roleRevision: number | undefined) {
  const [, acknowledge] = useMutation(AcknowledgeRoleDocument)
  const done = useRef(-1)
  useEffect(() => {
    if (roleRevision === undefined || roleRevision <= done.current) return
    done.current = roleRevision
    void acknowledge({ roomId, roleRevision })
  }, [acknowledge, roomId, roleRevision])
}

