import { useState } from 'react'
import { useQuery } from 'urql'
import { type AccountPartsFragment, AccountsDocument, CreatePasswordLinkDocument, UpdateUserDocument, type UpdateUserInput } from '../graphql/generated/graphql'
import { useDo } from '../graphql/useRun'
import { useServerNow } from '../graphql/clock'
import { Avatar } from '../people/Avatar'
import { MailStatus } from '../people/MailStatus'
import { Boundary } from '../shell/Boundary'
import { Unread } from '../shell/Unread'
import type { SignedIn } from '../shell/useUser'
import { t } from '../texts'
import { useVoice } from '../ui/Announcer'
import { Badge } from '../ui/Badge'
import { Button } from '../ui/Button'
import { Confirm } from '../ui/Dialog'
import { Empty } from '../ui/Empty'
import { Search, SelectField } from '../ui/Field'
import { Menu, MenuItem, MenuRule } from '../ui/Menu'
import { SkeletonRows } from '../ui/Skeleton'
import { Name } from '../ui/Text'
import { ago } from '../ui/time'
import { useDebounced } from '../ui/useDebounced'
import { useLookAgain } from '../ui/useLookAgain'
import { usePageTitle } from '../ui/usePageTitle'
import { useRoving } from '../ui/useRoving'
import { AddDialog, LinkDialog, type PasswordLink } from './AddDialog'
import { EraseDialog } from './EraseDialog'
import { SiteFrame } from './SiteFrame'

type Filter = 'ALL' | 'ADMINS' | 'DISABLED'
const filters: Record<Filter, { siteRole?: 'ADMIN'; disabled?: boolean }> = { ALL: {}, ADMINS: { siteRole: 'ADMIN' }, DISABLED: { disabled: true } }
const pageSize = 50

/** Lists the site's accounts for administrators, who change them here. */
export default function PeoplePage() {
  usePageTitle(t.accounts.title)
  return (
    <SiteFrame at="people">
      {(user) => (
        <Boundary panel>
          <People user={user} />
        </Boundary>
      )}
    </SiteFrame>
  )
}

function People({ user }: { user: SignedIn }) {
  const [typed, setTyped] = useState('')
  const [filter, setFilter] = useState<Filter>('ALL')
  const [dialog, setDialog] = useState<'add' | 'erase' | null>(null)
  const search = useDebounced(typed.trim(), 150)
  const [cursors, setCursors] = useState<string[]>([])
  const variables = { first: pageSize, after: cursors.at(-1) ?? null, search: search || null, ...filters[filter] }
  const [{ data, error, stale }, refresh] = useQuery({ query: AccountsDocument, variables, requestPolicy: 'cache-and-network' })
  const rows = useRoving<HTMLUListElement>()
  const again = () => refresh({ requestPolicy: 'network-only' })
  const list = data?.users
  // No event reports what becomes of these emails. One that was just asked for is sent within seconds.
  useLookAgain(again, list?.nodes.some(({ passwordMail }) => passwordMail?.state === 'WAITING' && !passwordMail.fault) ? 2_000 : undefined)
  const next = list?.pageInfo.hasNextPage ? list.pageInfo.endCursor : null
  return (
    <div className="stack">
      <div className="form-row">
        <div className="people-search">
          <Search
            label={t.accounts.search}
            value={typed}
            onChange={(event) => {
              setTyped(event.target.value)
              setCursors([])
            }}
          />
        </div>
        <Button kind="primary" icon="plus" onClick={() => setDialog('add')}>
          {t.accounts.add}
        </Button>
      </div>
      <SelectField
        label={t.accounts.show}
        value={filter}
        onChange={(event) => {
          setFilter(event.target.value as Filter)
          setCursors([])
        }}
      >
        {(Object.keys(filters) as Filter[]).map((one) => (
          <option key={one} value={one}>
            {t.accounts.filters[one]}
          </option>
        ))}
      </SelectField>
      {error && !list && <Unread error={error} onAgain={again} />}
      {!list ? (
        <div className="panel">
          <SkeletonRows label={t.accounts.loading} />
        </div>
      ) : list.nodes.length === 0 ? (
        <div className="panel">
          <Empty icon="search" title={t.accounts.none} text={t.accounts.noneText} />
        </div>
      ) : (
        <>
          <p className="small soft">{search ? t.accounts.found(list.totalCount, pageSize) : t.accounts.total(list.totalCount)}</p>
          <ul className="panel" aria-busy={stale || undefined} ref={rows}>
            {list.nodes.map((account) => (
              <AccountRow key={account.id} account={account} me={user.id} mails={data.site.mail} onErased={again} />
            ))}
          </ul>
        </>
      )}
      {(cursors.length > 0 || next) && (
        <div className="pager">
          <Button disabled={cursors.length === 0} onClick={() => setCursors(cursors.slice(0, -1))}>
            {t.accounts.previous}
          </Button>
          <Button disabled={!next} onClick={() => next && setCursors([...cursors, next])}>
            {t.accounts.next}
          </Button>
        </div>
      )}
      <section className="panel" aria-label={t.accounts.eraseGuest}>
        <div className="section">
          <p className="small soft">{t.accounts.eraseGuestNote}</p>
          <div className="cluster">
            <Button onClick={() => setDialog('erase')}>{t.accounts.eraseGuest}</Button>
          </div>
        </div>
      </section>
      {dialog === 'add' && <AddDialog mails={data?.site.mail ?? false} onAdded={again} onClose={() => setDialog(null)} />}
      {dialog === 'erase' && <EraseDialog onErased={again} onClose={() => setDialog(null)} />}
    </div>
  )
}

