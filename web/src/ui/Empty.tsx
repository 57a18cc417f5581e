import type { ReactNode } from 'react'
import { Icon, type IconName } from './Icon'
import './Empty.css'

/** What this place is for, and the one next step. */
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

/** A drawing on a soft ground, above a sentence that says the same. */
export function Mark({ icon, tone }: { icon: IconName; tone?: 'wait' | 'danger' }) {
  return (
    <span className={tone ? `empty__mark empty__mark--${tone}` : 'empty__mark'}>
      <Icon name={icon} />
    </span>
  )
}
