import { useRef, useState } from 'react'
import { ForgotPasswordDocument } from '../graphql/generated/graphql'
import { useRun } from '../graphql/useRun'
import { t } from '../texts'
import { Banner } from '../ui/Banner'
import { Button } from '../ui/Button'
import { EmailField, focusFirstInvalid } from '../ui/Field'

/** Asks for the email address of an account whose password is forgotten, and says where to look for the link. */
export function Forgot({ typed, onBack }: { typed: string; onBack: () => void }) {
  const [run, busy] = useRun(ForgotPasswordDocument)
  const [email, setEmail] = useState(typed)
  const [error, setError] = useState<string | null>(null)
  const [fault, setFault] = useState<string | null>(null)
  const [sentTo, setSentTo] = useState<string | null>(null)
  const form = useRef<HTMLFormElement>(null)

  async function submit() {
    setFault(null)
    setError(email.trim() ? null : t.signIn.enterEmail)
    const language = navigator.language.startsWith('de') ? 'DE' : 'EN'
    const outcome = email.trim() && (await run({ input: { email, language } }))
    if (outcome && 'answer' in outcome) return setSentTo(email.trim())
    if (outcome && 'problem' in outcome && outcome.problem.field === 'email') setError(outcome.problem.message)
    else if (outcome) setFault('problem' in outcome ? outcome.problem.message : outcome.fault)
    requestAnimationFrame(() => focusFirstInvalid(form.current))
  }

  const back = (
    <Button kind="quiet" wide onClick={onBack}>
      {t.forgot.back}
    </Button>
  )
  if (sentTo) {
    return (
      <div className="stack">
        <Banner icon="mail" role="status">
          {t.forgot.sent(sentTo)}
        </Banner>
        <p className="small soft">{t.forgot.nothingCame}</p>
        {back}
      </div>
    )
  }
  return (
    <form
      ref={form}
      className="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void submit()
      }}
    >
      <p className="soft">{t.forgot.text}</p>
      {fault && (
        <Banner tone="danger" icon="alert" role="alert">
          {fault}
        </Banner>
      )}
      <EmailField label={t.email} autoComplete="username" autoFocus error={error} value={email} onChange={(event) => setEmail(event.target.value)} />
      <Button type="submit" kind="primary" size="large" wide busy={busy}>
        {t.forgot.send}
      </Button>
      {back}
    </form>
  )
}
