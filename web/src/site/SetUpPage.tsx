import { useRef, useState } from 'react'
import { useNavigate } from 'react-router'
import { type ProblemPartsFragment, SetUpDocument } from '../graphql/generated/graphql'
import { useRenew } from '../graphql/Usher'
import { useRun } from '../graphql/useRun'
import { t } from '../texts'
import { Banner } from '../ui/Banner'
import { Button } from '../ui/Button'
import { EmailField, focusFirstInvalid, TextField } from '../ui/Field'
import { usePageTitle } from '../ui/usePageTitle'
import { missingNames, NameFields, withNames } from './NameFields'
import { DoorCard } from './SignInPage'
import { doorToken, dropDoorToken } from './token'

const fieldOf: Partial<Record<string, string>> = { INVALID_EMAIL: 'email', INVALID_PASSWORD: 'password' }

/** Creates the first administrator of an empty site, by the link on the console. */
export default function SetUpPage() {
  usePageTitle(t.setUp.pageTitle)
  const navigate = useNavigate()
  const renew = useRenew()
  const [token] = useState(() => doorToken('/setup'))
  const [run, busy] = useRun(SetUpDocument)
  const form = useRef<HTMLFormElement>(null)
  const [values, setValues] = useState({ email: '', firstName: '', lastName: '', password: '' })
  const [oneName, setOneName] = useState(false)
  const [problem, setProblem] = useState<ProblemPartsFragment | null>(null)
  const [missing, setMissing] = useState<Partial<typeof values>>({})
  const [fault, setFault] = useState<string | null>(null)

  if (!token) {
    return (
      <DoorCard title={t.setUp.title}>
        <p className="soft">{t.setUp.noToken}</p>
      </DoorCard>
    )
  }

  async function submit(sent: string) {
    setProblem(null)
    setFault(null)
    const empty = {
      ...(!values.email.trim() && { email: t.signIn.enterEmail }),
      ...missingNames(values, oneName),
      ...(!values.password && { password: t.setUp.choosePassword }),
    }
    setMissing(empty)
    if (Object.keys(empty).length > 0) {
      requestAnimationFrame(() => focusFirstInvalid(form.current))
      return
    }
    const outcome = await run({ input: { token: sent, ...withNames(values, oneName), credential: 'COOKIE' } })
    if ('answer' in outcome) {
      dropDoorToken('/setup')
      renew()
      void navigate('/', { replace: true })
      return
    }
    if ('problem' in outcome) setProblem(outcome.problem)
    else setFault(outcome.fault)
    focusFirstInvalid(form.current)
  }

  const at = problem && (problem.field ?? fieldOf[problem.code])
  const set = (name: keyof typeof values) => ({
    value: values[name],
    onChange: (event: { target: { value: string } }) => setValues({ ...values, [name]: event.target.value }),
    error: missing[name] ?? (at === name ? problem?.message : undefined),
  })
  const general = fault ?? (problem && !(at && at in values) ? problem.message : null)
  return (
    <DoorCard title={t.setUp.title}>
      <p className="soft">{t.setUp.text}</p>
      <form
        ref={form}
        className="stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          void submit(token)
        }}
      >
        {general && (
          <Banner tone="danger" icon="alert" role="alert">
            {general}
          </Banner>
        )}
        <EmailField label={t.email} autoComplete="username" autoFocus {...set('email')} />
        <NameFields own set={set} oneName={oneName} onOneName={setOneName} />
        <TextField label={t.signIn.password} type="password" autoComplete="new-password" hint={t.setUp.passwordHint} {...set('password')} />
        <Button type="submit" kind="primary" size="large" wide busy={busy}>
          {t.setUp.create}
        </Button>
      </form>
    </DoorCard>
  )
}
