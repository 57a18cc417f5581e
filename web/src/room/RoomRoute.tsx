import { type ReactNode, Suspense, useEffect, useLayoutEffect, useState } from 'react'
import { Link, useParams } from 'react-router'
import { useQuery } from 'urql'
import { PlaceDocument, PlaceEventsDocument } from '../graphql/generated/graphql'
import { heldPlace, holdPlace, onPlaceGot, placeIsLost, tellTabs } from '../graphql/place'
import { unexpected } from '../graphql/problem'
import { EventsOfRoom, openEvents, type PlaceEvent } from '../graphql/roomEvents'
import { useFeed } from '../graphql/useFeed'
import { useTryAgain } from '../graphql/useTryAgain'
import { useRenew } from '../graphql/Usher'
import { Refusal, type Refused } from '../link/Refusal'
import { OthersInstead, type Own } from '../people/Others'
import { allowedIn, type PlaceRoom } from '../place/asked'
import { Place } from '../place/Place'
import { type Farewell, useFarewell } from '../place/useFarewell'
import { Frame, Loading } from '../shell/Frame'
import { part } from '../shell/part'
import type { SignedIn } from '../shell/useUser'
import { t } from '../texts'
import { buttonClass } from '../ui/Button'
import { Mark } from '../ui/Empty'
import { clock } from '../ui/time'
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
  const [wasSignedIn, setWasSignedIn] = useState(false)
  if (data?.me.user && !wasSignedIn) setWasSignedIn(true)
  useTryAgain(Boolean(error) && !data, () => refetch({ requestPolicy: 'network-only' }))

  if (!data) return <Loading text={error && !fetching ? unexpected(error) : undefined} />
  if (!data.room || lost) {
    const others = own.filter(({ id }) => id !== heldPlace(roomId))
    return (
      <Nothing signedIn={Boolean(data.me.user)} signedOut={wasSignedIn && !data.me.user} farewell={farewell} checking={fetching || stale}>
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
    <FollowedPlace
      room={data.room}
      user={data.me.user ?? null}
      manages={manages}
      others={others}
      onStale={() => refetch({ requestPolicy: 'network-only' })}
      onFarewell={setFarewell}
    />
  )
}

/** Returns why somebody loses the room with this event, or null if they do not. */
function reasonOf(event: PlaceEvent): Refused | null {
  switch (event.__typename) {
    case 'InvitationRevoked':
      return { code: 'INVITATION_REVOKED', nextSteps: ['CONTACT_HOST'] }
    case 'LinkRegenerated':
      return { code: 'LINK_REPLACED', nextSteps: ['USE_NEWEST_LINK'] }
    case 'DeviceReleased':
      return { code: 'USED_ON_OTHER_DEVICE', words: t.link.released, nextSteps: ['CONTACT_HOST'] }
    case 'DeviceMoved':
      return { code: 'USED_ON_OTHER_DEVICE', words: t.move.continued(event.device ?? null, clock(event.at)), nextSteps: ['MOVE_HERE'] }
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
  user: SignedIn | null
  manages: boolean
  others: Own[]
  onStale: () => void
  onFarewell: (farewell: Farewell) => void
}

function FollowedPlace({ room, user, manages, others, onStale, onFarewell }: FollowedProps) {
  const [events] = useState(openEvents)
  useFeed({
    roomId: room.id,
    after: room.revision,
    document: PlaceEventsDocument,
    onEvents: (came) => {
      for (const event of came) {
        // Managers get events about other people too.
        const why = manages && event.__typename !== 'RoomDeleted' ? null : reasonOf(event)
        if (why) onFarewell({ ...why, roomTitle: room.title, invitedBy: room.myParticipant?.invitedBy ?? null })
        events.deliver(event)
        if (event.__typename === 'ManagerAdded') onStale()
      }
    },
    onStale,
    reads: manages || (room.myParticipant != null && allowedIn(room, room.myParticipant.role).includes('ADMIT_PARTICIPANTS')),
  })
  return (
    <EventsOfRoom value={events}>
      <Place room={room} user={user} manages={manages} others={others} />
    </EventsOfRoom>
  )
}

interface NothingProps {
  signedIn: boolean
  /** Somebody was signed in on this page before. */
  signedOut: boolean
  farewell: Farewell | null
  checking: boolean
  /** The other people of this browser. */
  children: ReactNode
}

/** Shows that a room cannot be seen, or why it was lost. */
function Nothing({ signedIn, signedOut, farewell, checking, children }: NothingProps) {
  const renew = useRenew()
  const onMoved = (roomId: string, place: string) => {
    holdPlace(roomId, place)
    tellTabs()
    renew()
  }
  usePageTitle(signedOut ? t.room.signedOut : t.room.nothing)
  if (checking && !farewell) return null
  return (
    <Frame centre>
      {farewell ? (
        <Refusal problem={farewell} link={farewell} onMoved={onMoved} />
      ) : (
        <>
          <Mark icon="door" tone="wait" />
          <div className="stack stack--tight">
            <h1>{signedOut ? t.room.signedOut : t.room.nothing}</h1>
            <p className="soft">{signedOut ? t.room.signedOutText : signedIn ? t.room.nothingSignedIn : t.room.nothingText}</p>
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
