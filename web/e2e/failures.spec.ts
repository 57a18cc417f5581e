import type { Page } from '@playwright/test'
import { findings } from './axe'
import { invite, makeRoom, redeem } from './people'
import { expect, test } from './site'

/** Counts how often a page is loaded. */
function loads(page: Page): () => number {
  let count = 0
  page.on('load', () => (count += 1))
  return () => count
}

test('a part of the app that is missing reloads the page once, then the page says that Usher was updated', { tag: '@night' }, async ({ site }) => {
  const { manager } = site
  const loaded = loads(manager)
  await manager.route(/assets\/SitePage-.*\.js/, (route) => route.fulfill({ status: 404, body: 'This page does not exist' }))
  await manager.goto('/admin')
  await expect(manager.getByRole('heading', { name: 'Usher was updated' })).toBeVisible()
  expect(loaded()).toBe(2)
  expect(await findings(manager)).toEqual([])

  // The button loads the page again, and finds it where the part is there.
  await manager.unroute(/assets\/SitePage-.*\.js/)
  await manager.getByRole('button', { name: 'Reload' }).click()
  await expect(manager.getByRole('heading', { name: 'Blocked domains' })).toBeVisible()
  expect(loaded()).toBe(3)
})

test('a part that is missing for a moment is found by the reload', { tag: '@night' }, async ({ site }) => {
  const { manager } = site
  const loaded = loads(manager)
  await manager.route(/assets\/SitePage-.*\.js/, (route) => route.fulfill({ status: 404, body: 'This page does not exist' }), { times: 1 })
  await manager.goto('/admin')
  await expect(manager.getByRole('heading', { name: 'Blocked domains' })).toBeVisible()
  expect(loaded()).toBe(2)
})

test('a page that throws says so, and its reload keeps the address and the place', async ({ site }) => {
  const { manager } = site
  await makeRoom(manager, 'Compost basics')
  const links = [await invite(manager, 'tariq@example.org', 'Tariq', 'Kamal', 'Viewer'), await invite(manager, 'maya@example.org', 'Maya', 'Lind', 'Viewer')]
  // Two people share a browser: the tab is the first one.
  const tab = await site.person()
  await redeem(tab, links[0] ?? '', 'tariq@example.org')
  await expect(tab.getByText('You’re all set, Tariq Kamal')).toBeVisible()
  const other = await tab.context().newPage()
  await redeem(other, links[1] ?? '', 'maya@example.org')
  await expect(other.getByText('You’re all set, Maya Lind')).toBeVisible()

  // The page asks for its place and gets what it cannot draw.
  const address = tab.url()
  await tab.route('**/graphql', async (route) => {
    const answer = await route.fetch()
    await route.fulfill({ response: answer, body: (await answer.text()).replaceAll(/"startsAt":"[^"]*"/g, '"startsAt":"never"') })
  })
  await tab.reload()
  await expect(tab.getByRole('heading', { name: 'This page stopped working' })).toBeVisible()
  await expect(tab.getByRole('link', { name: 'Go to the start page' })).toBeVisible()
  expect(await findings(tab)).toEqual([])

  await tab.unroute('**/graphql')
  await tab.getByRole('button', { name: 'Reload' }).click()
  await expect(tab.getByText('You’re all set, Tariq Kamal')).toBeVisible()
  expect(tab.url()).toBe(address)
})

test('a panel that stops working leaves the rest of its page', { tag: '@night' }, async ({ site }) => {
  const { manager } = site
  await site.account('kit@example.org', 'Kit', 'Ito')
  await manager.route('**/graphql', async (route) => {
    const answer = await route.fetch()
    // Other things than the page expects.
    const body = (await answer.text()).replace(/"blockedDomains":\[\]/, '"blockedDomains":{}').replaceAll('"name":"Kit Ito"', '"name":1')
    await route.fulfill({ response: answer, body })
  })
  for (const address of ['/admin', '/admin/people']) {
    await manager.goto(address)
    await expect(manager.getByRole('heading', { name: 'This part stopped working' })).toBeVisible()
    await expect(manager.getByRole('navigation', { name: 'Site' })).toBeVisible()
  }
})

test('a part of a page that cannot be read says so, and is read again', { tag: '@night' }, async ({ site }) => {
  const { manager } = site
  for (const [address, operation, heading] of [['/account', 'Account', 'About'], ['/admin', 'SiteAbout', 'About']] as const) {
    await manager.route('**/graphql', async (route) => {
      const request = route.request().postDataJSON() as { operationName?: string } | null
      if (request?.operationName !== operation) return route.fallback()
      await route.fulfill({ json: { data: null, errors: [{ message: 'The server is busy.', extensions: { code: 'SERVICE_UNAVAILABLE' } }] } })
    })
    await manager.goto(address)
    await expect(manager.getByRole('button', { name: 'Try again' })).toBeVisible()
    expect(await findings(manager)).toEqual([])
    await manager.unrouteAll({ behavior: 'wait' })
    await manager.getByRole('button', { name: 'Try again' }).click()
    await expect(manager.getByRole('heading', { name: heading })).toBeVisible()
    await expect(manager.getByRole('button', { name: 'Try again' })).toHaveCount(0)
  }
})
