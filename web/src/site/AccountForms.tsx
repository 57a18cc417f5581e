import { type ReactNode, useRef, useState } from 'react'
import { ChangeNameDocument, ChangePasswordDocument, type ProblemPartsFragment } from '../graphql/generated/graphql'
import { useRun } from '../graphql/useRun'
import { announceName } from '../shell/renamed'
import { t } from '../texts'
import { useVoice } from '../ui/Announcer'
import { Banner } from '../ui/Banner'
import { Button } from '../ui/Button'
import { focusFirstInvalid, TextField } from '../ui/Field'
import { missingNames, NameFields, withNames } from './NameFields'

type Sent = { answer: unknown } | { problem: ProblemPartsFragment } | { fault: string }

interface FieldProps {
  name: string
  value: string
  error: string | undefined
  onChange: (event: { target: { value: string } }) => void
}

interface FormProps<Name extends string> {
  /** What the fields contain at first. */
  from: Record<Name, string>
  save: string
  busy: boolean
  /** Returns sentences for fields that must not stay empty. */
  check: (values: Record<Name, string>) => Partial<Record<Name, string>>
  send: (values: Record<Name, string>) => Promise<Sent>
  /** Returns what the fields contain after saving. */
  onSaved: (values: Record<Name, string>) => Record<Name, string>
  children: (set: (name: Name) => FieldProps) => ReactNode
}

/** A form that shows the server's problems at their fields, and the others above them. */
function Form<Name extends string>({ from, save, busy, check, send, children, onSaved }: FormProps<Name>) {
  const form = useRef<HTMLFormElement>(null)
  const [values, setValues] = useState(from)
  const [errors, setErrors] = useState<Partial<Record<string, string>>>({})
  const submit = async () => {
    const missing = check(values)
    if (Object.keys(missing).length > 0) setErrors(missing as Partial<Record<string, string>>)
    else {
      const outcome = await send(values)
      if ('answer' in outcome) {
        setErrors({})
        return setValues(onSaved(values))
      }
      const at = 'problem' in outcome && outcome.problem.field && outcome.problem.field in values ? outcome.problem.field : 'form'
      setErrors({ [at]: 'problem' in outcome ? outcome.problem.message : outcome.fault })
    }
    focusFirstInvalid(form.current)
  }
  return (
    <form
      ref={form}
      className="stack form-narrow"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        if (!busy) void submit()
      }}
    >
      {errors['form'] && (
        <Banner tone="danger" icon="alert" role="alert">
          {errors['form']}
        </Banner>
      )}
      {children((name) => ({
        name,
        value: values[name],
        error: errors[name],
        onChange: (event) => {
          setValues({ ...values, [name]: event.target.value })
          setErrors({ ...errors, [name]: undefined })
        },
      }))}
      <div>
        <Button type="submit" busy={busy}>
          {save}
        </Button>
      </div>
    </form>
  )
}

/** Changes one's name. */
export function NameForm({ firstName, lastName }: { firstName: string; lastName: string }) {
  const [run, busy] = useRun(ChangeNameDocument)
  const { toast } = useVoice()
  const [oneName, setOneName] = useState(lastName === '')
  return (
    <Form
      from={{ firstName, lastName }}
      save={t.account.saveName}
      busy={busy}
      check={(values) => missingNames(values, oneName)}
      send={async (values) => {
        const outcome = await run({ input: withNames(values, oneName) })
        if ('answer' in outcome && outcome.answer.me.user) {
          toast({ text: t.account.nameSaved(outcome.answer.me.user.name) })
          announceName()
        }
        return outcome
      }}
      onSaved={({ firstName: first, lastName: last }) => ({ firstName: first.trim(), lastName: oneName ? '' : last.trim() })}
    >
      {(set) => <NameFields own set={set} oneName={oneName} onOneName={setOneName} />}
    </Form>
  )
}

const noPasswords = { currentPassword: '', newPassword: '' }

/** Changes one's password. The email address, which nobody sees, lets password managers find the account. */
export function PasswordForm({ email }: { email: string }) {
  const [run, busy] = useRun(ChangePasswordDocument)
  const { toast } = useVoice()
  return (
    <Form
      from={noPasswords}
      save={t.account.changePassword}
      busy={busy}
      check={({ currentPassword, newPassword }) => ({
        ...(!currentPassword && { currentPassword: t.account.enterCurrent }),
        ...(!newPassword && { newPassword: t.account.enterNew }),
      })}
      send={async (input) => {
        const outcome = await run({ input })
        if ('answer' in outcome) toast({ text: t.account.passwordChanged })
        return outcome
      }}
      onSaved={() => noPasswords}
    >
      {(set) => (
        <>
          <input type="text" autoComplete="username" value={email} readOnly hidden />
          <TextField label={t.account.current} type="password" autoComplete="current-password" {...set('currentPassword')} />
          <TextField label={t.account.new} type="password" autoComplete="new-password" hint={t.setUp.passwordHint} {...set('newPassword')} />
        </>
      )}
    </Form>
  )
}
