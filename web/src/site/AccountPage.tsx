import { useState } from 'react'
import { useNavigate } from 'react-router'
import { useQuery } from 'urql'
import { AccountDocument, SignOutEverywhereDocument } from '../graphql/generated/graphql'
import { useDo } from '../graphql/useRun'
import { useRenew } from '../graphql/Usher'
import { Boundary } from '../shell/Boundary'
import { DeviceSettings } from '../shell/DeviceSettings'
import { TopBar } from '../shell/TopBar'
import { Unread } from '../shell/Unread'
import { type SignedIn, WithUser } from '../shell/useUser'
import { t } from '../texts'
import { Button } from '../ui/Button'
import { Confirm } from '../ui/Dialog'
import { Panel } from '../ui/Panel'
import { usePageTitle } from '../ui/usePageTitle'
import { NameForm, PasswordForm } from './AccountForms'

/** Shows people their own account, and what they chose for this browser. */
export default function AccountPage() {
  usePageTitle(t.account.title)
  return (
    <WithUser>
      {(user) => (
        <>
          <TopBar user={user} />
          <main className="page page--narrow" id="main">
            <div className="page-head">
              <div className="page-head__main">
                <h1>{t.account.title}</h1>
              </div>
            </div>
            <Settings user={user} />
          </main>
        </>
      )}
    </WithUser>
  )
}

function Settings({ user }: { user: SignedIn }) {
  const [{ data, error }, refresh] = useQuery({ query: AccountDocument, requestPolicy: 'cache-and-network' })
  const own = data?.me.user
  return (
    <div className="stack">
      {!data && error && <Unread error={error} onAgain={() => refresh({ requestPolicy: 'network-only' })} />}
      {own && (
        <Boundary panel>
          <Panel title={t.account.name} note={t.account.nameNote}>
            <NameForm firstName={own.firstName} lastName={own.lastName} />
          </Panel>
        </Boundary>
      )}
      <Boundary panel>
        <Panel title={t.device.title} note={t.device.note}>
          <DeviceSettings />
        </Panel>
      </Boundary>
      <Boundary panel>
        <Panel title={t.account.password} note={t.account.passwordNote}>
          <PasswordForm email={user.email ?? ''} />
        </Panel>
      </Boundary>
      <Boundary panel>
        <Panel title={t.account.signIns} note={user.email ? t.account.signedInAs(user.email) : undefined}>
          <SignOutEverywhere />
        </Panel>
      </Boundary>
      {data?.program && (
        <Panel title={t.account.about} note={t.account.version(data.program.version)}>
          {data.program.graphiql && (
            <p>
              <a href="/graphiql">{t.account.graphiql}</a>
            </p>
          )}
        </Panel>
      )}
    </div>
  )
}

function SignOutEverywhere() {
  const navigate = useNavigate()
  const renew = useRenew()
  const [run, busy] = useDo(SignOutEverywhereDocument)
  const [asking, setAsking] = useState(false)
  const leave = async () => {
    if (!(await run({}))) return setAsking(false)
    renew()
    void navigate('/sign-in')
  }
  return (
    <div>
      <Button kind="danger" icon="leave" onClick={() => setAsking(true)}>
        {t.account.everywhere}
      </Button>
      {asking && (
        <Confirm
          title={t.account.everywhereTitle}
          text={t.account.everywhereText}
          confirm={t.account.everywhere}
          busy={busy}
          onClose={() => setAsking(false)}
          onConfirm={() => void leave()}
        />
      )}
    </div>
  )
}
