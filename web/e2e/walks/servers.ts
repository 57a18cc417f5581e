import type { Page } from '@playwright/test'
import { expect } from '../site'
import { heading, type Walk } from './walk'

interface Status {
  servers: { id: string; name: string; version: string; startedAt: string; aliveAt: string; silent: boolean; hintLagMilliseconds: number | null }[]
  failing: { __typename: string; kind: string; since: string | null; server: { __typename: string; id: string; name: string } | null }[]
  busiest: unknown[]
}

/** Changes what the page reads, to what a site of several servers would answer: these run on SQLite, where there is one. */
export async function withStatus(page: Page, change: (status: Status) => void): Promise<void> {
  await page.route('**/graphql', async (route) => {
    const request = route.request().postDataJSON() as { operationName?: string } | null
    if (request?.operationName !== 'SiteStatus') return route.fallback()
    const response = await route.fetch()
    const body = (await response.json()) as { data: { siteStatus: Status } }
    change(body.data.siteStatus)
    await route.fulfill({ response, json: body })
  })
}

/** Three servers with long names, of which one is silent and one has another version, and everything that may fail. */
export function everythingFails({ servers, failing }: Status) {
  const [first] = servers
  if (!first) throw new Error('find the server: the answer has none')
  const started = new Date(Date.parse(first.startedAt) - 3 * 3_600_000).toISOString()
  servers.push(
    { ...first, id: 'deaf', name: 'rooms-production-europe-west-2.example.internal:8080', version: 'v2.0.0-20261128160000-0123456789ab', startedAt: started, hintLagMilliseconds: 1234 },
    { ...first, id: 'silent', name: 'rooms-3:8080', silent: true, aliveAt: started },
  )
  const fails = (kind: string, id?: string) => {
    const server = servers.find((one) => one.id === id)
    failing.push({ __typename: 'SiteFailure', kind, since: started, server: server ? { __typename: 'ServerStatus', id: server.id, name: server.name } : null })
  }
  fails('DATABASE')
  fails('SERVER_SILENT', 'silent')
  fails('SERVER_DEAF', 'deaf')
  fails('WORK_LATE', 'deaf')
  fails('MAIL')
  fails('TWO_VERSIONS')
}

/** An administrator sees that all is well, and then that nothing is. */
export const servers: Walk = {
  name: 'the servers of the site',
  go: async (site, show) => {
    const { manager } = site
    await manager.goto('/admin')
    await manager.getByRole('link', { name: 'Servers' }).click()
    await heading(manager, '1 server')
    await expect(manager.getByText('Everything works')).toBeVisible()
    await show(manager, 'servers')
    await withStatus(manager, everythingFails)
    await manager.reload()
    await heading(manager, '3 servers')
    await expect(manager.getByText(/^Servers have run two versions since/)).toBeVisible()
    await show(manager, 'servers-failing')
    await manager.unrouteAll({ behavior: 'wait' })
  },
}
