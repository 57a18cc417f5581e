import { Suspense, useMemo, useState } from 'react'
import { useQuery } from 'urql'
import { type Capability, HereNowDocument, type PersonPartsFragment, type PlacePartsFragment, type RoomRole } from '../graphql/generated/graphql'
import { useGathered } from '../graphql/gather'
import { Avatar } from '../people/Avatar'
import { capabilityIcons, roleIcons, roleRank, type Tile, tilesOf } from '../people/roles'
import { usePresence } from '../people/usePresence'
import { Boundary } from '../shell/Boundary'
import { DeviceButton } from '../shell/DeviceButton'
import { part } from '../shell/part'
import { t } from '../texts'
import { useVoice } from '../ui/Announcer'
import { Badge, LiveBadge } from '../ui/Badge'
import { Banner } from '../ui/Banner'
import { Button } from '../ui/Button'
import { Icon } from '../ui/Icon'
import { Clip, Name, Say } from '../ui/Text'
import { Acknowledge } from './Acknowledge'
import { allowedIn, type PlaceRoom } from './asked'
import { useRoomEvent } from './events'
import './InRoom.css'

const ModeratorPeople = part(() => import('./ModeratorPeople'))

interface InRoomProps {
  room: PlaceRoom
  me: PlacePartsFragment
  leaving: boolean
  fault: string | null
  onLeave: () => void
}

interface RoleNews {
  id: string
  actor: string | null
  role: RoomRole
  up: boolean
}

/** Shows the room: one's capabilities as they change, and who is here. */
export function InRoom({ room, me, leaving, fault, onLeave }: InRoomProps) {
  const allowed = allowedIn(room, me.role)
  const { news, before, close } = useRoleNews(me, allowed)
  const tiles = tilesOf(allowed, before)
  const moderates = allowed.includes('ADMIT_PARTICIPANTS')
  return (
    <div className="room">
      <main className="room__main" id="main">
        <header className="room__head">
          <LiveBadge />
          <h1 className="room__title">
            <Clip>{room.title}</Clip>
          </h1>
        </header>
        <div className="room__body">
          {news && <NewsBanner news={news} tiles={tiles} onClose={close} />}
          <section className="stack stack--tight" aria-labelledby="can">
            <div className="spread">
              <h2 id="can">{t.room.whatYouCan}</h2>
              <Badge tone="well">{t.roles[me.role]}</Badge>
            </div>
            <ul className="tiles">
              {tiles.map(({ capability, on, fresh }) => (
                <li key={capability} className={`tile${on ? '' : ' tile--off'}${fresh ? ' tile--new' : ''}`}>
                  <Icon name={capabilityIcons[capability]} />
                  <span>
                    {t.capabilities[capability]}
                    {!on && <span className="tile__why">{room.chatAndCollaboration ? t.place.notAs(t.roles[me.role]) : t.place.offHere}</span>}
                  </span>
                  {fresh && <Badge>{t.room.fresh}</Badge>}
                </li>
              ))}
            </ul>
            {tiles.some(({ on }) => !on) && <p className="small soft">{room.chatAndCollaboration ? t.place.others(me.invitedBy ?? null) : t.place.nothingNow}</p>}
          </section>
          <Boundary panel at={String(moderates)}>
            <Suspense fallback={<section className="panel" />}>
              {moderates ? <ModeratorPeople room={room} me={me} /> : <HereNow roomId={room.id} me={me} />}
              <Acknowledge roomId={room.id} roleRevision={me.roleRevision} />
            </Suspense>
          </Boundary>
        </div>
      </main>
      <footer className="room__bar">
        {fault ? (
          <p className="field__error" role="alert">
            {fault}
          </p>
        ) : (
          <Clip className="small soft">{me.displayName}</Clip>
        )}
        <div className="room__buttons">
          <DeviceButton icon />
          <Button icon="leave" busy={leaving} onClick={onLeave}>
            {t.room.leave}
          </Button>
        </div>
      </footer>
    </div>
  )
}

