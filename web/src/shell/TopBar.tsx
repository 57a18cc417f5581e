import { useState } from 'react'
import { Link, useNavigate } from 'react-router'
import { useMutation, useQuery } from 'urql'
import { MeDocument, SignOutDocument } from '../graphql/generated/graphql'
import { useRenew } from '../graphql/Usher'
import { Avatar } from '../people/Avatar'
import { t } from '../texts'
import { Icon } from '../ui/Icon'
import { Menu, MenuItem, MenuNote, MenuRule } from '../ui/Menu'
import { Clip } from '../ui/Text'
import { useSeenAgain } from '../ui/useLookAgain'
import { useRenamed } from './renamed'
import { ShortcutsDialog, useShortcutKeys } from './Shortcuts'
import type { SignedIn } from './useUser'
import './TopBar.css'

/** The bar on every page of a signed-in user. */
export function TopBar({ user }: { user: SignedIn }) {
  const navigate = useNavigate()
  const renew = useRenew()
  const [, signOut] = useMutation(SignOutDocument)
  const [helps, setHelps] = useState(false)
  useShortcutKeys(() => setHelps(true))
  const [, readMe] = useQuery({ query: MeDocument, pause: true })
  const readAgain = () => readMe({ requestPolicy: 'network-only' })
  useRenamed(readAgain)
  useSeenAgain(readAgain) // somebody may have signed out meanwhile, here or elsewhere
  const leave = async () => {
    const result = await signOut({})
    if (result.error) return
    renew()
    void navigate('/sign-in')
  }
  return (
    <header className="topbar">
      <a className="button button--primary skip" href="#main">
        {t.skip}
      </a>
      <Link className="brand" to="/">
        <Icon name="logo" />
        {t.brand}
      </Link>
      <Menu
        label={t.yourAccount}
        button={
          <button type="button" className="button button--quiet" aria-label={t.accountOf(user.name)}>
            <Avatar name={user.name} size="small" />
            <Clip>{user.name}</Clip>
          </button>
        }
      >
        {user.email && <MenuNote>{user.email}</MenuNote>}
        <MenuItem icon="video" onClick={() => void navigate('/')}>
          {t.rooms.title}
        </MenuItem>
        {user.siteRole === 'ADMIN' && (
          <MenuItem icon="shield" onClick={() => void navigate('/admin')}>
            {t.site.title}
          </MenuItem>
        )}
        <MenuItem icon="settings" onClick={() => void navigate('/account')}>
          {t.account.item}
        </MenuItem>
        <MenuItem icon="keyboard" onClick={() => setHelps(true)}>
          {t.shortcuts.title}
        </MenuItem>
        <MenuRule />
        <MenuItem icon="leave" onClick={() => void leave()}>
          {t.signIn.out}
        </MenuItem>
      </Menu>
      {helps && <ShortcutsDialog onClose={() => setHelps(false)} />}
    </header>
  )
}

export default TopBar
