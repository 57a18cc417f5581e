import { type ReactNode, useEffect, useEffectEvent, useState } from 'react'
import type { RoomRole } from '../graphql/generated/graphql'
import { t } from '../texts'
import { askTitle, HandForm } from './HandForm'
import { Pop } from './Pop'
import { Reactions } from './Reactions'
import { Sign, type SignName } from './Sign'
import { useHand } from './useHand'
import './gesture.css'

interface ControlsProps {
  roomId: string
  me: { id: string; role: RoomRole }
  /** Gets one's place among the raised hands: 0 while it is not known, and null without a hand. */
  onHand: (position: number | null) => void
}

/** One's own hand and reactions, in the bar below the stage. */
export default function Controls({ roomId, me, onHand }: ControlsProps) {
  const hand = useHand(roomId, me, true)
  const place = hand?.up && hand.asks ? (hand.position ?? 0) : null
  const tell = useEffectEvent(onHand)
  useEffect(() => tell(place), [place])
  if (!hand) return null
  const position = hand.up ? hand.position : null
  return (
    <div className="controls">
      {hand.asks ? (
        <Control
          sign="hand"
          title={askTitle(hand)}
          mark={hand.up && <span className="mark mark--count">{position && t.numbers.number(position)}</span>}
          words={
            <>
              {hand.up ? t.gesture.up : t.gesture.raise}
              {position && <span className="visually-hidden">, {t.gesture.number(position)}</span>}
            </>
          }
        >
          {(close) => <HandForm hand={hand} onDone={close} />}
        </Control>
      ) : (
        hand.off && <Off sign="hand" words={t.gesture.handsOff} />
      )}
      {hand.reactions ? (
        <Control sign="smile" title={t.gesture.react} words={t.gesture.react}>
          {() => <Reactions roomId={roomId} />}
        </Control>
      ) : (
        <Off sign="smile" words={t.gesture.reactionsOff} />
      )}
    </div>
  )
}

/** Stands where a button is while hosts have turned it off. */
function Off({ sign, words }: { sign: SignName; words: string }) {
  return (
    <p className="control control--off">
      <Sign name={sign} />
      {words}
    </p>
  )
}

interface ControlProps {
  sign: SignName
  title: string
  mark?: ReactNode
  words: ReactNode
  children: (close: () => void) => ReactNode
}

/** A button of the bar that opens something above it. */
function Control({ sign, title, mark, words, children }: ControlProps) {
  const [opener, setOpener] = useState<HTMLElement | null>(null)
  const [open, setOpen] = useState(false)
  return (
    <>
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
        <span className="tool-tab__mark" aria-hidden="true">
          <Sign name={sign} />
          {mark}
        </span>
        <span>{words}</span>
      </button>
      {opener && (
        <Pop title={title} opener={opener} open={open} setOpen={setOpen}>
          {children(() => setOpen(false))}
        </Pop>
      )}
    </>
  )
}
