import { type ComponentProps, type ReactNode, useId } from 'react'
import { t } from '../texts'
import { Icon } from './Icon'
import './Field.css'

interface FieldProps {
  label: string
  optional?: boolean
  hint?: ReactNode
  /** Replaces the hint. */
  error?: ReactNode
  /** Actions below the error. */
  after?: ReactNode
  /** Counts the characters of a text near its limit, and says what is too much. What is typed or pasted is never cut. */
  limited?: Limited
  children: (control: { id: string; 'aria-invalid': true | undefined; 'aria-describedby': string | undefined }) => ReactNode
}

interface Limited {
  text: string
  /** The most characters that the server accepts. */
  limit: number
}

// As the server counts them: without what it trims.
const lengthOf = (text: string) => [...text.normalize('NFC').trim()].length

/** Reports whether a text has more characters than the server accepts. */
export const tooLong = ({ text, limit }: Limited) => lengthOf(text) > limit

/** Ties label, control, and hint or error together for assistive technology. */
export function Field({ label, optional, hint, error: wrong, after, limited, children }: FieldProps) {
  const id = useId()
  const length = limited ? lengthOf(limited.text) : 0
  const error = wrong || (limited && length > limited.limit && t.tooLong(limited.limit, length - limited.limit))
  const described = error || hint ? `${id}-note` : undefined
  return (
    <div className="field">
      <label className="field__label" htmlFor={id}>
        {label}
        {optional && <span className="field__optional"> ({t.optional})</span>}
        {limited && length > limited.limit * 0.8 && (
          <span className="field__count digits" aria-hidden="true">
            {length}/{limited.limit}
          </span>
        )}
      </label>
      {children({ id, 'aria-invalid': error ? true : undefined, 'aria-describedby': described })}
      {error ? (
        <p className="field__error" id={described}>
          <Icon name="alert" />
          <span>{error}</span>
        </p>
      ) : (
        hint && (
          <p className="field__hint" id={described}>
            {hint}
          </p>
        )
      )}
      {after}
    </div>
  )
}

type InputProps = Omit<FieldProps, 'children'> & ComponentProps<'input'>

/** A field of one line. */
export function TextField({ label, optional, hint, error, after, limited, ...input }: InputProps) {
  return (
    <Field label={label} optional={optional} hint={hint} error={error} after={after} limited={limited}>
      {(control) => <input className="input" {...input} {...control} />}
    </Field>
  )
}

/**
 * A field for an email address. Its type is text: for the type email, browsers rewrite international addresses and drop what was
 * pasted around one. The server reads what was typed.
 */
export function EmailField(props: InputProps) {
  return <TextField type="text" inputMode="email" autoCapitalize="none" autoCorrect="off" spellCheck={false} {...props} />
}

type SelectProps = Omit<FieldProps, 'children'> & ComponentProps<'select'>

/** A field with a list that the browser draws. */
export function SelectField({ label, optional, hint, error, after, children, ...select }: SelectProps & { children: ReactNode }) {
  return (
    <Field label={label} optional={optional} hint={hint} error={error} after={after}>
      {(control) => (
        <div className="select">
          <select className="input" {...select} {...control}>
            {children}
          </select>
          <Icon name="down" />
        </div>
      )}
    </Field>
  )
}

/** A search field. Screen readers announce its label; others see an icon. */
export function Search({ label, ...input }: { label: string } & ComponentProps<'input'>) {
  return (
    <div className="search">
      <Icon name="search" />
      <input className="input input--search" type="search" aria-label={label} placeholder={label} autoComplete="off" {...input} />
    </div>
  )
}

// The error appears in the next frame or, on a busy device, some frames later.
const framesForDrawing = 30

/** Moves focus to the first invalid field of a form, after a refused submit. */
export function focusFirstInvalid(form: HTMLElement | null, frames = framesForDrawing) {
  requestAnimationFrame(() => {
    const field = form?.querySelector<HTMLElement>('[aria-invalid="true"], [data-invalid="true"]')
    if (field) {
      field.focus()
      // The error is below the field, and the foot of a dialog below both.
      field.closest('.field')?.scrollIntoView({ block: 'nearest' })
    } else if (frames > 1) focusFirstInvalid(form, frames - 1)
  })
}
