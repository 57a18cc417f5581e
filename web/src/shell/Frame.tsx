import { createContext, type ReactNode, useContext } from 'react'
import { useConnection } from '../graphql/Usher'
import { t } from '../texts'
import { Banner } from '../ui/Banner'

interface FrameProps {
  /** One thing in the middle, or a column from the top that becomes a card where there is room. */
  centre?: boolean
  bar?: ReactNode
  foot?: string
  children: ReactNode
}

/** What stands below the pages of who is signed in, and needs no word about accounts. */
export const Foot = createContext<string>(t.link.foot)

/** The page of somebody invited: one column, one thing to do. */
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

/** Says that the connection is lost and is being tried again; nothing else moves. */
export function ConnectionBar() {
  const connection = useConnection()
  if (connection !== 'lost') return null
  return (
    <div className="late">
      <Banner bar tone="wait" icon="offline" role="status">
        {t.connectionLost}
      </Banner>
    </div>
  )
}
