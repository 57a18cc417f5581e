import type { ReactNode } from 'react'
import { t } from '../texts'
import { Button } from '../ui/Button'

/** Why something is not shown: an error, a part that an upgrade removed, or a server that does not answer. */
export type Why = 'fault' | 'updated' | 'unreachable'

interface FailedProps {
  why: Why
  titleId?: string
  onAgain: () => void
  /** More actions. */
  children?: ReactNode
}

/** Shows why a piece of the page is missing, and what to do. */
export function Failed({ why, titleId, onAgain, children }: FailedProps) {
  const { title, text } = why === 'fault' ? t.failed.panel : t.failed[why]
  return (
    <>
      <h2 id={titleId}>{title}</h2>
      <p className="soft">{text}</p>
      <div className="cluster">
        {why === 'fault' && <Button onClick={onAgain}>{t.tryAgain}</Button>}
        <Button onClick={() => location.reload()}>{t.reload}</Button>
        {children}
      </div>
    </>
  )
}
