import type { Capability, PlacePartsFragment, RoomRole } from '../graphql/generated/graphql'
import { Gives } from '../link/Event'
import { Avatar } from '../people/Avatar'
import { Frame } from '../shell/Frame'
import { t } from '../texts'
import { LiveBadge } from '../ui/Badge'
import { Button } from '../ui/Button'
import { Mark } from '../ui/Empty'
import { Name, Say } from '../ui/Text'
import type { PlaceRoom } from './asked'

interface LobbyProps {
  room: PlaceRoom
  /** Null for a member of the site who has no place yet. */
  me: PlacePartsFragment | null
  /** The role that somebody has, or will have. */
  role: RoomRole
  /** The capabilities of that role. */
  gives: Capability[]
  /** Whether somebody has to admit them. */
  asks: boolean
  invitedBy: string | undefined
  left: boolean
  busy: boolean
  fault: string | null
  onEnter: () => void
}

/** Shows the step before the room. Nobody enters without a click. */
export function Lobby({ room, me, role, gives, asks, invitedBy, left, busy, fault, onEnter }: LobbyProps) {
  return (
    <Frame foot={me?.guest ? undefined : t.brand}>
      <div className="join__what">
        <div className="cluster">
          <LiveBadge />
          <span className="small soft">{left ? t.link.youLeft : t.link.sessionOpen}</span>
        </div>
        <h1>
          <Name>{room.title}</Name>
        </h1>
      </div>
      {me && (
        <div className="cluster">
          <Avatar id={me.id} name={me.displayName} size="large" />
          <div>
            <div className="strong">
              <Name>{me.displayName}</Name>
            </div>
            <div className="small soft">
              {invitedBy ? <Say text={t.link.roleInvitedBy} role={t.roles[role]} host={<Name>{invitedBy}</Name>} /> : t.roles[role]}
            </div>
          </div>
        </div>
      )}
      <Gives role={role} capabilities={gives} />
      <div className="stack stack--tight">
        <Button kind="primary" size="large" wide busy={busy} onClick={onEnter}>
          {asks ? t.link.askAs(t.roles[role]) : t.link.enterAs(t.roles[role])}
        </Button>
        {fault && <p className="field__error" role="alert">{fault}</p>}
        {asks && <p className="small soft">{t.link.oneByOne}</p>}
      </div>
    </Frame>
  )
}

interface DeniedProps {
  state: 'DENIED' | 'REMOVED'
  busy: boolean
  fault: string | null
  onAgain: () => void
}

/** Shows somebody who was denied or removed what they can do. */
export function Denied({ state, busy, fault, onAgain }: DeniedProps) {
  const words = state === 'DENIED' ? t.link.denied : t.link.removed
  return (
    <Frame centre>
      <Mark icon="door" tone="wait" />
      <div className="stack stack--tight" role="status">
        <h1>{words.title}</h1>
        <p className="soft">{words.text}</p>
      </div>
      <div className="stack stack--tight full">
        <Button kind="primary" size="large" wide busy={busy} onClick={onAgain}>
          {t.link.askAgain}
        </Button>
        {fault && <p className="field__error" role="alert">{fault}</p>}
      </div>
    </Frame>
  )
}
