import { useRef, useState } from 'react'
import { AddUserDocument } from '../graphql/generated/graphql'
import { useFault } from '../graphql/useFault'
import { useRun } from '../graphql/useRun'
import { useServerNow } from '../graphql/clock'
import { t } from '../texts'
import { Button } from '../ui/Button'
import { Check } from '../ui/Check'
import { CopyButton } from '../ui/Copy'
import { Dialog, useUnsaved } from '../ui/Dialog'
import { EmailField, focusFirstInvalid, TextField } from '../ui/Field'
import { clockNear } from '../ui/time'
import { missingNames, NameFields, withNames } from './NameFields'

export interface PasswordLink {
  url: string
  expiresAt: string
  name: string
}

const empty = { email: '', firstName: '', lastName: '' }

/** Adds an account, then shows the link by which the person chooses a password. */
export function AddDialog({ onAdded, onClose }: { onAdded: () => void; onClose: () => void }) {
  const [run, busy] = useRun(AddUserDocument)
  const [values, setValues] = useState(empty)
  const [oneName, setOneName] = useState(false)
  const [admin, setAdmin] = useState(false)
  const [errors, setErrors] = useState<Partial<Record<string, string>>>({})
  const [fault, setFault] = useFault()
  const unsaved = useUnsaved([values, oneName, admin])
  const [link, setLink] = useState<PasswordLink | null>(null)
  const body = useRef<HTMLDivElement>(null)

  async function add() {
    setFault(null)
    const missing = { ...(!values.email.trim() && { email: t.accounts.enterEmail }), ...missingNames(values, oneName) }
    const outcome = Object.keys(missing).length === 0 && (await run({ input: { ...withNames(values, oneName), siteRole: admin ? 'ADMIN' : 'MEMBER' } }))
    if (outcome && 'answer' in outcome) {
      onAdded()
      return setLink({ ...outcome.answer.passwordLink, name: outcome.answer.account.user.name })
    }
    setErrors(!outcome ? missing : 'problem' in outcome ? { [outcome.problem.field ?? 'other']: outcome.problem.message } : {})
    if (outcome && 'fault' in outcome) setFault(outcome.fault)
    requestAnimationFrame(() => focusFirstInvalid(body.current?.closest('form') ?? null))
  }

  if (link) return <LinkDialog link={link} onClose={onClose} />
  const set = (name: keyof typeof values) => ({
    value: values[name],
    error: errors[name],
    onChange: (event: { target: { value: string } }) => setValues({ ...values, [name]: event.target.value }),
  })
  return (
    <Dialog
      title={t.accounts.add}
      unsaved={unsaved}
      fault={fault ?? errors['other']}
      onClose={onClose}
      onSubmit={() => void add()}
      foot={
        <Button type="submit" kind="primary" busy={busy}>
          {t.accounts.addIt}
        </Button>
      }
    >
      <div ref={body} className="stack">
        <EmailField label={t.email} autoComplete="off" {...set('email')} />
        <NameFields set={set} oneName={oneName} onOneName={setOneName} />
        <Check checked={admin} label={t.accounts.admin} note={t.accounts.adminNote} onChange={setAdmin} />
      </div>
    </Dialog>
  )
}

/** Shows a link that sets a password. Nobody can see it again. */
export function LinkDialog({ link, onClose }: { link: PasswordLink; onClose: () => void }) {
  const now = useServerNow(60_000)
  return (
    <Dialog
      title={t.accounts.linkTitle(link.name)}
      onClose={onClose}
      foot={
        <>
          <Button kind="quiet" onClick={onClose}>
            {t.done}
          </Button>
          <CopyButton kind="primary" text={link.url} />
        </>
      }
    >
      <p>{t.accounts.linkText(link.name, clockNear(link.expiresAt, now))}</p>
      <TextField label={t.accounts.linkField} value={link.url} readOnly onFocus={(event) => event.target.select()} />
    </Dialog>
  )
}
