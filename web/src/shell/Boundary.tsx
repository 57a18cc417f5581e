import { Component, type ReactNode, useEffect, useState } from 'react'
import { t } from '../texts'
import { Button, buttonClass } from '../ui/Button'
import { Mark } from '../ui/Empty'
import type { IconName } from '../ui/Icon'
import { usePageTitle } from '../ui/usePageTitle'
import { Loading } from './Frame'
import { PartMissing, reloadOnce } from './part'
import './Frame.css'

interface BoundaryProps {
  /** Shows an error as a panel of the page, not as a page of its own. */
  panel?: boolean
  /** The panel is the one that a narrow window shows. */
  chosen?: boolean
  /** Tries again when it changes: the address of the page. */
  at?: string
  children: ReactNode
}

interface BoundaryState {
  failed: { error: unknown } | null
  at: string | undefined
}

/** Shows what happened and what to do next where something below it throws. The rest of the page keeps working. */
export class Boundary extends Component<BoundaryProps, BoundaryState> {
  override state: BoundaryState = { failed: null, at: this.props.at }

  static getDerivedStateFromError(error: unknown): Partial<BoundaryState> {
    return { failed: { error } }
  }

  static getDerivedStateFromProps({ at }: BoundaryProps, state: BoundaryState): Partial<BoundaryState> | null {
    return at === state.at ? null : { failed: null, at }
  }

  override render() {
    const { failed } = this.state
    if (!failed) return this.props.children
    const Shown = this.props.panel ? FailedPanel : FailedPage
    const props = { chosen: this.props.chosen, onAgain: () => this.setState({ failed: null }) }
    return failed.error instanceof PartMissing ? <Missing error={failed.error} Shown={Shown} {...props} /> : <Shown why="fault" {...props} />
  }
}

type Why = 'fault' | 'updated' | 'unreachable'

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
  const { title, text } = why === 'fault' ? t.failed.panel : t.failed[why]
  return (
    <section className="panel" data-chosen={chosen || undefined}>
      <div className="section" role="alert">
        <h2>{title}</h2>
        <p className="soft">{text}</p>
        <div className="cluster">
          {why === 'fault' && <Button onClick={onAgain}>{t.tryAgain}</Button>}
          <Button onClick={() => location.reload()}>{t.reload}</Button>
        </div>
      </div>
    </section>
  )
}
