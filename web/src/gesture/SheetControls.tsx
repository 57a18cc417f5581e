import type { RoomRole } from '../graphql/generated/graphql'
import { t } from '../texts'
import { askTitle, HandForm } from './HandForm'
import { Reactions } from './Reactions'
import { useHand } from './useHand'
import './gesture.css'

interface SheetControlsProps {
  roomId: string
  me: { id: string; role: RoomRole }
  onDone: () => void
}

/** One's own hand and reactions, on the phone. */
export default function SheetControls({ roomId, me, onDone }: SheetControlsProps) {
  const hand = useHand(roomId, me, false)
  if (!hand) return null
  return (
    <>
      {hand.reactions ? (
        <section className="stack stack--tight" aria-labelledby="my-reactions">
          <h3 id="my-reactions">{t.gesture.react}</h3>
          <Reactions roomId={roomId} />
        </section>
      ) : (
        <p className="small soft">{t.gesture.reactionsOff}</p>
      )}
      {hand.asks ? (
        <section className="stack stack--tight" aria-labelledby="my-hand">
          <h3 id="my-hand">{askTitle(hand)}</h3>
          <HandForm hand={hand} onDone={onDone} />
        </section>
      ) : (
        hand.off && <p className="small soft">{t.gesture.handsOff}</p>
      )}
    </>
  )
}
