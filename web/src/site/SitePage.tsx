import { type FormEvent, useState } from 'react'
import { useQuery } from 'urql'
import { SiteAboutDocument, SitePolicyDocument, type SitePolicyInput, UpdateSitePolicyDocument } from '../graphql/generated/graphql'
import { useRun } from '../graphql/useRun'
import { Boundary } from '../shell/Boundary'
import { Unread } from '../shell/Unread'
import { t } from '../texts'
import { useVoice } from '../ui/Announcer'
import { Button } from '../ui/Button'
import { TextField } from '../ui/Field'
import { Name } from '../ui/Text'
import { usePageTitle } from '../ui/usePageTitle'
import { Check } from '../ui/Check'
import { Banner } from '../ui/Banner'
import { Confirm } from '../ui/Dialog'
import { ProofPanel } from './ProofPanel'
import { SiteFrame } from './SiteFrame'
import './SitePage.css'

/** Shows administrators the site's rules for invitations. */
export default function SitePage() {
  usePageTitle(t.site.title)
  return (
    <SiteFrame at="rules">
      {() => (
        <div className="stack">
          <Boundary panel>
            <Policy />
          </Boundary>
          <Boundary panel>
            <About />
          </Boundary>
        </div>
      )}
    </SiteFrame>
  )
}

function Policy() {
  const [{ data, error }, refresh] = useQuery({ query: SitePolicyDocument, requestPolicy: 'cache-and-network' })
  const [run] = useRun(UpdateSitePolicyDocument)
  const [{ data: about }] = useQuery({ query: SiteAboutDocument })
  const [asking, setAsking] = useState<'invitations' | 'signIn' | null>(null)
  const { toast } = useVoice()
  const policy = data?.sitePolicy
  if (!policy) return error ? <Unread error={error} onAgain={() => refresh({ requestPolicy: 'network-only' })} /> : null

  // Returns the sentence of a refusal, for its field.
  const save = async (input: SitePolicyInput, before?: SitePolicyInput): Promise<string | null> => {
    const outcome = await run({ input })
    setAsking(null)
    if ('answer' in outcome) {
      toast({ text: t.saved, ...(before && { undo: { label: t.undo, run: () => change(before) } }) })
      return null
    }
    return 'problem' in outcome ? outcome.problem.message : outcome.fault
  }
  const change = (input: SitePolicyInput, before?: SitePolicyInput) =>
    void save(input, before).then((refused) => refused && toast({ text: refused, failed: true }))
  const links = about?.siteAbout?.workingLinks ?? 0
  return (
    <div className="stack">
      {!policy.invitations && (
        <Banner tone="danger" icon="alert" role="status" actions={<Button size="small" onClick={() => change({ invitations: true })}>{t.site.turnOn}</Button>}>
          {t.site.invitationsOff}
        </Banner>
      )}
      <section className="panel">
        <div className="section">
          <Check
            checked={policy.invitations}
            label={t.site.invitations}
            note={t.site.invitationsNote}
            onChange={(invitations) => (invitations ? change({ invitations }, { invitations: false }) : setAsking('invitations'))}
          />
          <Check
            checked={policy.requireSignIn}
            label={t.site.requireSignIn}
            note={t.site.requireSignInNote}
            onChange={(requireSignIn) => (requireSignIn ? setAsking('signIn') : change({ requireSignIn }, { requireSignIn: true }))}
          />
        </div>
      </section>
      <section className="panel" aria-label={t.site.moving}>
        <header className="panel__head">
          <h2>{t.site.moving}</h2>
        </header>
        <div className="section">
          <Check
            checked={policy.moveDevices}
            label={t.site.moveDevices}
            note={t.site.moveDevicesNote}
            onChange={(moveDevices) => change({ moveDevices }, { moveDevices: !moveDevices })}
          />
        </div>
      </section>
      {asking === 'invitations' && (
        <Confirm
          title={t.site.turnOffTitle}
          text={t.site.turnOffText(links)}
          keep={t.site.keepOn}
          confirm={t.site.turnOff}
          onClose={() => setAsking(null)}
          onConfirm={() => change({ invitations: false }, { invitations: true })}
        />
      )}
      {asking === 'signIn' && (
        <Confirm
          title={t.site.requireTitle}
          text={t.site.requireText}
          keep={t.site.keepOff}
          confirm={t.site.requireIt}
          onClose={() => setAsking(null)}
          onConfirm={() => change({ requireSignIn: true }, { requireSignIn: false })}
        />
      )}
      <ProofPanel value={policy.proof} onChange={(proof) => change({ proof }, { proof: policy.proof })} />
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

/** Shows what the site runs on. */
function About() {
  const [{ data, error }, refresh] = useQuery({ query: SiteAboutDocument, requestPolicy: 'cache-and-network' })
  const about = data?.siteAbout
  if (!about) return error ? <Unread error={error} onAgain={() => refresh({ requestPolicy: 'network-only' })} /> : null
  return (
    <section className="panel" aria-label={t.site.about}>
      <header className="panel__head">
        <h2>{t.site.about}</h2>
      </header>
      <dl className="section facts">
        {t.site.facts(about).map(([name, value]) => (
          <div key={name}>
            <dt className="soft">{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
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
    if (!domain) return setError(t.site.enterDomain)
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
