import { Link } from 'react-router'
import { useQuery } from 'urql'
import { useServerNow } from '../graphql/clock'
import { SiteStatusDocument, type SiteStatusQuery } from '../graphql/generated/graphql'
import { Boundary } from '../shell/Boundary'
import { Unread } from '../shell/Unread'
import { t } from '../texts'
import { Badge, Status } from '../ui/Badge'
import { Banner } from '../ui/Banner'
import { Panel } from '../ui/Panel'
import { SkeletonRows } from '../ui/Skeleton'
import { Name } from '../ui/Text'
import { clockNear, exact, since } from '../ui/time'
import { useLookAgain } from '../ui/useLookAgain'
import { usePageTitle } from '../ui/usePageTitle'
import { SiteFrame } from './SiteFrame'

type Site = NonNullable<SiteStatusQuery['siteStatus']>
type Server = Site['servers'][number]
type Failure = Site['failing'][number]

// No event reports what is shown here.
const every = 5_000

/** Shows administrators what runs the site now, and what fails. */
export default function ServersPage() {
  usePageTitle(t.servers.title)
  return (
    <SiteFrame at="servers">
      {() => (
        <Boundary panel>
          <SiteNow />
        </Boundary>
      )}
    </SiteFrame>
  )
}

function SiteNow() {
  const [{ data, error }, refresh] = useQuery({ query: SiteStatusDocument, requestPolicy: 'cache-and-network' })
  const again = () => refresh({ requestPolicy: 'network-only' })
  useLookAgain(again, every)
  const now = useServerNow(every)
  const site = data?.siteStatus
  if (!site)
    return error ? (
      <Unread error={error} onAgain={again} />
    ) : (
      <div className="panel">
        <SkeletonRows label={t.servers.loading} />
      </div>
    )
  return (
    <div className="stack">
      <div className="stack" role="status">
        {site.failing.length === 0 ? (
          <Status tone="well" icon="check">
            {t.servers.well}
          </Status>
        ) : (
          site.failing.map((failure) => <Failing key={`${failure.kind} ${failure.server?.id ?? ''}`} failure={failure} now={now} />)
        )}
      </div>
      <section className="panel" aria-label={t.servers.title}>
        <header className="panel__head">
          <h2>{t.servers.count(site.servers.length)}</h2>
        </header>
        <ul className="site-list">
          {site.servers.map((server) => (
            <ServerRow key={server.id} server={server} now={now} />
          ))}
        </ul>
      </section>
      <section className="panel" aria-label={t.servers.busiest}>
        <header className="panel__head">
          <h2>{t.servers.busiest}</h2>
        </header>
        {site.busiest.length === 0 ? (
          <p className="section small soft">{t.servers.nobody}</p>
        ) : (
          <ul className="site-list">
            {site.busiest.map(({ room, people }) => (
              <li className="site-list__line" key={room.id}>
                <Link className="wrap" to={`/rooms/${room.id}`}>
                  <Name>{room.title}</Name>
                </Link>
                <span className="soft">{t.servers.people(people)}</span>
              </li>
            ))}
          </ul>
        )}
      </section>
      <Panel title={t.servers.database}>
        <Facts facts={t.servers.databaseFacts(site.database)} />
      </Panel>
      <div id="email">
        <Panel title={t.servers.email} note={data.site.mail ? undefined : t.servers.mailOff}>
          {data.site.mail && data.mailStatus && (
            <Facts
              facts={t.servers.mailFacts({
                waiting: data.mailStatus.waiting,
                oldest: data.mailStatus.oldestAt && since(data.mailStatus.oldestAt, now),
                lastSent: data.mailStatus.lastSentAt && since(data.mailStatus.lastSentAt, now),
                reply: data.mailStatus.reply,
              })}
            />
          )}
        </Panel>
      </div>
    </div>
  )
}

function Failing({ failure, now }: { failure: Failure; now: number }) {
  const at = failure.since ? clockNear(failure.since, now) : ''
  const name = failure.server?.name ?? ''
  return (
    <Banner tone={failure.kind === 'TWO_VERSIONS' ? 'wait' : 'danger'} icon="alert">
      {t.servers.failing[failure.kind](name, at)}{' '}
      {failure.kind === 'DATABASE' && <a href="/readyz">{t.servers.readiness}</a>}
      {failure.kind === 'MAIL' && <a href="#email">{t.servers.whatItSaid}</a>}
    </Banner>
  )
}

function ServerRow({ server, now }: { server: Server; now: number }) {
  return (
    <li className="site-list__item">
      <div className="cluster">
        <b className="strong wrap">
          <Name>{server.name}</Name>
        </b>
        {server.silent && <Badge tone="danger">{t.servers.silent}</Badge>}
      </div>
      <span className="small soft wrap">
        <span title={exact(server.startedAt)}>{t.servers.started(server.version, since(server.startedAt, now))}</span>
        {'\u00a0· '}
        <span title={exact(server.aliveAt)}>{server.silent ? t.servers.silentSince(clockNear(server.aliveAt, now)) : t.servers.alive(since(server.aliveAt, now))}</span>
      </span>
      {!server.silent && <span className="small wrap">{t.servers.load(server)}</span>}
    </li>
  )
}

function Facts({ facts }: { facts: [string, string][] }) {
  return (
    <dl className="facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt className="soft">{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
