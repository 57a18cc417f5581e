import { useRef, useState } from 'react'
import { useNavigate } from 'react-router'
import { useQuery } from 'urql'
import { PasswordLinkDocument, UsePasswordLinkDocument } from '../graphql/generated/graphql'
import { useRenew } from '../graphql/Usher'
import { useRun } from '../graphql/useRun'
import { t } from '../texts'
import { Button } from '../ui/Button'
import { EmailField, focusFirstInvalid, TextField } from '../ui/Field'
import { usePageTitle } from '../ui/usePageTitle'
import { DoorCard } from './SignInPage'
import { doorToken, dropDoorToken } from './token'

/** Lets the holder of an administrator's link choose the password of their account. */
export default function PasswordPage() {
  usePageTitle(t.password.title)
  const [token] = useState(() => doorToken('/password'))
  const [{ data, fetching }] = useQuery({ query: PasswordLinkDocument, variables: { token: token ?? '' }, pause: !token, requestPolicy: 'network-only' })
  if (token && fetching) return <DoorCard title={t.password.title}>{null}</DoorCard>
  const holder = data?.passwordLink
  if (!token || !holder) {
    return (
      <DoorCard title={t.password.title}>
        <p className="soft">{t.password.notValid}</p>
      </DoorCard>
    )
  }
  return (
    <DoorCard title={t.password.title}>
      <p className="soft">{t.password.text(holder.name)}</p>
      <PasswordForm token={token} email={holder.email} />
    </DoorCard>
  )
}

function PasswordForm({ token, email }: { token: string; email: string }) {
  const navigate = useNavigate()
  const renew = useRenew()
  const [run, busy] = useRun(UsePasswordLinkDocument)
  const [password, setPassword] = useState('')
  const [error, setError] = useState<string | null>(null)
  const form = useRef<HTMLFormElement>(null)

  async function submit() {
    const outcome = await run({ input: { token, password, credential: 'COOKIE' } })
    if ('answer' in outcome) {
      dropDoorToken('/password')
      renew()
      void navigate('/', { replace: true })
      return
    }
    setError('problem' in outcome ? outcome.problem.message : outcome.fault)
    focusFirstInvalid(form.current)
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
      <EmailField label={t.email} autoComplete="username" value={email} readOnly />
      <TextField
        label={t.password.field}
        type="password"
        autoComplete="new-password"
        autoFocus
        hint={t.setUp.passwordHint}
        error={error}
        value={password}
        onChange={(event) => setPassword(event.target.value)}
      />
      <Button type="submit" kind="primary" size="large" wide busy={busy}>
        {t.password.set}
      </Button>
    </form>
  )
}
