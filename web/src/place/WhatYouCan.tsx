import { capabilityIcons } from '../people/roles'
import { t } from '../texts'
import { Icon } from '../ui/Icon'
import type { MeProps } from './Me'

/** Lists what one's role allows here, and what it does not. */
export function WhatYouCan({ room, me, tiles }: Pick<MeProps, 'room' | 'me' | 'tiles'>) {
  const off = tiles.filter(({ on }) => !on)
  return (
    <>
      <ul className="can">
        {tiles.map(({ capability, on }) => (
          <li key={capability} className={on ? undefined : 'is-off'}>
            <Icon name={capabilityIcons[capability]} />
            <span>
              {t.capabilities[capability]}
              {!on && <span className="visually-hidden">: {room.chatAndCollaboration ? t.place.notAs(t.roles[me.role]) : t.place.offHere}</span>}
            </span>
          </li>
        ))}
      </ul>
      {off.length > 0 && <p className="small soft">{room.chatAndCollaboration ? t.place.others(me.invitedBy ?? null) : t.place.nothingNow}</p>}
    </>
  )
}
