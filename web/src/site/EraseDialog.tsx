import { useState } from 'react'
import { ErasePersonDocument } from '../graphql/generated/graphql'
import { useFault } from '../graphql/useFault'
import { useRun } from '../graphql/useRun'
import { t } from '../texts'
import { useVoice } from '../ui/Announcer'
import { Button } from '../ui/Button'
import { Dialog } from '../ui/Dialog'
import { EmailField } from '../ui/Field'

interface EraseDialogProps {
  /** The person of an account. Otherwise the address is typed. */
  person?: { name: string; email?: string | null }
  onErased: () => void
  onClose: () => void
}

/** Erases a person after their address is typed, because it cannot be undone. */
export function EraseDialog({ person, onErased, onClose }: EraseDialogProps) {
  const [run, busy] = useRun(ErasePersonDocument)
  const { toast } = useVoice()
  const [email, setEmail] = useState('')
  const [error, setError] = useState<string | null>(null)
  const [fault, setFault] = useFault()

  async function erase() {
    setFault(null)
    if (person?.email && email.trim().toLowerCase() !== person.email.toLowerCase()) return setError(t.accounts.eraseOther)
    const outcome = await run({ input: { email } })
    if ('fault' in outcome) return setFault(outcome.fault)
    if ('problem' in outcome) return setError(outcome.problem.message)
    const { accounts, rooms } = outcome.answer
    if (!accounts && !rooms) return setError(t.accounts.eraseUnknown)
    toast({ text: t.accounts.erased(rooms) })
    onErased()
    onClose()
  }

  return (
    <Dialog
      alert
      title={person ? t.accounts.eraseTitle(person.name) : t.accounts.eraseGuest}
      onClose={onClose}
      onSubmit={() => void erase()}
      unsaved={email !== ''}
      fault={fault}
      foot={
        <>
          <Button kind="quiet" onClick={onClose}>
            {t.cancel}
          </Button>
          <Button type="submit" kind="danger-solid" busy={busy}>
            {t.accounts.eraseIt}
          </Button>
        </>
      }
    >
      <p>{t.accounts.eraseText}</p>
      <EmailField
        label={t.accounts.eraseConfirm}
        autoComplete="off"
        hint={person?.email}
        error={error}
        value={email}
        onChange={(event) => {
          setEmail(event.target.value)
          setError(null)
        }}
      />
    </Dialog>
  )
}
