import { type ReactNode, useEffect, useState } from 'react'
import { t } from '../texts'
import { Button, buttonClass } from '../ui/Button'
import { Mark } from '../ui/Empty'
import type { IconName } from '../ui/Icon'
import { usePageTitle } from '../ui/usePageTitle'
import { Catch } from './Catch'
import { Failed, type Why } from './Failed'
import { Loading } from './Frame'
import { PartMissing, reloadOnce } from './part'

interface BoundaryProps {
  /** Shows an error as a panel of the page, not as a page of its own. */
  panel?: boolean
  /** The panel is the one that a narrow window shows. */
  chosen?: boolean
  /** Tries again when it changes: the address of the page. */
  at?: string
  children: ReactNode
}

/** Shows what happened and what to do next where something below it throws. A dialog has DialogBoundary. */
export function Boundary({ panel, chosen, at, children }: BoundaryProps) {
  const Shown = panel ? FailedPanel : FailedPage
  const instead = (error: unknown, onAgain: () => void) => {
    const props = { chosen, onAgain }
    return error instanceof PartMissing ? <Missing error={error} Shown={Shown} {...props} /> : <Shown why="fault" {...props} />
  }
  return (
    <Catch at={at} instead={instead}>
      {children}
    </Catch>
  )
}

interface ShownProps {
  why: Why
  chosen: boolean | undefined
  onAgain: () => void
}

/** Reloads the page once for a part that cannot be loaded. Shows why if that does not help. */
function Missing({ error, Shown, ...props }: { error: PartMissing; Shown: (props: ShownProps) => ReactNode } & Omit<ShownProps, 'why'>) {
  const [why, setWhy] = useState<Why | null>(null)
  useEffect(() => {
    void reloadOnce(error).then((outcome) => outcome !== 'reloading' && setWhy(outcome === 'unreachable' ? 'unreachable' : 'updated'))
  }, [error])
  if (why) return <Shown why={why} {...props} />
  return Shown === FailedPage && <Loading />
}

const icons: Record<Why, IconName> = { fault: 'alert', updated: 'refresh', unreachable: 'offline' }

// The link is a plain anchor, because the router may have failed too. A reload keeps the address and what the tab stores, and
// so the place.
function FailedPage({ why }: ShownProps) {
  const { title, text } = t.failed[why]
  usePageTitle(title)
  return (
    <div className="join">
      <main className="join__main join__main--centre" id="main">
        <Mark icon={icons[why]} tone="wait" />
        <div className="stack stack--tight" role="alert">
          <h1>{title}</h1>
          <p className="soft">{text}</p>
        </div>
        <div className="stack stack--tight full">
          <Button kind="primary" size="large" wide onClick={() => location.reload()}>
            {t.reload}
          </Button>
          <a className={buttonClass('quiet', 'large', true)} href="/">
            {t.toStart}
          </a>
        </div>
      </main>
    </div>
  )
}

function FailedPanel({ why, chosen, onAgain }: ShownProps) {
  return (
    <section className="panel" data-chosen={chosen || undefined}>
      <div className="section" role="alert">
        <Failed why={why} onAgain={onAgain} />
      </div>
    </section>
  )
}
