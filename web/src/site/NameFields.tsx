import { t } from '../texts'
import { Check } from '../ui/Check'
import { TextField } from '../ui/Field'

export interface Names {
  firstName: string
  lastName: string
}

interface Set {
  value: string
  error?: string | undefined
  onChange: (event: { target: { value: string } }) => void
}

interface NameFieldsProps {
  /** The name is that of the person who types it. */
  own?: boolean
  set: (name: keyof Names) => Set
  oneName: boolean
  onOneName: (on: boolean) => void
}

/** The fields for a person's name. Both names are required, unless the person is said to have one. */
export function NameFields({ own = false, set, oneName, onOneName }: NameFieldsProps) {
  const fill = (what: string) => (own ? what : 'off')
  return (
    <>
      <TextField label={oneName ? t.setUp.name : t.accounts.firstName} autoComplete={fill('given-name')} {...set('firstName')} />
      {!oneName && <TextField label={t.accounts.lastName} autoComplete={fill('family-name')} {...set('lastName')} />}
      <Check label={own ? t.setUp.oneName : t.invite.oneName} note={own ? t.setUp.oneNameNote : undefined} checked={oneName} onChange={onOneName} />
    </>
  )
}

/** Returns sentences for the names that are missing. */
export function missingNames({ firstName, lastName }: Names, oneName: boolean): Partial<Names> {
  return {
    ...(!firstName.trim() && { firstName: oneName ? t.setUp.enterName : t.accounts.enterName }),
    ...(!oneName && !lastName.trim() && { lastName: t.setUp.enterLastName }),
  }
}

/** Returns the values as they are sent. */
export function withNames<Values extends Names>(values: Values, oneName: boolean) {
  return { ...values, ...(oneName && { lastName: '' }), oneName }
}
