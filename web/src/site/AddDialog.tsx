import { useRef, useState } from 'react'
import { AddUserDocument, type MailState } from '../graphql/generated/graphql'
import { useFault } from '../graphql/useFault'
import { useRun } from '../graphql/useRun'
import { useServerNow } from '../graphql/clock'
import { t } from '../texts'
import { Banner } from '../ui/Banner'
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
  email?: string | null
  /** The email with another link, if one was asked for. */
  mail?: { state: MailState } | null
}

const empty = { email: '', firstName: '', lastName: '' }

/** Adds an account, then shows the link by which the person chooses a password. */
export function AddDialog({ mails, onAdded, onClose }: { mails: boolean; onAdded: () => void; onClose: () => void }) {
  const [run, busy] = useRun(AddUserDocument)
  const [values, setValues] = useState(empty)
  const [oneName, setOneName] = useState(false)
  const [admin, setAdmin] = useState(false)
  const [send, setSend] = useState(mails)
  const [errors, setErrors] = useState<Partial<Record<string, string>>>({})
  const [fault, setFault] = useFault()
  const unsaved = useUnsaved([values, oneName, admin])
  const [link, setLink] = useState<PasswordLink | null>(null)
  const body = useRef<HTMLDivElement>(null)

  async function add() {
    setFault(null)
    const missing = { ...(!values.email.trim() && { email: t.accounts.enterEmail }), ...missingNames(values, oneName) }
    const outcome = Object.keys(missing).length === 0 && (await run({ input: { ...withNames(values, oneName), siteRole: admin ? 'ADMIN' : 'MEMBER', send } }))
    if (outcome && 'answer' in outcome) {
      onAdded()
      const { account, mail, passwordLink } = outcome.answer
      return setLink({ ...passwordLink, mail, name: account.user.name, email: account.user.email })
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
          {send ? t.accounts.addAndSend : t.accounts.addIt}
        </Button>
      }
    >
      <div ref={body} className="stack">
        <EmailField label={t.email} autoComplete="off" {...set('email')} />
        <NameFields set={set} oneName={oneName} onOneName={setOneName} />
        <Check checked={admin} label={t.accounts.admin} note={t.accounts.adminNote} onChange={setAdmin} />
        {mails && <Check checked={send} label={t.accounts.send} onChange={setSend} />}
      </div>
    </Dialog>
  )
}

/** Shows a link that sets a password, and whether another one is emailed. Nobody can see it again. */
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
      {link.mail && (
        <Banner tone={link.mail.state === 'DROPPED' ? 'wait' : undefined} icon={link.mail.state === 'DROPPED' ? 'alert' : 'mail'} role="status">
          {link.mail.state === 'DROPPED' ? t.accounts.notEmailed : t.accounts.emailed(link.email ?? link.name)}
        </Banner>
      )}
      {link.mail && <p>{t.accounts.orCopy}</p>}
      <p>{t.accounts.linkText(link.name, clockNear(link.expiresAt, now))}</p>
      <TextField label={t.accounts.linkField} value={link.url} readOnly onFocus={(event) => event.target.select()} />
    </Dialog>
  )
}
