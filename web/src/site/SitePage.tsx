import { type FormEvent, useState } from 'react'
import { useQuery } from 'urql'
import { SitePolicyDocument, type SitePolicyInput, UpdateSitePolicyDocument } from '../graphql/generated/graphql'
import { useRun } from '../graphql/useRun'
import { TopBar } from '../shell/TopBar'
import { WithUser } from '../shell/useUser'
import { t } from '../texts'
import { useVoice } from '../ui/Announcer'
import { Button } from '../ui/Button'
import { TextField } from '../ui/Field'
import { Name } from '../ui/Text'
import { usePageTitle } from '../ui/usePageTitle'
import { Check } from '../ui/Check'
import './SitePage.css'

/** Shows administrators the site's rules for invitations. */
export default function SitePage() {
  usePageTitle(t.site.title)
  return (
    <WithUser>
      {(user) => (
        <>
          <TopBar user={user} />
          <main className="page page--narrow" id="main">
            <div className="page-head">
              <div className="page-head__main">
                <h1>{t.site.title}</h1>
              </div>
            </div>
            {user.siteRole === 'ADMIN' ? <Policy /> : <p className="soft">{t.site.adminsOnly}</p>}
          </main>
        </>
      )}
    </WithUser>
  )
}

function Policy() {
  const [{ data }] = useQuery({ query: SitePolicyDocument, requestPolicy: 'cache-and-network' })
  const [run] = useRun(UpdateSitePolicyDocument)
  const { toast } = useVoice()
  const policy = data?.sitePolicy
  if (!policy) return null

  // Returns the sentence of a refusal, for its field.
  const save = async (input: SitePolicyInput): Promise<string | null> => {
    const outcome = await run({ input })
    if ('answer' in outcome) {
      toast({ text: t.saved })
      return null
    }
    return 'problem' in outcome ? outcome.problem.message : outcome.fault
  }
  const change = (input: SitePolicyInput) => void save(input).then((refused) => refused && toast({ text: refused, failed: true }))
  return (
    <div className="stack">
      <section className="panel">
        <div className="section">
          <Check checked={policy.invitations} label={t.site.invitations} note={t.site.invitationsNote} onChange={(invitations) => change({ invitations })} />
          <Check checked={policy.requireSignIn} label={t.site.requireSignIn} note={t.site.requireSignInNote} onChange={(requireSignIn) => change({ requireSignIn })} />
        </div>
      </section>
      <Domains
        title={t.site.blocked}
        note={t.site.blockedNote}
        empty={t.site.blockedEmpty}
        catches={t.site.blockCatches}
        list={policy.blockedDomains}
        onSave={(blockedDomains) => save({ blockedDomains })}
      />
      <Domains
        title={t.site.allowed}
        note={t.site.allowedNote}
        empty={t.site.allowedEmpty}
        catches={t.site.allowCatches}
        list={policy.allowedDomains}
        onSave={(allowedDomains) => save({ allowedDomains })}
      />
    </div>
  )
}

interface DomainsProps {
  title: string
  note: string
  empty: string
  catches: (domain: string) => string
  list: string[]
  onSave: (list: string[]) => Promise<string | null>
}

function Domains({ title, note, empty, catches, list, onSave }: DomainsProps) {
  const [typed, setTyped] = useState('')
  const [error, setError] = useState<string | null>(null)
  const add = async (event: FormEvent) => {
    event.preventDefault()
    const domain = typed.trim().replace(/^.*@/, '').toLowerCase()
    if (!domain) return setError(t.site.typeDomain)
    if (list.includes(domain)) return setError(t.site.domainThere)
    const refused = await onSave([...list, domain])
    setError(refused)
    if (!refused) setTyped('')
  }
  return (
    <section className="panel" aria-label={title}>
      <header className="panel__head">
        <h2>{title}</h2>
      </header>
      <div className="section">
        <p className="small soft">{note}</p>
        {list.length === 0 ? (
          <p className="small soft">{empty}</p>
        ) : (
          <ul>
            {list.map((domain) => (
              <li className="domain" key={domain}>
                <span className="wrap">
                  <b className="strong">
                    <Name>{domain}</Name>
                  </b>
                  <br />
                  <span className="small soft">{catches(domain)}</span>
                </span>
                <Button kind="quiet" icon="x" aria-label={t.site.removeDomain(domain)} onClick={() => void onSave(list.filter((other) => other !== domain)).then(setError)} />
              </li>
            ))}
          </ul>
        )}
        <form className="form-row" noValidate onSubmit={(event) => void add(event)}>
          <TextField label={t.site.domain} placeholder="example.org" value={typed} error={error} autoCapitalize="off" autoComplete="off" spellCheck={false} onChange={(event) => setTyped(event.target.value)} hint={typed ? catches(typed.trim()) : undefined} />
          <Button type="submit" className="form-row__button">
            {t.add}
          </Button>
        </form>
      </div>
    </section>
  )
}
