import type { ReactNode } from 'react'
import { Icon, type IconName } from './Icon'
import './Empty.css'

/** Explains an empty list, and offers the next step. */
export function Empty({ icon, title, text, children }: { icon: IconName; title: string; text: ReactNode; children?: ReactNode }) {
  return (
    <div className="empty">
      <Mark icon={icon} />
      <h2>{title}</h2>
      <p>{text}</p>
      {children}
    </div>
  )
}

/** A large icon above a sentence with the same meaning. */
export function Mark({ icon, tone }: { icon: IconName; tone?: 'wait' | 'danger' }) {
  return (
    <span className={tone ? `empty__mark empty__mark--${tone}` : 'empty__mark'}>
      <Icon name={icon} />
    </span>
  )
}
