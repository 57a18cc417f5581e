import { type ReactNode, useState } from 'react'
import { useQuery } from 'urql'
import { type Language, type SiteMailFragment, SiteSendsDocument } from '../graphql/generated/graphql'
import { t } from '../texts'
import { Check } from '../ui/Check'
import { SelectField } from '../ui/Field'
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
  /** The language of the emails; that of the room's last email if nobody chose one. */
  language: Language | undefined
  /** Asks for that, where the site can. */
  field: ReactNode
}

/** Returns whether to email links, as the manager chose in this browser. */
export function useSending(): Sending {
  const site = useSiteMail()
  const [wanted, setWanted] = useState(() => preference('mail') === 'send')
  const [language, setLanguage] = useState<Language | undefined>()
  if (!site) return { can: false, send: false, language: undefined, field: null }
  const choose = (send: boolean) => {
    setWanted(send)
    prefer('mail', send ? 'send' : null)
  }
  const note = site.repliesTo ? t.mail.repliesTo(site.repliesTo) : undefined
  const field = (
    <div className="stack stack--tight">
      <Check checked={wanted} label={t.mail.now} note={note} onChange={choose} />
      {wanted && (
        <SelectField label={t.mail.language} value={language ?? ''} onChange={(event) => setLanguage((event.target.value || undefined) as Language | undefined)}>
          <option value="">{t.mail.lastLanguage}</option>
          <option value="EN">{t.mail.languages.EN}</option>
          <option value="DE">{t.mail.languages.DE}</option>
        </SelectField>
      )}
    </div>
  )
  return { can: true, send: wanted, language, field }
}
