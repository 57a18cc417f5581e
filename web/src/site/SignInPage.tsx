import { type ReactNode, useRef, useState } from 'react'
import { useNavigate, useSearchParams } from 'react-router'
import { useQuery } from 'urql'
import { NeedsSetUpDocument, SignInDocument } from '../graphql/generated/graphql'
import { useRenew } from '../graphql/Usher'
import { useRun } from '../graphql/useRun'
import { DeviceButton } from '../shell/DeviceButton'
import { t } from '../texts'
import { Banner } from '../ui/Banner'
import { Button } from '../ui/Button'
import { EmailField, focusFirstInvalid, TextField } from '../ui/Field'
import { Icon } from '../ui/Icon'
import { usePageTitle } from '../ui/usePageTitle'
import { Forgot } from './Forgot'
import '../shell/Frame.css'

/** Returns a path of this site, or the start page; never another site. */
export function safeNext(next: string | null): string {
  return next && /^\/(?![/\\])/.test(next) ? next : '/'
}

/** The card for signing in and setting up. */
export function DoorCard({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="join">
      <main className="join__main join__main--card" id="main">
        <div className="join__what">
          <span className="brand">
            <Icon name="logo" />
            {t.brand}
          </span>
          <h1>{title}</h1>
        </div>
        {children}
      </main>
      <footer className="join__foot">
        <DeviceButton />
      </footer>
    </div>
  )
}

/** Signs somebody in by email and password, then continues where they wanted to go. */
export default function SignInPage() {
  usePageTitle(t.signIn.title)
  const navigate = useNavigate()
  const renew = useRenew()
  const [params] = useSearchParams()
  const [run, busy] = useRun(SignInDocument)
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const [refused, setRefused] = useState<string | null>(null)
  const [errors, setErrors] = useState<{ email?: string; password?: string }>({})
  const [forgotten, setForgotten] = useState(false)
  const field = useRef<HTMLInputElement>(null)
  const form = useRef<HTMLFormElement>(null)
  const [{ data }] = useQuery({ query: NeedsSetUpDocument })

  async function submit() {
    const missing = { ...(!email.trim() && { email: t.signIn.enterEmail }), ...(!password && { password: t.signIn.enterPassword }) }
    setErrors(missing)
    if (Object.keys(missing).length > 0) {
      setRefused(null)
      requestAnimationFrame(() => focusFirstInvalid(form.current))
      return
    }
    const outcome = await run({ input: { email, password, credential: 'COOKIE' } })
    if ('answer' in outcome) {
      renew()
      void navigate(safeNext(params.get('next')), { replace: true })
      return
    }
    setRefused('fault' in outcome ? outcome.fault : outcome.problem.code === 'INVALID_CREDENTIALS' ? t.signIn.refused : outcome.problem.message)
    setPassword('')
    field.current?.focus()
  }

  if (forgotten) {
    return (
      <DoorCard title={t.forgot.title}>
        <Forgot typed={email} onBack={() => setForgotten(false)} />
      </DoorCard>
    )
  }
  return (
    <DoorCard title={t.signIn.title}>
      {data?.needsSetUp && <Banner icon="link" role="status">{t.signIn.noAccount}</Banner>}
      <form
        ref={form}
        className="stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          void submit()
        }}
      >
        {refused && (
          <Banner tone="danger" icon="alert" role="alert">
            {refused}
          </Banner>
        )}
        <EmailField label={t.email} autoComplete="username" autoFocus error={errors.email} value={email} onChange={(event) => setEmail(event.target.value)} />
        <TextField ref={field} label={t.signIn.password} type="password" autoComplete="current-password" error={errors.password} value={password} onChange={(event) => setPassword(event.target.value)} />
        <Button type="submit" kind="primary" size="large" wide busy={busy}>
          {t.signIn.title}
        </Button>
        {data?.site.mail ? (
          <Button kind="text" onClick={() => setForgotten(true)}>
            {t.forgot.ask}
          </Button>
        ) : (
          data && <p className="small soft">{t.forgot.askAdmin}</p>
        )}
        <p className="small soft">{t.signIn.invited}</p>
      </form>
    </DoorCard>
  )
}
