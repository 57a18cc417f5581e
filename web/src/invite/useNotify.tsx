import { type ReactNode, useState } from 'react'
import { t } from '../texts'
import { Check } from '../ui/Check'
import { useSiteMail } from './useSending'

/** Returns whether a change is emailed to those who got an email, and the checkbox for it, where the site sends emails. */
export function useNotify(initially: boolean, label: string = t.mail.notify): [boolean, ReactNode] {
  const [notify, setNotify] = useState(initially)
  const mails = useSiteMail() !== null
  const field = mails && <Check checked={notify} label={label} onChange={setNotify} />
  return [notify, field]
}
