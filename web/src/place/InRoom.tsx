import { Suspense, useEffect, useMemo, useRef, useState } from 'react'
import { useQuery } from 'urql'
import { type Capability, HereNowDocument, type PersonPartsFragment, type PlacePartsFragment, type RoomRole } from '../graphql/generated/graphql'
import { gather } from '../graphql/gather'
import { Boundary } from '../shell/Boundary'
import { ConnectionBar } from '../shell/ConnectionBar'
import { part } from '../shell/part'
import { t } from '../texts'
import { useVoice } from '../ui/Announcer'
import { Avatar } from '../people/Avatar'
import { Badge, LiveBadge } from '../ui/Badge'
import { Banner } from '../ui/Banner'
import { Button } from '../ui/Button'
import { Icon } from '../ui/Icon'
import { Name, Say } from '../ui/Text'
import type { PlaceEvent, PlaceRoom } from './asked'
import { capabilityIcons, roleIcons, roleRank, tilesOf } from '../people/roles'
import { usePresence } from '../people/usePresence'

const ModeratorPeople = part(() => import('./ModeratorPeople'))

interface InRoomProps {
  room: PlaceRoom
  me: PlacePartsFragment
  manages: boolean
  event: PlaceEvent | null
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

/** The room: what one may do here, live, and who is here. */
export function InRoom({ room, me, manages, event, leaving, fault, onLeave }: InRoomProps) {
  const { news, before, close } = useRoleNews(me, event)
  const moderates = me.capabilities.includes('ADMIT_PARTICIPANTS')
  return (
    <div className="room">
      <ConnectionBar />
      <header className="room__head">
        <LiveBadge />
        <h1 className="clip" title={room.title}>
          <Name>{room.title}</Name>
        </h1>
      </header>
      <main className="room__body">
        {news && <NewsBanner news={news} gained={tilesOf(me.capabilities, before).filter((tile) => tile.fresh).map((tile) => tile.capability)} onClose={close} />}
        <section className="stack stack--tight" aria-labelledby="can">
          <div className="spread">
            <h2 id="can">{t.room.whatYouCan}</h2>
            <Badge tone="well">{t.roles[me.role]}</Badge>
          </div>
          <ul className="tiles">
            {tilesOf(me.capabilities, before).map(({ capability, on, fresh }) => (
              <li key={capability}>
                <div className={`tile${on ? '' : ' tile--off'}${fresh ? ' tile--new' : ''}`}>
                  <Icon name={capabilityIcons[capability]} />
                  <span>
                    {t.capabilities[capability]}
                    {!on && <span className="visually-hidden">, {t.room.notForYou}</span>}
                  </span>
                  {fresh && <Badge>{t.room.fresh}</Badge>}
                </div>
              </li>
            ))}
          </ul>
        </section>
        <Boundary panel>
          {moderates ? (
            <Suspense fallback={<section className="panel" />}>
              <ModeratorPeople room={room} me={me} manages={manages} event={event} />
            </Suspense>
          ) : (
            <HereNow roomId={room.id} me={me} event={event} />
          )}
        </Boundary>
      </main>
      <footer className="room__bar">
        <span className="cluster">
          <span className="small soft">{fault ?? <Name>{me.displayName}</Name>}</span>
        </span>
        <Button icon="leave" busy={leaving} onClick={onLeave}>
          {t.room.leave}
        </Button>
      </footer>
    </div>
  )
}

/** The last change of one's own role, until it is waved away, with what one could do before it. */
function useRoleNews(me: PlacePartsFragment, event: PlaceEvent | null) {
  const [news, setNews] = useState<RoleNews | null>(null)
  const [before, setBefore] = useState<Capability[] | null>(null)
  const last = useRef(me.capabilities)
  const { say } = useVoice()

  useEffect(() => {
    if (event?.__typename !== 'RolePromoted' && event?.__typename !== 'RoleDemoted') return
    if (event.participant.id !== me.id) return
    const up = event.__typename === 'RolePromoted'
    const actor = event.actor ?? null
    setNews({ id: event.id, actor, role: event.role, up })
    say(actor ? t.room.madeYouSaid(actor, t.roles[event.role]) : t.room.youAre(t.roles[event.role]))
  }, [event, me.id, say])

  const now = me.capabilities.join()
  useEffect(() => {
    const was = last.current
    if (was.join() === now) return
    setBefore(was)
    last.current = me.capabilities
    // The joined list stands for the list.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [now])

  const close = () => {
    setNews(null)
    setBefore(null)
  }
  return { news, before, close }
}

function NewsBanner({ news, gained, onClose }: { news: RoleNews; gained: Capability[]; onClose: () => void }) {
  const role = t.roles[news.role]
  return (
    <Banner tone={news.up ? 'well' : undefined} icon={roleIcons[news.role]} actions={<Button kind="quiet" size="small" icon="x" aria-label={t.close} onClick={onClose} />}>
      <b className="strong">{news.actor ? <Say text={t.room.madeYou} host={<Name>{news.actor}</Name>} role={t.withArticle(role)} /> : t.room.youAre(role)}</b>
      <br />
      <span className="small">{gained.length > 0 ? t.room.youCanNow(gained.map((capability) => t.doing[capability])) : t.room.tilesSay}</span>
    </Banner>
  )
}

function HereNow({ roomId, me, event }: { roomId: string; me: PlacePartsFragment; event: PlaceEvent | null }) {
  const [{ data }, refetch] = useQuery({ query: HereNowDocument, variables: { roomId }, requestPolicy: 'cache-and-network' })
  const online = usePresence(roomId)
  const latest = useRef(refetch)
  useEffect(() => {
    latest.current = refetch
  })
  const reread = useMemo(() => gather(() => latest.current({ requestPolicy: 'network-only' }), 2_000), [])
  useEffect(() => reread.cancel, [reread])

  // A person whom the list does not hold yet; whom it holds, the cache has changed in place.
  const people = data?.room?.participants?.nodes
  useEffect(() => {
    if (event?.__typename === 'ParticipantChanged' && event.state === 'IN_ROOM' && people && people.every((person) => person.id !== event.participant.id)) reread.call()
    // Only a new event asks for this, not a list that was read.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [event])

  const shown = useMemo(() => sortPeople((people ?? []).filter((person) => person.state === 'IN_ROOM'), me.id), [people, me.id])
  const total = Math.max(online ?? 0, shown.length)
  const others = total - shown.length
  return (
    <section className="panel" aria-labelledby="here">
      <header className="panel__head">
        <h2 id="here">{t.room.hereNow}</h2>
        <Badge count>{total}</Badge>
      </header>
      <ul>
        {shown.map((person) => (
          <li className="row" key={person.id}>
            <Avatar id={person.id} name={person.displayName} online={person.id === me.id || person.online} />
            <div className="row__main">
              <span className="row__name clip" title={person.displayName}>
                <Name>{person.displayName}</Name>
              </span>
              <span className="small soft">{person.id === me.id ? t.room.youRole(t.roles[me.role]) : person.managerRole ? t.room.host : t.roles[person.role]}</span>
            </div>
          </li>
        ))}
      </ul>
      {others > 0 && <p className="small soft group-title">{t.room.andOthers(others)}</p>}
    </section>
  )
}

/** Oneself first, then managers, then by role descending, then by name. */
function sortPeople(people: PersonPartsFragment[], meId: string): PersonPartsFragment[] {
  const rank = (person: PersonPartsFragment) => (person.id === meId ? 9 : person.managerRole ? 8 : roleRank[person.role])
  return people.toSorted((a, b) => rank(b) - rank(a) || a.displayName.localeCompare(b.displayName))
}
