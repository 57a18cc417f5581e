import { useState } from 'react'
import type { RoomRole } from '../graphql/generated/graphql'
import { t } from '../texts'
import { askTitle, HandForm } from './HandForm'
import { Pop } from './Pop'
import { Sign } from './Sign'
import { useHand } from './useHand'
import './gesture.css'

interface ControlsProps {
  roomId: string
  me: { id: string; role: RoomRole }
}

/** One's own hand, in the bar below the stage. */
export default function Controls({ roomId, me }: ControlsProps) {
  const hand = useHand(roomId, me, true)
  const [opener, setOpener] = useState<HTMLElement | null>(null)
  const [open, setOpen] = useState(false)
  if (!hand?.asks) return null
  return (
    <div className="controls">
      <button
        type="button"
        className="control"
        aria-haspopup="dialog"
        aria-expanded={open}
        onClick={({ currentTarget }) => {
          setOpener(currentTarget)
          setOpen(!open)
        }}
      >
        <span className="tool-tab__mark">
          <Sign name="hand" />
          {hand.up && (
            <span className="mark mark--count" aria-hidden="true">
              {hand.position ? t.numbers.number(hand.position) : null}
            </span>
          )}
        </span>
        <span>
          {hand.up ? t.gesture.up : t.gesture.raise}
          {hand.up && hand.position && <span className="visually-hidden">, {t.gesture.number(hand.position)}</span>}
        </span>
      </button>
      {opener && (
        <Pop title={askTitle(hand)} opener={opener} open={open} setOpen={setOpen}>
          <HandForm hand={hand} onDone={() => setOpen(false)} />
        </Pop>
      )}
    </div>
  )
}
