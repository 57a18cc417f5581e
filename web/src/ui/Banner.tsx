import type { ReactNode } from 'react'
import { Icon, type IconName } from './Icon'
import './Banner.css'

interface BannerProps {
  tone?: 'well' | 'wait' | 'danger'
  icon: IconName
  bar?: boolean
  role?: 'status' | 'alert'
  actions?: ReactNode
  children: ReactNode
}

/** Tells the whole page that something changed, or is needed. */
export function Banner({ tone, icon, bar, role, actions, children }: BannerProps) {
  return (
    <div className={`banner${bar ? ' banner--bar' : ''}${tone ? ` banner--${tone}` : ''}`} role={role}>
      <Icon name={icon} />
      <div className="banner__main">{children}</div>
      {actions}
    </div>
  )
}
