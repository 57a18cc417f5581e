import { type FormEvent, Suspense, useEffect, useEffectEvent, useRef, useState } from 'react'
import { type LinkPartsFragment, MoveInvitationDocument, type ProblemPartsFragment, RedeemInvitationDocument, SendCodeDocument } from '../graphql/generated/graphql'
import { serverNow, useServerNow } from '../graphql/clock'
import { useRun } from '../graphql/useRun'
import { part } from '../shell/part'
import { t } from '../texts'
import { useVoice } from '../ui/Announcer'
import { Banner } from '../ui/Banner'
import { Button } from '../ui/Button'
import { TextField } from '../ui/Field'
import { minute } from '../ui/time'

const AskHost = part(() => import('./AskHost'))

interface CodeStepProps {
  token: string
  link: Pick<LinkPartsFragment, 'needsCode' | 'codeFailed' | 'hostAsked' | 'invitedBy'>
  /** The code moves the place of a redeemed link here. */
  moving?: boolean
  /** The address that was typed, unless the account has it. */
  email: string | undefined
  /** When another email with a code can be asked for. */
  retryAt: string | null | undefined
  onRedeemed: (roomId: string, place: string) => void
  /** Called for a refusal with a page of its own. */
  onRefused: (problem: ProblemPartsFragment) => void
  /** Called with the link after the host was asked. Without it, the page around offers that. */
  onAsked?: (link: LinkPartsFragment) => void
  /** Returns to the address. */
  onBack?: () => void
}

/** Asks for the code that was emailed. Once a host vouches for the invitee, it continues by itself. */
export default function CodeStep({ token, link, moving, email, retryAt, onRedeemed, onRefused, onAsked, onBack }: CodeStepProps) {
  const [redeem, redeeming] = useRun(RedeemInvitationDocument)
  const [move, isMoving] = useRun(MoveInvitationDocument)
  const [sendCode, sending] = useRun(SendCodeDocument)
  const [typed, setTyped] = useState('')
  const [error, setError] = useState<string | null>(null)
  const [againAt, setAgainAt] = useState(() => (retryAt ? Date.parse(retryAt) : 0))
  const [begun] = useState(serverNow)
  const { say } = useVoice()
  const now = useServerNow(1000)
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => field.current?.focus(), [])

  const enter = async (code: string | undefined) => {
    const input = { token, email, code, credential: 'COOKIE' as const }
    const outcome = await (moving ? move({ input }) : redeem({ input }))
    if ('answer' in outcome) return onRedeemed(outcome.answer.participant.room.id, outcome.answer.participant.id)
    if ('fault' in outcome) return setError(outcome.fault)
    const { problem } = outcome
    const words = wrong(problem)
    if (!words) return onRefused(problem)
    if (problem.code === 'CODE_REQUIRED' && problem.retryAt) setAgainAt(Date.parse(problem.retryAt))
    setError(words)
    field.current?.focus()
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    // An empty field would ask for another email.
    if (typed.replace(/\D/g, '') === '') {
      setError(t.code.six)
      field.current?.focus()
    } else void enter(typed)
  }
  const again = async () => {
    const outcome = await sendCode({ input: { token, email, purpose: moving ? 'MOVE' : 'REDEEM' } })
    field.current?.focus()
    if ('fault' in outcome) return setError(outcome.fault)
    if ('problem' in outcome) {
      if (outcome.problem.code !== 'TOO_MANY_ATTEMPTS') return onRefused(outcome.problem)
      setError(outcome.problem.message)
      return setAgainAt(Date.parse(outcome.problem.retryAt ?? '') || againAt)
    }
    setError(null)
    setAgainAt(Date.parse(outcome.answer.nextCodeAt))
    say(t.code.sent)
  }

  // A host has vouched for the invitee, who pressed Continue before.
  const needed = useRef(link.needsCode)
  const enterWithout = useEffectEvent(() => void enter(undefined))
  useEffect(() => {
    const vouched = needed.current && !link.needsCode
    needed.current = link.needsCode
    if (vouched) enterWithout()
  }, [link.needsCode])

  const host = link.invitedBy ?? t.link.theHost
  const rest = againAt - now
  return (
    <div className="stack">
      {link.codeFailed && (
        <Banner tone="danger" icon="mail" role="alert">
          {t.code.failed}
        </Banner>
      )}
      <form className="stack" noValidate onSubmit={submit}>
        <TextField
          ref={field}
          label={t.code.field}
          hint={t.code.hint}
          error={error}
          inputMode="numeric"
          autoComplete="one-time-code"
          autoCapitalize="off"
          spellCheck={false}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
        <Button type="submit" kind="primary" size="large" wide busy={redeeming || isMoving}>
          {moving ? t.move.continueHere : t.link.continue}
        </Button>
      </form>
      <div className="stack stack--tight">
        {rest > 0 ? (
          <p className="small soft center digits" role="timer" aria-live="off">
            {t.code.againIn(left(rest))}
          </p>
        ) : (
          <Button size="large" wide busy={sending} onClick={() => void again()}>
            {t.code.again}
          </Button>
        )}
        {onBack && (
          <Button kind="quiet" size="large" wide onClick={onBack}>
            {t.code.changeAddress}
          </Button>
        )}
      </div>
      {!onAsked ? null : link.hostAsked ? (
        <p className="center" role="status">
          {t.code.asked(host)}
        </p>
      ) : (
        (link.codeFailed || now >= begun + minute) && (
          <Suspense fallback={null}>
            <AskHost token={token} host={link.invitedBy} onAsked={onAsked} />
          </Suspense>
        )
      )}
    </div>
  )
}

/** Returns what to say at the field, or undefined for a refusal with a page of its own. */
function wrong({ code, attemptsLeft }: ProblemPartsFragment): string | undefined {
  switch (code) {
    case 'CODE_WRONG':
      if (attemptsLeft === 0) return t.code.ended
      return attemptsLeft === null || attemptsLeft === undefined ? t.code.wrong : t.code.wrongLeft(attemptsLeft)
    case 'CODE_EXPIRED':
      return t.code.ended
    case 'INVALID_VALUE':
    case 'CODE_REQUIRED':
      return t.code.six
    default:
      return undefined
  }
}

/** 0:42, for what is left. */
function left(milliseconds: number): string {
  const seconds = Math.ceil(milliseconds / 1000)
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}
