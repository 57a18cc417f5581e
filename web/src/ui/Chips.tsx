import { useId } from 'react'
import './Chips.css'

interface ChipsProps<T extends string> {
  label: string
  /** Shows the label. */
  labelled?: boolean
  options: readonly (readonly [value: T, text: string])[]
  value: T | null
  onChange: (value: T) => void
}

/** A row of exclusive choices, of which one is on. It is one tab stop. */
export function Chips<T extends string>({ label, labelled, options, value, onChange }: ChipsProps<T>) {
  const name = useId()
  return (
    <fieldset className="chips">
      <legend className={labelled ? 'field__label' : 'visually-hidden'}>{label}</legend>
      {options.map(([one, text]) => (
        <label className="chip" key={one}>
          <input type="radio" name={name} value={one} checked={one === value} onChange={() => onChange(one)} />
          {text}
        </label>
      ))}
    </fieldset>
  )
}
