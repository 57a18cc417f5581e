import { type FormEvent, useEffect, useRef, useState } from 'react'
import { type LinkPartsFragment, MoveInvitationDocument, type ProblemPartsFragment } from '../graphql/generated/graphql'
import { useRun } from '../graphql/useRun'
import { t } from '../texts'
import { Button } from '../ui/Button'
import { EmailField } from '../ui/Field'
import CodeStep from './CodeStep'
import type { Moved } from './MoveHere'

interface MoveByCodeProps {
  token: string
  link: Partial<Pick<LinkPartsFragment, 'invitedBy' | 'matchesAccount' | 'codeFailed'>>
  onMoved: Moved
}

/** Moves the place here with a code from the invited mailbox, where the other device is out of reach. */
export default function MoveByCode({ token, link, onMoved }: MoveByCodeProps) {
  const [run, busy] = useRun(MoveInvitationDocument)
  const [open, setOpen] = useState(false)
  const [email, setEmail] = useState('')
  const [sent, setSent] = useState<ProblemPartsFragment | null>(null)
  const [error, setError] = useState<string | null>(null)
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (error) field.current?.focus()
  }, [error])

  // People who are signed in with the invited address need not type it.
  const typed = link.matchesAccount ? undefined : email
  const ask = async () => {
    setError(null)
    setOpen(true)
    const outcome = await run({ input: { token, email: typed, credential: 'COOKIE' } })
    if ('answer' in outcome) return onMoved(outcome.answer.participant.room.id, outcome.answer.participant.id)
    if ('fault' in outcome) return setError(outcome.fault)
    if (outcome.problem.code === 'CODE_REQUIRED') return setSent(outcome.problem)
    setError(said(outcome.problem))
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void ask()
  }

  if (sent) {
    return (
      <div className="full">
        <CodeStep
          token={token}
          link={{ needsCode: true, codeFailed: link.codeFailed ?? false, hostAsked: false, invitedBy: link.invitedBy ?? null }}
          moving
          email={typed}
          retryAt={sent.retryAt}
          onRedeemed={onMoved}
          onRefused={(problem) => {
            setSent(null)
            setError(said(problem))
          }}
          onBack={link.matchesAccount ? undefined : () => setSent(null)}
        />
      </div>
    )
  }
  if (!open || link.matchesAccount) {
    return (
      <div className="stack stack--tight full">
        <Button icon="mail" size="large" wide busy={busy} onClick={() => (link.matchesAccount ? void ask() : setOpen(true))}>
          {t.move.byCode}
        </Button>
        {error && <p className="field__error" role="alert">{error}</p>}
      </div>
    )
  }
  return (
    <form className="stack full" noValidate onSubmit={submit}>
      <EmailField ref={field} label={t.link.yourEmail} hint={t.move.byCodeHint} autoComplete="email" autoFocus value={email} error={error} onChange={(event) => {
          setEmail(event.target.value)
          setError(null)
        }} />
      <Button type="submit" kind="primary" size="large" wide busy={busy}>
        {t.move.sendCode}
      </Button>
    </form>
  )
}

/** Says a refusal in a sentence at the field. */
function said({ code, attemptsLeft, message }: ProblemPartsFragment): string {
  if (code !== 'EMAIL_MISMATCH') return message
  return attemptsLeft === null || attemptsLeft === undefined ? t.link.otherEmail : t.link.otherEmailLeft(attemptsLeft)
}
