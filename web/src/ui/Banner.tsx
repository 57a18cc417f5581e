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

/** Something changed, or something is needed, for the whole page. */
export function Banner({ tone, icon, bar, role, actions, children }: BannerProps) {
  return (
    <div className={`banner${bar ? ' banner--bar' : ''}${tone ? ` banner--${tone}` : ''}`} role={role}>
      <Icon name={icon} />
      <div className="banner__main">{children}</div>
      {actions}
    </div>
  )
}
