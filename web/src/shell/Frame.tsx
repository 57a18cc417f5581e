import type { ReactNode } from 'react'
import { t } from '../texts'
import { DeviceButton } from './DeviceButton'
import './Frame.css'

interface FrameProps {
  /** Centres the content. Otherwise it is a column from the top, and a card in a wide window. */
  centre?: boolean
  bar?: ReactNode
  /** The line below the page, otherwise the name of the product. */
  foot?: string
  children: ReactNode
}

/** Shows that a page is on its way, with what it waits for. */
export function Loading({ bar, text = t.loading }: { bar?: ReactNode; text?: string }) {
  return (
    <Frame centre bar={bar}>
      <div className="late stack" role="status">
        <span className="spinner" aria-hidden="true" />
        <p className="soft">{text}</p>
      </div>
    </Frame>
  )
}

/** Draws the page of an invitee: one column, one thing to do. */
export function Frame({ centre, bar, foot = t.brand, children }: FrameProps) {
  return (
    <div className="join">
      {bar}
      <main id="main" className={`join__main ${centre ? 'join__main--centre' : 'join__main--card'}`}>
        {children}
      </main>
      <footer className="join__foot">
        <span>{foot}</span>
        <DeviceButton />
      </footer>
    </div>
  )
}
