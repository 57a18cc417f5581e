import { t } from '../texts'
import { SelectField, TextField } from '../ui/Field'
import { ownZone, wallClock, instant } from '../ui/zones'

export interface Expiry {
  fixed: boolean
  /** The value of a datetime-local field, in the viewer's zone: 2026-11-24T15:00. */
  local: string
}

/** Returns an expiry as fields. They are empty for “until the session ends”. */
export function expiryOf(expiresAt: string | null | undefined): Expiry {
  if (!expiresAt) return { fixed: false, local: '' }
  const { date, time } = wallClock(expiresAt, ownZone())
  return { fixed: true, local: `${date}T${time}` }
}

/** Returns the instant: undefined for “until the session ends”, null if none is typed. */
export function expiresAt(expiry: Expiry): string | null | undefined {
  if (!expiry.fixed) return undefined
  const [date = '', time = ''] = expiry.local.split('T')
  return instant(date, time, ownZone())
}

interface ExpiryFieldProps {
  value: Expiry
  onChange: (expiry: Expiry) => void
  optional?: boolean
  error?: string | null
}

/** A field for the expiry of a link. */
export function ExpiryField({ value, onChange, optional, error }: ExpiryFieldProps) {
  return (
    <div className="stack stack--tight">
      <SelectField label={t.invite.worksUntil} optional={optional} value={value.fixed ? 'fixed' : 'session'} onChange={(event) => onChange({ ...value, fixed: event.target.value === 'fixed' })} error={value.fixed ? null : error}>
        <option value="session">{t.invite.untilSessionEnds}</option>
        <option value="fixed">{t.invite.dateAndTime}</option>
      </SelectField>
      {value.fixed && <TextField label={t.invite.dateAndTimeField} type="datetime-local" data-field="expiresAt" value={value.local} onChange={(event) => onChange({ ...value, local: event.target.value })} error={error} />}
    </div>
  )
}
