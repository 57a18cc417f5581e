import { useId } from 'react'
import type { RoomRole } from '../graphql/generated/graphql'
import { roleIcons } from '../people/roles'
import { t } from '../texts'
import { Icon } from '../ui/Icon'
import './RoleCards.css'

// The order of the design, not of rights.
const order: RoomRole[] = ['VIEWER', 'MODERATOR', 'SPEAKER']

interface RoleCardsProps {
  label?: string
  value: RoomRole | null
  onChange: (role: RoomRole) => void
  error?: string | null
}

/** A card for each role, with what it allows. */
export function RoleCards({ label = t.invite.role, value, onChange, error }: RoleCardsProps) {
  const id = useId()
  return (
    <fieldset className="field" aria-describedby={error ? `${id}-error` : undefined}>
      <legend className="field__label">{label}</legend>
      <div className="role-cards">
        {order.map((role) => (
          <label className="role-card" key={role}>
            <Icon name={roleIcons[role]} />
            <span className="role-card__name">{t.roles[role]}</span>
            <span className="role-card__gives">{t.gives[role]}</span>
            <input type="radio" name={id} value={role} checked={value === role} data-field="role" data-invalid={error ? true : undefined} onChange={() => onChange(role)} />
          </label>
        ))}
      </div>
      {error && (
        <p className="field__error" id={`${id}-error`}>
          <Icon name="alert" />
          <span>{error}</span>
        </p>
      )}
    </fieldset>
  )
}
