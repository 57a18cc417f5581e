import './Check.css'

interface CheckProps {
  checked: boolean
  label: string
  note?: string
  onChange: (checked: boolean) => void
}

/** A checkbox, with a note where one is needed. */
export function Check({ checked, label, note, onChange }: CheckProps) {
  return (
    <label className="check">
      <input type="checkbox" checked={checked} onChange={(event) => onChange(event.target.checked)} />
      <span>
        {label}
        {note && <small>{note}</small>}
      </span>
    </label>
  )
}
