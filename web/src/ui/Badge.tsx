import type { ReactNode } from 'react'
import { t } from '../texts'
import { Icon, type IconName } from './Icon'
import './Badge.css'

type Tone = 'well' | 'wait' | 'danger'

/** A word about something, never a button. */
export function Badge({ tone, count, children }: { tone?: Tone; count?: boolean; children: ReactNode }) {
  return <span className={`badge${tone ? ` badge--${tone}` : ''}${count ? ' badge--count' : ''}`}>{children}</span>
}

/** Marks an open session. */
export function LiveBadge() {
  return <span className="badge badge--live">{t.live}</span>
}

/** An icon with words, without a background. */
export function Status({ tone, icon, children }: { tone?: Tone; icon?: IconName; children: ReactNode }) {
  return (
    <span className={tone ? `status status--${tone}` : 'status'}>
      {icon && <Icon name={icon} />}
      <span>{children}</span>
    </span>
  )
}
