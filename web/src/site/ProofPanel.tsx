import { useQuery } from 'urql'
import { type ProofPolicy, SiteSendsDocument } from '../graphql/generated/graphql'
import { t } from '../texts'
import { Banner } from '../ui/Banner'
import { ChoiceCards } from '../ui/ChoiceCards'
import type { IconName } from '../ui/Icon'

const icons: Record<ProofPolicy, IconName> = { NEVER: 'link', MODERATORS: 'shield', SPEAKERS_AND_MODERATORS: 'mic', EVERYONE: 'users' }

interface ProofPanelProps {
  value: ProofPolicy
  onChange: (value: ProofPolicy) => void
}

/** Asks whose links need a code from their mailbox. Without emails nobody's do. */
export function ProofPanel({ value, onChange }: ProofPanelProps) {
  const [{ data }] = useQuery({ query: SiteSendsDocument })
  const off = data?.site.mail === false
  const options = (Object.keys(icons) as ProofPolicy[]).map((one) => ({ value: one, icon: icons[one], ...t.site.proof[one] }))
  return (
    <section className="panel" aria-label={t.site.codes}>
      <header className="panel__head">
        <h2>{t.site.codes}</h2>
      </header>
      <div className="section stack">
        <p className="small soft">{t.site.codesNote}</p>
        {off && (
          <Banner tone="wait" icon="mail">
            {t.site.codesOff}
          </Banner>
        )}
        <ChoiceCards label={t.site.codesFor} options={options} value={value} disabled={off} onChange={onChange} />
      </div>
    </section>
  )
}
