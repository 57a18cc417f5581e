import { useState } from 'react'
import { Link, useNavigate } from 'react-router'
import { type RoomSelection, RoomsDocument, type RoomsQuery, StartSessionDocument } from '../graphql/generated/graphql'
import { unexpected } from '../graphql/problem'
import { useNowNear } from '../graphql/clock'
import { usePages } from '../graphql/usePages'
import { useDo } from '../graphql/useRun'
import { TopBar } from '../shell/TopBar'
import { type SignedIn, WithUser } from '../shell/useUser'
import { t } from '../texts'
import { useVoice } from '../ui/Announcer'
import { Badge, LiveBadge, Status } from '../ui/Badge'
import { Banner } from '../ui/Banner'
import { Button } from '../ui/Button'
import { Chips } from '../ui/Chips'
import { copyText } from '../ui/Copy'
import { Empty } from '../ui/Empty'
import { Search } from '../ui/Field'
import { Menu, MenuItem } from '../ui/Menu'
import { More } from '../ui/More'
import { SkeletonRows } from '../ui/Skeleton'
import { Name } from '../ui/Text'
import { clock, clockNear, clockRange, clockThere, dayWord, exact, otherZone, zoneName } from '../ui/time'
import { searchable } from '../ui/searchable'
import { useLookAgain } from '../ui/useLookAgain'
import { useDebounced } from '../ui/useDebounced'
import { useRoving } from '../ui/useRoving'
import { usePageTitle } from '../ui/usePageTitle'
import { RoomDialog } from './RoomDialog'
import { startBriefly } from './words'
import './RoomsPage.css'

/** Lists the rooms of a signed-in user: open ones first, then by start. */
export default function RoomsPage() {
  usePageTitle(t.rooms.title)
  return <WithUser>{(user) => <Rooms user={user} />}</WithUser>
}

const selections: RoomSelection[] = ['ALL', 'MANAGED', 'PAST']

function Rooms({ user }: { user: SignedIn }) {
  const [typed, setTyped] = useState('')
  const search = useDebounced(searchable(typed), 200)
  const [only, setOnly] = useState<RoomSelection>('ALL')
  const [making, setMaking] = useState(false)
  const list = useRoving<HTMLUListElement>()
  const { nodes, hasMore, mark, more, refresh, error } = usePages(RoomsDocument, { first: 20, search: search || null, only }, (data) => data.rooms)

  useLookAgain(refresh) // no event reports changes of rooms whose page is not open

  const none = nodes?.length === 0
  const empty = none && !search && only === 'ALL'
  return (
    <>
      <TopBar user={user} />
      <main className="page page--narrow" id="main">
        <div className="page-head">
          <div className="page-head__main">
            <h1>{t.rooms.title}</h1>
          </div>
          {/* Before the list is known it would move under a press. */}
          {(nodes ? !empty : error) && (
            <div className="page-head__actions">
              <Button kind="primary" icon="plus" aria-keyshortcuts="C" onClick={() => setMaking(true)}>
                {t.rooms.make}
              </Button>
            </div>
          )}
        </div>
        <div className="stack">
          {error && !nodes && (
            <Banner tone="danger" icon="alert" role="status" actions={<Button size="small" onClick={refresh}>{t.tryAgain}</Button>}>
              {unexpected(error)}
            </Banner>
          )}
          {!empty && (
            <div className="rooms-tools">
              <Search label={t.rooms.search} value={typed} onChange={(event) => setTyped(event.target.value)} />
              <Chips label={t.rooms.only} options={selections.map((one) => [one, t.rooms.selections[one]] as const)} value={only} onChange={setOnly} />
            </div>
          )}
          {!nodes ? (
            <div className="panel">
              <SkeletonRows label={t.rooms.loading} />
            </div>
          ) : none ? (
            <div className="panel">
              {search ? (
                <Empty icon="search" title={t.rooms.noneFound(search)} text={t.rooms.noneFoundText} />
              ) : only !== 'ALL' ? (
                <Empty icon="video" title={only === 'PAST' ? t.rooms.nonePast : t.rooms.noneManaged} text={only === 'PAST' ? t.rooms.nonePastText : t.rooms.noneManagedText} />
              ) : (
                <Empty icon="video" title={t.rooms.empty} text={t.rooms.emptyText}>
                  <Button kind="primary" size="large" onClick={() => setMaking(true)}>
                    {t.rooms.make}
                  </Button>
                </Empty>
              )}
            </div>
          ) : (
            <ul className="panel" ref={list}>
              {nodes.map((room) => (
                <RoomRow key={room.id} room={room} />
              ))}
              {hasMore && <More key={mark} onNear={more} />}
            </ul>
          )}
        </div>
      </main>
      {making && <RoomDialog onClose={() => setMaking(false)} />}
    </>
  )
}

