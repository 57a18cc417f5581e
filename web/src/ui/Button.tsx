import type { ComponentProps } from 'react'
import { Icon, type IconName } from './Icon'
import './Button.css'

type Kind = 'primary' | 'quiet' | 'danger' | 'danger-solid' | 'text'

interface ButtonProps extends ComponentProps<'button'> {
  kind?: Kind
  size?: 'small' | 'large'
  wide?: boolean
  icon?: IconName
  /** Whether it works: it keeps focus, and ignores a second click. */
  busy?: boolean
}

/** Returns the classes of a button, for anchors that look like one. */
export function buttonClass(kind?: Kind, size?: 'small' | 'large', wide?: boolean, square?: boolean): string {
  const names = ['button']
  if (kind === 'text') names.push('button--quiet', 'button--text')
  else if (kind) names.push(`button--${kind}`)
  if (size) names.push(`button--${size}`)
  if (wide) names.push('button--wide')
  if (square) names.push('button--icon')
  return names.join(' ')
}

/** A button that is never disabled: pressing it shows what is missing. */
export function Button({ kind, size, wide, icon, busy, children, onClick, className, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      className={`${buttonClass(kind, size, wide, children === undefined)}${className ? ` ${className}` : ''}`}
      data-autofocus={rest.autoFocus}
      aria-busy={busy || undefined}
      onClick={(event) => {
        if (busy) return event.preventDefault()
        onClick?.(event)
      }}
    >
      {busy ? <span className="spinner" aria-hidden="true" /> : icon && <Icon name={icon} />}
      {children}
    </button>
  )
}
