import { type FormEvent, useState } from 'react'
import { AskHandOverDocument, type AskHandOverInput } from '../graphql/generated/graphql'
import { useRun } from '../graphql/useRun'
import { t } from '../texts'
import { Button } from '../ui/Button'
import { TextField } from '../ui/Field'
import { useHandOver } from './useHandOver'

/** Takes over the place: the page of the room follows. */
export type Moved = (roomId: string, place: string) => void

/** Asks to take over, and waits for the answer. `refused` says why it failed, in a sentence. */
export function useTakeOver(onMoved: Moved, onWaiting?: (waits: boolean) => void) {
  const [run, busy] = useRun(AskHandOverDocument)
  const [waits, setWaits] = useState<string | null>(null)
  const [refused, setRefused] = useState<string | null>(null)
  const wait = (id: string | null) => {
    setWaits(id)
    onWaiting?.(id !== null)
  }
  useHandOver(waits, ({ state, participant }) => {
    if (state === 'MOVED' && participant) return onMoved(participant.room.id, participant.id)
    if (state === 'OFFERED' || state === 'ASKED') return
    wait(null)
    setRefused(state === 'REFUSED' ? t.move.saidNo : t.move.over)
  })
  const ask = async (input: AskHandOverInput) => {
    setRefused(null)
    const outcome = await run({ input })
    if ('answer' in outcome) return wait(outcome.answer.handOver.id)
    if ('fault' in outcome) return setRefused(outcome.fault)
    const { code, attemptsLeft, message } = outcome.problem
    setRefused(code === 'CODE_WRONG' ? t.move.wrong(attemptsLeft ?? 0) : code === 'HAND_OVER_ENDED' ? t.move.over : message)
  }
  return { ask, busy, waits: waits !== null, refused, setRefused }
}

/** Says that the other device has to answer. */
export function Waiting() {
  return (
    <div className="stack stack--tight full" role="status">
      <p className="strong">{t.move.asked}</p>
      <p className="small soft">{t.move.askedText}</p>
    </div>
  )
}

interface MoveHereProps {
  /** The link, unless this device gave its place away. */
  token?: string | null
  onWaiting?: (waits: boolean) => void
  onMoved: Moved
}

/** A form for the digits that the other device shows. */
export default function MoveHere({ token, onWaiting, onMoved }: MoveHereProps) {
  const [open, setOpen] = useState(false)
  const [digits, setDigits] = useState('')
  const { ask, busy, waits, refused, setRefused } = useTakeOver(onMoved, onWaiting)
  if (waits) return <Waiting />
  if (!open) {
    return (
      <Button icon="device" size="large" wide onClick={() => setOpen(true)}>
        {token ? t.move.withMe : t.move.back}
      </Button>
    )
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!digits.trim()) return setRefused(t.move.enterDigits)
    void ask({ ...(token && { token }), digits })
  }
  return (
    <form className="stack full" noValidate onSubmit={submit}>
      <TextField label={t.move.sixDigits} hint={t.move.how} inputMode="numeric" autoComplete="off" autoFocus value={digits} error={refused} onChange={(event) => {
          setDigits(event.target.value)
          setRefused(null)
        }} />
      <Button type="submit" kind="primary" size="large" wide busy={busy}>
        {t.move.ask}
      </Button>
    </form>
  )
}
