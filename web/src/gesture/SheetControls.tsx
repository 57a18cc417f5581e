import type { RoomRole } from '../graphql/generated/graphql'
import { askTitle, HandForm } from './HandForm'
import { useHand } from './useHand'
import './gesture.css'

interface SheetControlsProps {
  roomId: string
  me: { id: string; role: RoomRole }
  onDone: () => void
}

/** One's own hand, on the phone. */
export default function SheetControls({ roomId, me, onDone }: SheetControlsProps) {
  const hand = useHand(roomId, me, false)
  if (!hand?.asks) return null
  return (
    <section className="stack stack--tight" aria-labelledby="my-hand">
      <h3 id="my-hand">{askTitle(hand)}</h3>
      <HandForm hand={hand} onDone={onDone} />
    </section>
  )
}
