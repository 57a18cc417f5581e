import { useId } from 'react'
import { Icon, type IconName } from './Icon'
import './ChoiceCards.css'

interface ChoiceCardsProps<T extends string> {
  label: string
  options: readonly { value: T; icon: IconName; name: string; note: string }[]
  value: T
  disabled?: boolean
  onChange: (value: T) => void
}

/** A card for each of a few exclusive choices, with what it means. */
export function ChoiceCards<T extends string>({ label, options, value, disabled, onChange }: ChoiceCardsProps<T>) {
  const id = useId()
  return (
    <fieldset className="field" disabled={disabled}>
      <legend className="field__label">{label}</legend>
      <div className="choice-cards">
        {options.map((option) => (
          <label className="choice-card" key={option.value}>
            <Icon name={option.icon} />
            <span className="choice-card__name">{option.name}</span>
            <span className="choice-card__note" id={`${id}-${option.value}`}>
              {option.note}
            </span>
            <input type="radio" name={id} value={option.value} checked={value === option.value} aria-label={option.name} aria-describedby={`${id}-${option.value}`} onChange={() => onChange(option.value)} />
          </label>
        ))}
      </div>
    </fieldset>
  )
}
