import { useEffect, useState } from 'react'
import { Link } from 'react-router'
import { RoomsDocument, type RoomsQuery } from '../graphql/generated/graphql'
import { unexpected } from '../graphql/problem'
import { useServerNow } from '../graphql/clock'
import { usePages } from '../graphql/usePages'
import { TopBar } from '../shell/TopBar'
import { type SignedIn, WithUser } from '../shell/useUser'
import { t } from '../texts'
import { Badge, LiveBadge, Status } from '../ui/Badge'
import { Banner } from '../ui/Banner'
import { Button } from '../ui/Button'
import { Empty } from '../ui/Empty'
import { Search } from '../ui/Field'
import { Icon } from '../ui/Icon'
import { More } from '../ui/More'
import { SkeletonRows } from '../ui/Skeleton'
import { Name } from '../ui/Text'
import { ago, clock, clockNear, clockRange, clockThere, dayWord, exact, minute, otherZone, zoneName } from '../ui/time'
import { searchable } from '../ui/searchable'
import { useDebounced } from '../ui/useDebounced'
import { usePageTitle } from '../ui/usePageTitle'
import { RoomDialog } from './RoomDialog'
import './RoomsPage.css'

/** Lists the rooms of a signed-in user: open ones first, then by start. */
export default function RoomsPage() {
  usePageTitle(t.rooms.title)
  return <WithUser>{(user) => <Rooms user={user} />}</WithUser>
}

const lookAgain = 60_000

function Rooms({ user }: { user: SignedIn }) {
  const [typed, setTyped] = useState('')
  const search = useDebounced(searchable(typed), 200)
  const [making, setMaking] = useState(false)
  const { nodes, hasMore, mark, more, refresh, error } = usePages(RoomsDocument, { first: 20, search: search || null }, (data) => data.rooms)

  // No event reports changes of rooms whose page is not open, so a visible list is read again.
  useEffect(() => {
    const look = () => {
      if (document.visibilityState === 'visible') refresh()
    }
    const timer = setInterval(look, lookAgain)
    document.addEventListener('visibilitychange', look)
    return () => {
      clearInterval(timer)
      document.removeEventListener('visibilitychange', look)
    }
  }, [refresh])

  const none = nodes?.length === 0
  return (
    <>
      <TopBar user={user} />
      <main className="page page--narrow" id="main">
        <div className="page-head">
          <div className="page-head__main">
            <h1>{t.rooms.title}</h1>
          </div>
          {!(none && !search) && (
            <div className="page-head__actions">
              <Button kind="primary" icon="plus" onClick={() => setMaking(true)}>
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
          {!(none && !search) && <Search label={t.rooms.search} value={typed} onChange={(event) => setTyped(event.target.value)} />}
          {!nodes ? (
            <div className="panel">
              <SkeletonRows label={t.rooms.loading} />
            </div>
          ) : none ? (
            <div className="panel">
              {search ? (
                <Empty icon="search" title={t.rooms.noneFound(search)} text={t.rooms.noneFoundText} />
              ) : (
                <Empty icon="video" title={t.rooms.empty} text={t.rooms.emptyText}>
                  <Button kind="primary" size="large" onClick={() => setMaking(true)}>
                    {t.rooms.make}
                  </Button>
                </Empty>
              )}
            </div>
          ) : (
            <ul className="panel">
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
  const now = useServerNow(minute)
  const { session } = room
  return (
    <li className="room-item">
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
              {ago(session.startsAt, now)}
            </span>
          )}
          <Icon name="right" />
        </span>
      </Link>
    </li>
  )
}

/** Shows managers how many people are invited before the session, and how many are in and wait while it runs. */
function Counts({ room: { session, counts } }: { room: ListedRoom }) {
  if (!counts) return null
  if (session?.state === 'OPEN') {
    return (
      <>
        <span>{t.rooms.inRoom(counts.inRoom)}</span>
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
