import * as Ariakit from '@ariakit/react'
import { Suspense, useCallback, useState } from 'react'
import { useNavigate } from 'react-router'
import { useQuery } from 'urql'
import { Activity } from '../activity/Activity'
import type { Target } from '../activity/sentence'
import { RoomPageDocument, type RoomRight } from '../graphql/generated/graphql'
import { unexpected } from '../graphql/problem'
import { InviteDialog } from '../invite/InviteDialog'
import { Invitations } from '../invite/Invitations'
import { useInviting } from '../invite/useInviting'
import { People } from '../people/People'
import { Boundary } from '../shell/Boundary'
import { DialogBoundary } from '../shell/DialogBoundary'
import { part } from '../shell/part'
import { TopBar } from '../shell/TopBar'
import type { SignedIn } from '../shell/useUser'
import { t } from '../texts'
import { Badge } from '../ui/Badge'
import { Banner } from '../ui/Banner'
import { Button } from '../ui/Button'
import { useLookAgain } from '../ui/useLookAgain'
import { usePageTitle } from '../ui/usePageTitle'
import { ExportDialog } from './ExportDialog'
import { ManagersDialog } from './ManagersDialog'
import { RoomDialog } from './RoomDialog'
import { type ManagedRoom, RoomHead } from './RoomHead'
import type { RoomQuestion } from './RoomMenu'
import { useEvents } from './useEvents'
import { SessionDialog } from './SessionDialog'
import { CancelSession, DeleteRoom } from './RoomConfirm'
import './RoomPage.css'

const ManyDialog = part(() => import('../invite/ManyDialog'))
const SummaryDialog = part(() => import('./SummaryDialog'))

type Tab = 'people' | 'invitations' | 'activity'

/** Shows the room to its managers. */
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

/** Returns why nobody can be invited now, if so. */
function whyNot({ canInvite, siteInvitations, chatAndCollaboration, session }: ManagedRoom) {
  if (canInvite) return null
  if (siteInvitations === false) return 'off'
  if (session && session.state !== 'SCHEDULED' && session.state !== 'OPEN') return 'over'
  return chatAndCollaboration ? null : 'chat'
}

function Managed({ room, user, reread }: { room: ManagedRoom; user: SignedIn; reread: () => void }) {
  const navigate = useNavigate()
  const { log, epoch, changed } = useEvents(room, user.id, reread)
  const [tab, setTab] = useState<Tab>('people')
  const [open, setOpen] = useState<RoomQuestion | 'several' | 'again' | null>(null)
  const [exported, setExported] = useState<string | null>(null)
  const [waiting, setWaiting] = useState(0)
  const [asking, setAsking] = useState(0)
  const [marked, setMarked] = useState<Target | null>(null)
  usePageTitle(room.title, waiting + asking)
  useLookAgain(useInviting(room.id))

  const close = useCallback(() => {
    setOpen(null)
    setExported(null)
  }, [])
  const invite = useCallback(() => setOpen('invite'), [])
  const may = (right: RoomRight) => room.myRights.includes(right)

  const show = useCallback((target: Target) => {
    setMarked(target)
    setTab(target.kind === 'participant' ? 'people' : 'invitations')
  }, [])
  const counts: Record<Tab, number> = { people: waiting, invitations: asking, activity: 0 }
  const names: Tab[] = ['people', 'invitations', 'activity']
  return (
    <>
      <TopBar user={user} />
      <main className="page" id="main">
        <RoomHead room={room} admin={user.siteRole === 'ADMIN'} onAsk={setOpen} />
        <Ariakit.TabProvider selectedId={tab} setSelectedId={(id) => id && setTab(id as Tab)}>
          <Ariakit.TabList className="tabs tabs--panels" aria-label={t.room.parts}>
            {names.map((name) => (
              <Ariakit.Tab key={name} id={name} className="tab" aria-controls={`panel-${name}`}>
                {t.room.tabs[name]}
                {counts[name] > 0 && (
                  <Badge tone="wait" count>
                    {t.numbers.number(counts[name])}
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
              userId={user.id}
              open={room.session?.state === 'OPEN'}
              epoch={epoch}
              changed={changed}
              chosen={tab === 'people'}
              onWaiting={setWaiting}
              marked={marked?.kind === 'participant' ? marked : null}
            />
          </Boundary>
          <Boundary panel chosen={tab === 'invitations'}>
            <Invitations
              roomId={room.id}
              sessionId={room.session?.id ?? null}
              canInvite={room.canInvite}
              why={whyNot(room)}
              chosen={tab === 'invitations'}
              epoch={epoch}
              events={log.events}
              onInvite={invite}
              onChoose={() => setOpen('again')}
              onAsking={setAsking}
              marked={marked?.kind === 'invitation' ? marked : null}
            />
          </Boundary>
          <Boundary panel chosen={tab === 'activity'}>
            <Activity log={log} chosen={tab === 'activity'} onTarget={show} />
          </Boundary>
        </div>
      </main>
      {open === 'invite' && <InviteDialog room={room} onSeveral={() => setOpen('several')} onClose={close} />}
      {(open === 'several' || open === 'again') && (
        <Suspense>
          <ManyDialog room={room} again={open === 'again'} onOne={() => setOpen('invite')} onClose={close} />
        </Suspense>
      )}
      {open === 'edit' && <RoomDialog room={room} onClose={close} />}
      {open === 'managers' && <ManagersDialog room={room} userId={user.id} mayChange={may('MANAGE_MANAGERS')} mayChangeOwners={may('MANAGE_OWNERS')} onClose={close} />}
      {open === 'reschedule' && <SessionDialog room={room} move onClose={close} />}
      {open === 'new session' && <SessionDialog room={room} move={false} onClose={close} />}
      {open === 'cancel' && room.session && <CancelSession sessionId={room.session.id} onClose={close} />}
      {open === 'summary' && room.session && (
        <DialogBoundary onClose={close}>
          <Suspense>
            <SummaryDialog
              room={room}
              sessionId={room.session.id}
              onExport={(sessionId) => {
                setExported(sessionId)
                setOpen('export')
              }}
              onClose={close}
            />
          </Suspense>
        </DialogBoundary>
      )}
      {open === 'export' && room.session && <ExportDialog sessionId={exported ?? room.session.id} onClose={close} />}
      {open === 'delete' && <DeleteRoom room={room} onClose={close} onDeleted={() => void navigate('/', { replace: true })} />}
    </>
  )
}
