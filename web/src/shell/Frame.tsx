import { createContext, type ReactNode, useContext } from 'react'
import { t } from '../texts'
import { ConnectionBar } from './ConnectionBar'
import './Frame.css'

interface FrameProps {
  /** Centres the content. Otherwise it is a column from the top, and a card in a wide window. */
  centre?: boolean
  bar?: ReactNode
  foot?: string
  children: ReactNode
}

/** The usual line below a page. Signed-in people need no word about accounts there. */
export const Foot = createContext<string>(t.link.foot)

/** Draws the page of an invitee: one column, one thing to do. */
export function Frame({ centre, bar, foot, children }: FrameProps) {
  const usual = useContext(Foot)
  return (
    <div className="join">
      {bar}
      <ConnectionBar />
      <main className={`join__main ${centre ? 'join__main--centre' : 'join__main--card'}`}>{children}</main>
      <footer className="join__foot">{foot ?? usual}</footer>
    </div>
  )
}