/** Returns the last change of one's own role until it is closed, and the capabilities before it. */
function useRoleNews(me: PlacePartsFragment, allowed: Capability[]) {
  const [news, setNews] = useState<RoleNews | null>(null)
  const [before, setBefore] = useState<Capability[] | null>(null)
  const [last, setLast] = useState(allowed)
  const { say } = useVoice()

  useRoomEvent((event) => {
    if (event.__typename !== 'RolePromoted' && event.__typename !== 'RoleDemoted') return
    if (event.participant.id !== me.id) return
    const up = event.__typename === 'RolePromoted'
    const actor = event.actor ?? null
    setNews({ id: event.id, actor, role: event.role, up })
    say(actor ? t.room.madeYouSaid(actor, t.roles[event.role]) : t.room.youAre(t.roles[event.role]))
  })

  if (last.join() !== allowed.join()) {
    setBefore(last)
    setLast(allowed)
  }

  const close = () => {
    setNews(null)
    setBefore(null)
  }
  return { news, before, close }
}

function NewsBanner({ news, tiles, onClose }: { news: RoleNews; tiles: Tile[]; onClose: () => void }) {
  const role = t.roles[news.role]
  const gained = tiles.filter(({ fresh }) => fresh)
  const words = (some: Tile[]) => some.map(({ capability }) => t.doing[capability])
  return (
    <Banner tone={news.up ? 'well' : undefined} icon={roleIcons[news.role]} actions={<Button kind="quiet" size="small" icon="x" aria-label={t.close} onClick={onClose} />}>
      <b className="strong">{news.actor ? <Say text={t.room.madeYou} host={<Name>{news.actor}</Name>} role={t.withArticle(role)} /> : t.room.youAre(role)}</b>
      <br />
      <span className="small">{gained.length > 0 ? t.place.youCanNow(words(gained)) : t.place.youCanStill(words(tiles.filter(({ on }) => on)))}</span>
    </Banner>
  )
}

function HereNow({ roomId, me }: { roomId: string; me: PlacePartsFragment }) {
  const [{ data }, refetch] = useQuery({ query: HereNowDocument, variables: { roomId }, requestPolicy: 'cache-and-network' })
  const presence = usePresence(roomId)
  const reread = useGathered(() => refetch({ requestPolicy: 'network-only' }), 2_000)

  // The cache changes the people of the list in place. Somebody who is not in it yet has to be read.
  const people = data?.room?.participants?.nodes
  useRoomEvent((event) => {
    if (event.__typename === 'ParticipantChanged' && event.state === 'IN_ROOM' && people?.every((person) => person.id !== event.participant.id)) reread()
  })

  const shown = useMemo(() => sortPeople((people ?? []).filter((person) => person.state === 'IN_ROOM' && (person.online || person.id === me.id)), me.id), [people, me.id])
  const total = Math.max(presence?.inRoom ?? 0, shown.length)
  const others = total - shown.length
  return (
    <section className="panel" aria-labelledby="here">
      <header className="panel__head">
        <h2 id="here">{t.room.hereNow}</h2>
        <Badge count>{total}</Badge>
      </header>
      <ul>
        {shown.map((person) => (
          <li className="row row--still" key={person.id}>
            <Avatar name={person.displayName} online={person.id === me.id || person.online} />
            <div className="row__main">
              <Clip className="row__name">{person.displayName}</Clip>
              <span className="small soft">{person.id === me.id ? t.room.youRole(t.roles[me.role]) : person.managerRole ? t.room.host : t.roles[person.role]}</span>
            </div>
          </li>
        ))}
      </ul>
      {others > 0 && <p className="small soft group-title">{t.room.andOthers(others)}</p>}
    </section>
  )
}

/** Sorts oneself first, then managers, then by role, highest first, then by name. */
function sortPeople(people: PersonPartsFragment[], meId: string): PersonPartsFragment[] {
  const rank = (person: PersonPartsFragment) => (person.id === meId ? 9 : person.managerRole ? 8 : roleRank[person.role])
  return people.toSorted((a, b) => rank(b) - rank(a) || a.displayName.localeCompare(b.displayName))
}
