import { type ReactNode, useState } from 'react'
import { useQuery } from 'urql'
import { type SiteMailFragment, SiteSendsDocument } from '../graphql/generated/graphql'
import { t } from '../texts'
import { Check } from '../ui/Check'
import { prefer, preference } from '../ui/preference'

/** Returns what the site tells about its emails, or null if it sends none. The page of the room has read it already. */
export function useSiteMail(): SiteMailFragment | null {
  const [{ data }] = useQuery({ query: SiteSendsDocument })
  return data?.site.mail ? data.site : null
}

interface Sending {
  /** Whether the site can send emails. */
  can: boolean
  /** Whether to email the links of those who are invited now. */
  send: boolean
  /** Asks for that, where the site can. */
  field: ReactNode
}

/** Returns whether to email links, as the manager chose in this browser. */
export function useSending(): Sending {
  const site = useSiteMail()
  const [wanted, setWanted] = useState(() => preference('mail') === 'send')
  if (!site) return { can: false, send: false, field: null }
  const choose = (send: boolean) => {
    setWanted(send)
    prefer('mail', send ? 'send' : null)
  }
  const note = site.repliesTo ? t.mail.repliesTo(site.repliesTo) : undefined
  return { can: true, send: wanted, field: <Check checked={wanted} label={t.mail.now} note={note} onChange={choose} /> }
}