type ListedRoom = RoomsQuery['rooms']['edges'][number]['node']

function RoomRow({ room }: { room: ListedRoom }) {
  const { session } = room
  const now = useNowNear(session?.state === 'OPEN' ? session.openedAt : session?.startsAt)
  return (
    <li className="room-item" data-row>
      <Link className="room-row" to={`/rooms/${room.id}`}>
        <span className="room-row__title">
          <Name>{room.title}</Name>
        </span>
        <span className="room-row__when meta">
          <RoomWhen room={room} now={now} />
          <Counts room={room} />
          {room.myManagerRole && <span>{t.managerRoles[room.myManagerRole]}</span>}
        </span>
        <span className="room-row__end">
          {session?.state === 'OPEN' && <LiveBadge />}
          {session?.state === 'ENDED' && <Badge>{t.states.ENDED}</Badge>}
          {session?.state === 'CANCELLED' && <Badge>{t.states.CANCELLED}</Badge>}
          {session?.state === 'SCHEDULED' && (
            <span className="small" title={exact(session.startsAt)}>
              {startBriefly(session.startsAt, now)}
            </span>
          )}
        </span>
      </Link>
      <RowMenu room={room} />
    </li>
  )
}

/** Offers what people do most with a room, without opening it. */
function RowMenu({ room }: { room: ListedRoom }) {
  const { toast } = useVoice()
  const navigate = useNavigate()
  const [start] = useDo(StartSessionDocument)
  const { session } = room
  const copy = async () => toast((await copyText(`${location.origin}/rooms/${room.id}`)) ? { text: t.room.addressCopied } : { text: t.copyByHand, failed: true })
  const open = async (sessionId: string) => {
    if (await start({ sessionId })) void navigate(`/rooms/${room.id}`)
  }
  return (
    <Menu label={t.rooms.moreFor(room.title)} button={<Button kind="quiet" icon="more" className="room-item__more" aria-label={t.rooms.moreFor(room.title)} />}>
      <MenuItem icon="link" onClick={() => void copy()}>
        {t.room.copyAddress}
      </MenuItem>
      {session?.state === 'OPEN' && (
        <MenuItem icon="door" onClick={() => void navigate(`/rooms/${room.id}/inside`, { state: { enter: true } })}>
          {t.room.enter}
        </MenuItem>
      )}
      {session?.state === 'SCHEDULED' && room.myManagerRole && (
        <MenuItem icon="video" onClick={() => void open(session.id)}>
          {t.room.startSession}
        </MenuItem>
      )}
    </Menu>
  )
}

/** Shows managers how many people are invited before the session, and how many are in and wait while it runs. */
function Counts({ room: { session, counts } }: { room: ListedRoom }) {
  if (!counts) return null
  if (session?.state === 'OPEN') {
    return (
      <>
        <span>{t.rooms.inRoom(counts.inRoom - counts.away.inRoom)}</span>
        {counts.waiting > 0 && <Status tone="wait">{t.rooms.wait(counts.waiting)}</Status>}
      </>
    )
  }
  return session?.state === 'SCHEDULED' && counts.invited > 0 ? <span>{t.rooms.invitedCount(counts.invited)}</span> : null
}

function RoomWhen({ room, now }: { room: ListedRoom; now: number }) {
  const { session } = room
  if (!session) return <span>{t.rooms.noSession}</span>
  const cap = (word: string) => word.charAt(0).toLocaleUpperCase() + word.slice(1)
  if (session.state === 'OPEN') return <span>{t.rooms.since(clockNear(session.openedAt ?? session.startsAt, now))}</span>
  if (session.state === 'ENDED' && session.endedAt) return <span>{t.rooms.ended(dayWord(session.endedAt, now), clock(session.endedAt))}</span>
  return (
    <>
      <span>
        {cap(dayWord(session.startsAt, now))}, <time dateTime={session.startsAt}>{clockRange(session.startsAt, session.endsAt)}</time>
      </span>
      {otherZone(session.startsAt, room.timeZone) && (
        <span>
          <time dateTime={session.startsAt}>{clockThere(session.startsAt, null, room.timeZone)}</time> {t.inZone(zoneName(room.timeZone))}
        </span>
      )}
    </>
  )
}
