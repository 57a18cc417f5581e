import { useEffect, useRef } from 'react'
import type { Capability, PlacePartsFragment, RoomRole } from '../graphql/generated/graphql'
import { Gives } from '../link/Event'
import { Avatar } from '../people/Avatar'
import { Frame } from '../shell/Frame'
import { t } from '../texts'
import { LiveBadge } from '../ui/Badge'
import { Button } from '../ui/Button'
import { Mark } from '../ui/Empty'
import { Clamp, Name, Say } from '../ui/Text'
import type { PlaceRoom } from './asked'
import { MoveButton, type OpensMore } from './Moving'

interface LobbyProps extends OpensMore {
  room: PlaceRoom
  /** Null for a member of the site who has no place yet. */
  me: PlacePartsFragment | null
  /** The role that somebody has, or will have. */
  role: RoomRole
  /** The capabilities of that role. */
  gives: Capability[]
  /** Entering asks the hosts first. */
  asks: boolean
  host: string | null
  busy: boolean
  fault: string | null
  onEnter: () => void
}

/** Shows the step before the room. Nobody enters without a press, and one press is enough. */
export function Lobby({ room, me, role, gives, asks, host, busy, fault, onEnter, onMove }: LobbyProps) {
  const button = useFocusUnlessTyping()
  return (
    <Frame>
      <div className="join__what">
        <div className="cluster">
          <LiveBadge />
          <span className="small soft">{me?.state === 'LEFT' ? t.place.youLeft : t.link.sessionOpen}</span>
        </div>
        <h1>
          <Clamp>
            <Name>{room.title}</Name>
          </Clamp>
        </h1>
      </div>
      {me && (
        <div className="join__me">
          <Avatar name={me.displayName} size="large" />
          <div>
            <div className="strong">
              <Name>{me.displayName}</Name>
            </div>
            <div className="small soft">
              {host ? <Say text={t.place.roleInvitedBy} role={t.roles[role]} host={<Name>{host}</Name>} /> : t.roles[role]}
            </div>
          </div>
        </div>
      )}
      <div className="stack stack--tight">
        <Button ref={button} kind="primary" size="large" wide busy={busy} onClick={onEnter} aria-describedby={asks ? 'asks' : undefined}>
          {asks ? t.place.askToEnterAs(t.roles[role]) : t.place.enterAs(t.roles[role])}
        </Button>
        {fault && <p className="field__error" role="alert">{fault}</p>}
        {asks && (
          <p className="small soft" id="asks">
            {t.place.oneByOne(host)}
          </p>
        )}
      </div>
      <Gives role={role} capabilities={gives} />
      <MoveButton onMove={onMove} />
    </Frame>
  )
}

/** Gives focus to a button when it appears, but never takes it from something that the person is typing in. */
function useFocusUnlessTyping() {
  const button = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    if (!document.activeElement?.matches('input, textarea, select, [contenteditable], [role=dialog] *')) button.current?.focus()
  }, [])
  return button
}

interface DeniedProps {
  room: PlaceRoom
  state: 'DENIED' | 'REMOVED'
  host: string | null
  busy: boolean
  fault: string | null
  onAgain: () => void
}

/** Shows somebody who was denied or removed what they can do. */
export function Denied({ room, state, host, busy, fault, onAgain }: DeniedProps) {
  return (
    <Frame centre>
      <Mark icon="door" tone="wait" />
      <div className="stack stack--tight" role="status">
        <p className="small soft">
          <Name>{room.title}</Name>
        </p>
        <h1>{state === 'DENIED' ? t.place.denied.title : t.place.removed.title}</h1>
        <p className="soft">{state === 'DENIED' ? t.place.denied.text(host) : t.place.removed.text}</p>
      </div>
      <div className="stack stack--tight full">
        <Button kind="primary" size="large" wide busy={busy} onClick={onAgain}>
          {t.place.askAgain}
        </Button>
        {fault && <p className="field__error" role="alert">{fault}</p>}
      </div>
    </Frame>
  )
}
