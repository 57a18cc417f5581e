import { Suspense, useState } from 'react'
import type { Capability, PlacePartsFragment, RoomRole } from '../graphql/generated/graphql'
import { capabilityIcons, roleIcons, type Tile, tilesOf } from '../people/roles'
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
import type { Here, Said } from './here'
import { HereNow } from './HereNow'
import './InRoom.css'

const ModeratorPeople = part(() => import('./ModeratorPeople'))

interface InRoomProps {
  room: PlaceRoom
  me: PlacePartsFragment
  said: Said
  entering: boolean
  entered: Here | null
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
export function InRoom({ room, me, leaving, fault, onLeave, ...list }: InRoomProps) {
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
              {moderates ? <ModeratorPeople room={room} me={me} /> : <HereNow roomId={room.id} me={me} {...list} />}
              <Acknowledge roomId={room.id} me={me} />
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
