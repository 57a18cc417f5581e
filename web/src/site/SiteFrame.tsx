import type { ReactNode } from 'react'
import { NavLink } from 'react-router'
import { TopBar } from '../shell/TopBar'
import { type SignedIn, WithUser } from '../shell/useUser'
import { t } from '../texts'
import './SitePage.css'

const pages = { rules: '/admin', people: '/admin/people', servers: '/admin/servers' } as const

const titles = { rules: t.site.title, people: t.accounts.title, servers: t.servers.title }

/** The frame of the pages for administrators. */
export function SiteFrame({ at, children }: { at: keyof typeof pages; children: (user: SignedIn) => ReactNode }) {
  return (
    <WithUser>
      {(user) => (
        <>
          <TopBar user={user} />
          <main className="page page--narrow" id="main">
            <div className="page-head">
              <div className="page-head__main">
                <h1>{titles[at]}</h1>
              </div>
            </div>
            {user.siteRole === 'ADMIN' ? (
              <>
                <nav className="site-nav" aria-label={t.site.title}>
                  {(Object.keys(pages) as (keyof typeof pages)[]).map((page) => (
                    <NavLink key={page} end to={pages[page]}>
                      {t.site.pages[page]}
                    </NavLink>
                  ))}
                </nav>
                {children(user)}
              </>
            ) : (
              <p className="soft">{t.site.adminsOnly}</p>
            )}
          </main>
        </>
      )}
    </WithUser>
  )
}
