import { useState } from 'react'
import { useRoomEvent } from '../graphql/roomEvents'
import type { Capability, PlacePartsFragment, RoomRole } from '../graphql/generated/graphql'
import { capabilityIcons, roleIcons, type Tile } from '../people/roles'
import { t } from '../texts'
import { useVoice } from '../ui/Announcer'
import { Button } from '../ui/Button'
import { Icon } from '../ui/Icon'
import { Name, Say } from '../ui/Text'

interface RoleNews {
  actor: string | null
  role: RoomRole
}

/** Returns the last change of one's own role until it is closed, and the capabilities before it. */
export function useRoleNews(me: PlacePartsFragment, allowed: Capability[]) {
  const [news, setNews] = useState<RoleNews | null>(null)
  const [before, setBefore] = useState<Capability[] | null>(null)
  const [last, setLast] = useState(allowed)
  const { say } = useVoice()

  useRoomEvent((event) => {
    if (event.__typename !== 'RolePromoted' && event.__typename !== 'RoleDemoted') return
    if (event.participant.id !== me.id) return
    const actor = event.actor ?? null
    setNews({ actor, role: event.role })
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

interface MomentProps {
  news: RoleNews
  tiles: Tile[]
  onClose: () => void
  /** Opens the backchannel. */
  onBack: () => void
}

/** Says who changed one's role, and what is new. It takes no focus, and stays until it is closed. */
export function Moment({ news, tiles, onClose, onBack }: MomentProps) {
  const role = t.roles[news.role]
  const gained = tiles.filter(({ fresh }) => fresh)
  return (
    <div className="moment">
      <section className="moment__card" aria-labelledby="moment">
        <span className="moment__mark">
          <Icon name={roleIcons[news.role]} />
        </span>
        <div>
          <h2 id="moment">{news.actor ? <Say text={t.room.madeYou} host={<Name>{news.actor}</Name>} role={t.withArticle(role)} /> : t.room.youAre(role)}</h2>
          <p className="small soft">{gained.length > 0 ? t.inside.gained : t.place.youCanStill(tiles.filter(({ on }) => on).map(({ capability }) => t.doing[capability]))}</p>
        </div>
        {gained.length > 0 && (
          <ul className="news moment__actions">
            {gained.map(({ capability }) => (
              <li key={capability}>
                <Icon name={capabilityIcons[capability]} />
                <span>{t.capabilities[capability]}</span>
              </li>
            ))}
          </ul>
        )}
        <div className="moment__actions">
          {gained.some(({ capability }) => capability === 'BACKCHANNEL') && (
            <Button kind="primary" onClick={onBack}>
              {t.talk.openBack}
            </Button>
          )}
          <Button kind="quiet" onClick={onClose}>
            {gained.length > 0 ? t.inside.later : t.close}
          </Button>
        </div>
      </section>
    </div>
  )
}
