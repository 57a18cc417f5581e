import { type FormEvent, useState } from 'react'
import { t } from '../texts'
import { Button } from '../ui/Button'
import { TextField, tooLong } from '../ui/Field'
import type { Hand } from './useHand'

const noteLimit = 140

/** Asks for a role by a raised hand, or shows the hand that is up. */
export function HandForm({ hand, onDone }: { hand: Hand; onDone: () => void }) {
  const [note, setNote] = useState('')
  const [busy, setBusy] = useState(false)
  const limited = { text: note, limit: noteLimit }
  if (hand.up)
    return (
      <>
        <p>{hand.position ? t.gesture.isUpAt(hand.position) : t.gesture.isUp}</p>
        <Button
          wide
          onClick={() => {
            hand.lower()
            onDone()
          }}
        >
          {t.gesture.lower}
        </Button>
      </>
    )
  if (hand.declined > 1) return <p className="small soft">{t.gesture.declined(2)}</p>
  async function raise(event: FormEvent) {
    event.preventDefault()
    if (busy || tooLong(limited)) return
    setBusy(true)
    const done = await hand.raise(note)
    setBusy(false)
    if (done) onDone()
  }
  return (
    <form className="stack stack--tight" onSubmit={(event) => void raise(event)} noValidate>
      <p className="small soft">{hand.declined > 0 ? t.gesture.declined(1) : t.gesture.explain}</p>
      <TextField label={t.gesture.note} optional limited={limited} value={note} dir="auto" autoComplete="off" onChange={({ target }) => setNote(target.value)} />
      <Button kind="primary" wide type="submit" busy={busy}>
        {t.gesture.raise}
      </Button>
    </form>
  )
}

/** Returns what a hand asks for, as a heading. */
export const askTitle = (hand: Hand) => (hand.up ? t.gesture.yours : t.gesture.ask(hand.asks ?? 'SPEAKER'))