interface AccountRowProps {
  account: AccountPartsFragment
  me: string
  /** Whether the site sends emails. */
  mails: boolean
  onErased: () => void
}

function AccountRow({ account, me, mails, onErased }: AccountRowProps) {
  const { user } = account
  const now = useServerNow(60_000)
  const { toast } = useVoice()
  const [update, updating] = useDo(UpdateUserDocument)
  const [makeLink] = useDo(CreatePasswordLinkDocument)
  const [link, setLink] = useState<PasswordLink | null>(null)
  const [asking, setAsking] = useState<'disable' | 'dismiss' | 'erase' | null>(null)
  const admin = user.siteRole === 'ADMIN'
  const showLink = (send: boolean) =>
    void makeLink({ userId: user.id, send }).then((made) => made && setLink({ ...made.passwordLink, mail: made.mail, name: user.name, email: user.email }))
  const change = async (input: Omit<UpdateUserInput, 'userId'>, text: string) => {
    const done = await update({ input: { userId: user.id, ...input } })
    setAsking(null)
    if (done) toast({ text })
  }
  const seen = account.lastSeenAt ? t.accounts.seen(ago(account.lastSeenAt, now)) : t.accounts.neverSeen
  return (
    <li className="row" data-row>
      <Avatar name={user.name} />
      <div className="row__main">
        <span className="row__name clip" title={user.name}>
          <Name>{user.name}</Name>
        </span>
        <span className="small soft wrap">
          {user.email} · {seen}
        </span>
        {(admin || account.disabled || !account.hasPassword) && (
          <div className="cluster">
            {admin && <Badge>{t.accounts.admin}</Badge>}
            {account.disabled && <Badge>{t.accounts.disabled}</Badge>}
            {!account.hasPassword && <Badge>{t.accounts.noPassword}</Badge>}
          </div>
        )}
        {account.passwordMail && <MailStatus mail={account.passwordMail} />}
      </div>
      <Menu label={t.accounts.menuOf(user.name)} button={<Button kind="quiet" icon="more" aria-label={t.accounts.menuOf(user.name)} />}>
        {!account.disabled && (
          <MenuItem icon="link" onClick={() => showLink(false)}>
            {account.hasPassword ? t.accounts.resetPassword : t.accounts.setUpLink}
          </MenuItem>
        )}
        {!account.disabled && mails && (
          <MenuItem icon="mail" onClick={() => showLink(true)}>
            {t.accounts.emailLink}
          </MenuItem>
        )}
        {admin ? (
          <MenuItem icon="shield" onClick={() => setAsking('dismiss')}>
            {t.accounts.dismiss}
          </MenuItem>
        ) : (
          !account.disabled && (
            <MenuItem icon="shield" onClick={() => void change({ siteRole: 'ADMIN' }, t.accounts.appointed(user.name))}>
              {t.accounts.appoint}
            </MenuItem>
          )
        )}
        {account.disabled ? (
          <MenuItem icon="check" onClick={() => void change({ disabled: false }, t.accounts.enabled(user.name))}>
            {t.accounts.enable}
          </MenuItem>
        ) : (
          <MenuItem icon="x" onClick={() => setAsking('disable')}>
            {t.accounts.disable}
          </MenuItem>
        )}
        <MenuRule />
        <MenuItem icon="trash" danger onClick={() => setAsking('erase')}>
          {t.accounts.erase}
        </MenuItem>
      </Menu>
      {asking === 'disable' && (
        <Confirm
          title={t.accounts.disableTitle(user.name)}
          text={user.id === me ? t.accounts.disableSelf : t.accounts.disableText}
          confirm={t.accounts.disable}
          busy={updating}
          onClose={() => setAsking(null)}
          onConfirm={() => void change({ disabled: true }, t.accounts.disabledNow(user.name))}
        />
      )}
      {asking === 'dismiss' && (
        <Confirm
          title={t.accounts.dismissTitle(user.name)}
          text={t.accounts.dismissText}
          confirm={t.accounts.dismissIt}
          busy={updating}
          onClose={() => setAsking(null)}
          onConfirm={() => void change({ siteRole: 'MEMBER' }, t.accounts.dismissed(user.name))}
        />
      )}
      {asking === 'erase' && <EraseDialog person={user} onErased={onErased} onClose={() => setAsking(null)} />}
      {link && <LinkDialog link={link} onClose={() => setLink(null)} />}
    </li>
  )
}
