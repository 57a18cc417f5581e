import { Suspense, useState } from 'react'
import type { PlacePartsFragment } from '../graphql/generated/graphql'
import { Avatar } from '../people/Avatar'
import type { Tile } from '../people/roles'
import { DeviceButton } from '../shell/DeviceButton'
import { DialogBoundary } from '../shell/DialogBoundary'
import { extra, part } from '../shell/part'
import { t } from '../texts'
import { Icon } from '../ui/Icon'
import { Clip } from '../ui/Text'
import type { PlaceRoom } from './asked'
import { Moving } from './Moving'
import { titleOf } from './PeopleHere'

// What opens is loaded when it is opened.
const MyPopover = part(() => import('./MyPopover'))
const MySheet = part(() => import('./MySheet'))
const Controls = extra(() => import('../gesture/Controls'))

export interface MeProps {
  room: PlaceRoom
  me: PlacePartsFragment
  tiles: Tile[]
  leaving: boolean
  onLeave: () => void
}

/** One's own name, which opens what one can do here, and the way out. It is the bar below the stage of a wide window. */
export function MyBar({ onHand, ...props }: MeProps & { onHand: (position: number | null) => void }) {
  const { me, leaving, onLeave } = props
  const [opener, setOpener] = useState<HTMLElement | null>(null)
  const [open, setOpen] = useState(false)
  const [moving, setMoving] = useState(false)
  const move = () => {
    setOpen(false)
    setMoving(true)
  }
  return (
    <section className="live__bar" data-pane aria-label={t.inside.controls}>
      <button
        type="button"
        className="who"
        aria-haspopup="dialog"
        aria-expanded={open}
        onClick={({ currentTarget }) => {
          setOpener(currentTarget)
          setOpen(!open)
        }}
      >
        <Avatar name={me.displayName} />
        <span>
          <Clip className="strong">{me.displayName}</Clip>
          <span className="clip small soft" data-role>
            {titleOf(me)}
          </span>
        </span>
      </button>
      {opener && (
        <DialogBoundary
          onClose={() => {
            setOpen(false)
            setOpener(null)
          }}
        >
          <Suspense fallback={null}>
            <MyPopover {...props} opener={opener} open={open} setOpen={setOpen} onMove={me.guest ? move : undefined} />
          </Suspense>
        </DialogBoundary>
      )}
      {moving && <Moving roomId={props.room.id} onClose={() => setMoving(false)} />}
      <Suspense fallback={null}>
        <Controls roomId={props.room.id} me={me} onHand={onHand} />
      </Suspense>
      <div className="bar__end">
        <DeviceButton icon />
        <button type="button" className="control" aria-busy={leaving || undefined} onClick={() => leaving || onLeave()}>
          {leaving ? <span className="spinner" aria-hidden="true" /> : <Icon name="leave" />}
          <span>{t.room.leave}</span>
        </button>
      </div>
    </section>
  )
}

/** Opens, on the phone, what the bar of a wide window has. It shows there that one's own hand is up. */
export function More({ hand, ...props }: MeProps & { hand: number | null }) {
  const [open, setOpen] = useState(false)
  const [moving, setMoving] = useState(false)
  const move = () => {
    setOpen(false)
    setMoving(true)
  }
  return (
    <>
      <button type="button" className="tool-tab live__narrow" aria-haspopup="dialog" aria-expanded={open} onClick={() => setOpen(true)}>
        <span className="tool-tab__mark">
          <Icon name="more" />
          {hand !== null && (
            <span className="mark mark--count" aria-hidden="true">
              {hand > 0 && t.numbers.number(hand)}
            </span>
          )}
        </span>
        {t.inside.more}
        {hand !== null && (
          <span className="visually-hidden">
            , {t.gesture.up}
            {hand > 0 && `, ${t.gesture.number(hand)}`}
          </span>
        )}
      </button>
      {open && (
        <DialogBoundary onClose={() => setOpen(false)}>
          <Suspense fallback={null}>
            <MySheet {...props} onClose={() => setOpen(false)} onMove={props.me.guest ? move : undefined} />
          </Suspense>
        </DialogBoundary>
      )}
      {moving && <Moving roomId={props.room.id} onClose={() => setMoving(false)} />}
    </>
  )
}
