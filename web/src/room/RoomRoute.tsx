import { type ReactNode, Suspense, useEffect, useEffectEvent, useLayoutEffect, useState } from 'react'
import { Link, useParams } from 'react-router'
import { useQuery } from 'urql'
import { PlaceDocument, PlaceEventsDocument } from '../graphql/generated/graphql'
import { backoff } from '../graphql/backoff'
import { heldPlace, holdPlace, onPlaceGot, placeIsLost } from '../graphql/place'
import { unexpected } from '../graphql/problem'
import { useFeed } from '../graphql/useFeed'
import { Refusal, type Refused } from '../link/Refusal'
import { OthersInstead, type Own } from '../people/Others'
import type { PlaceEvent, PlaceRoom, RoleInfo } from '../place/asked'
import { EventsOfRoom, openEvents } from '../place/events'
import { Place } from '../place/Place'
import { useFarewell } from '../place/useFarewell'
import { Foot, Frame } from '../shell/Frame'
import { part } from '../shell/part'
import { t } from '../texts'
import { buttonClass } from '../ui/Button'
import { Mark } from '../ui/Empty'
import { usePageTitle } from '../ui/usePageTitle'

const RoomPage = part(() => import('./RoomPage'))

interface RouteProps {
  /** Shows managers their own place too: /rooms/:id/inside. */
  inside?: boolean
}

/** Shows managers the manager's page of /rooms/:id, and everyone else their own place. */
export default function RoomRoute({ inside = false }: RouteProps) {
  const { roomId = '' } = useParams()
  return <Room key={roomId} roomId={roomId} inside={inside} />
}

function Room({ roomId, inside }: { roomId: string; inside: boolean }) {
  const [{ data, fetching, error, stale }, refetch] = useQuery({ query: PlaceDocument, variables: { roomId }, requestPolicy: 'cache-and-network' })
  const lost = placeIsLost(roomId)
  const [farewell, setFarewell] = useFarewell(roomId, Boolean(data?.room) && !lost)
  const own = data?.me.participants.filter(({ room }) => room.id === roomId) ?? []
  const mine = own.find(({ id }) => id === data?.room?.myParticipant?.id)?.id
  // This runs before anything subscribes, because a connection names the place that the tab has at its start.
  useLayoutEffect(() => {
    if (mine && !lost) holdPlace(roomId, mine)
  }, [roomId, mine, lost])
  useEffect(() => onPlaceGot(() => refetch({ requestPolicy: 'network-only' })), [refetch])
  useTryAgain(Boolean(error) && !data, () => refetch({ requestPolicy: 'network-only' }))

  if (!data) {
    return (
      <Frame centre foot={t.brand}>
        <div className="late stack" role="status">
          <span className="spinner" aria-hidden="true" />
          <p className="soft">{error && !fetching ? unexpected(error) : t.loading}</p>
        </div>
      </Frame>
    )
  }
  if (!data.room || lost) {
    const others = own.filter(({ id }) => id !== heldPlace(roomId))
    return (
      <Nothing signedIn={Boolean(data.me.user)} farewell={farewell} checking={fetching || stale}>
        {others.length > 0 && <OthersInstead roomId={roomId} others={others} />}
      </Nothing>
    )
  }
  const manages = data.room.myRights.includes('SEE_EVERYTHING')
  if (manages && data.me.user && !inside) {
    return (
      <Suspense fallback={null}>
        <RoomPage roomId={roomId} user={data.me.user} />
      </Suspense>
    )
  }
  const { myParticipant, session } = data.room
  const others = own.filter((other) => !manages && other.session.id === session?.id && other.id !== myParticipant?.id)
  return (
    <Foot value={data.me.user ? t.brand : t.link.foot}>
      <FollowedPlace room={data.room} roles={data.roles} manages={manages} others={others} onStale={() => refetch({ requestPolicy: 'network-only' })} onFarewell={setFarewell} />
    </Foot>
  )
}

/** Returns why somebody loses the room with this event, or null if they do not. */
function farewellOf(event: PlaceEvent): Refused | null {
  switch (event.__typename) {
    case 'InvitationRevoked':
      return { code: 'INVITATION_REVOKED', nextSteps: ['CONTACT_HOST'] }
    case 'LinkRegenerated':
      return { code: 'LINK_REPLACED', nextSteps: ['USE_NEWEST_LINK'] }
    case 'DeviceReleased':
      return { code: 'USED_ON_OTHER_DEVICE', nextSteps: ['CONTACT_HOST'] }
    case 'RoomDeleted':
      return { code: 'ROOM_DELETED', nextSteps: ['CONTACT_HOST'] }
    case 'ParticipantRemoved':
      return event.blocked ? { code: 'PARTICIPANT_BLOCKED', nextSteps: ['CONTACT_HOST'] } : null
    default:
      return null
  }
}

interface FollowedProps {
  room: PlaceRoom
  roles: RoleInfo[]
  manages: boolean
  others: Own[]
  onStale: () => void
  onFarewell: (refused: Refused) => void
}

function FollowedPlace({ room, roles, manages, others, onStale, onFarewell }: FollowedProps) {
  const [events] = useState(openEvents)
  useFeed({
    roomId: room.id,
    after: room.revision,
    document: PlaceEventsDocument,
    onEvent: (event) => {
      // Managers get events about other people too.
      const why = manages && event.__typename !== 'RoomDeleted' ? null : farewellOf(event)
      if (why) onFarewell(why)
      events.deliver(event)
      if (event.__typename === 'ManagerAdded') onStale()
    },
    onStale,
  })
  return (
    <EventsOfRoom value={events}>
      <Place room={room} roles={roles} manages={manages} others={others} />
    </EventsOfRoom>
  )
}

interface NothingProps {
  signedIn: boolean
  farewell: Refused | null
  checking: boolean
  /** The other people of this browser. */
  children: ReactNode
}

/** Shows that a room cannot be seen, or why it was lost. */
function Nothing({ signedIn, farewell, checking, children }: NothingProps) {
  usePageTitle(t.room.nothing)
  if (checking && !farewell) return null
  return (
    <Frame centre foot={t.brand}>
      {farewell ? (
        <Refusal problem={farewell} />
      ) : (
        <>
          <Mark icon="door" tone="wait" />
          <div className="stack stack--tight">
            <h1>{t.room.nothing}</h1>
            <p className="soft">{signedIn ? t.room.nothingSignedIn : t.room.nothingText}</p>
          </div>
          <div className="stack stack--tight full">
            {signedIn ? (
              <Link className={buttonClass('primary', 'large', true)} to="/">
                {t.room.toRooms}
              </Link>
            ) : (
              <Link className={buttonClass(undefined, 'large', true)} to={`/sign-in?next=${encodeURIComponent(location.pathname)}`}>
                {t.signIn.title}
              </Link>
            )}
          </div>
        </>
      )}
      {children}
    </Frame>
  )
}

/** Runs `run` again and again, ever more slowly, while something failed. */
function useTryAgain(failed: boolean, run: () => void) {
  const again = useEffectEvent(run)
  useEffect(() => {
    if (!failed) return
    let timer: number
    const plan = (tries: number) => {
      timer = window.setTimeout(() => {
        again()
        plan(tries + 1)
      }, 500 + backoff(tries))
    }
    plan(0)
    return () => clearTimeout(timer)
  }, [failed])
}
