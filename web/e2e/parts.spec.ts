import type { Page } from '@playwright/test'
import { giveRole, invite, makeRoom, redeem, startSession, tiles } from './people'
import { partsOfApp } from './parts'
import { expect, type Site, test } from './site'

// Parts of the app that are gone, as after an upgrade of the server.

const gone = { status: 404, body: 'This page does not exist' }

test('the page from before the app says what to do, and its reload keeps the link', async ({ site }) => {
  await makeRoom(site.manager, 'Garden council')
  const link = await invite(site.manager, 'wei@example.org', 'Wei', 'Lin', 'Viewer')
  const { first } = partsOfApp()
  expect(first.length).toBeGreaterThan(2)
  for (const without of ['none', '**/reload.js']) {
    const guest = await site.person({ phone: true })
    await guest.route(`**/assets/${first.find((name) => name.startsWith('index-'))}`, (route) => route.fulfill(gone))
    if (without !== 'none') await guest.route(without, (route) => route.fulfill(gone))
    await guest.goto(link)
    await expect(guest.getByText('This page is still loading. If nothing changes, check your connection and reload it.')).toBeVisible()
    await guest.unroute(/assets/)
    await guest.unrouteAll()
    await guest.getByRole('button', { name: 'Reload' }).click()
    await expect(guest.getByLabel('Your email address')).toBeVisible()
  }
})

/** A guest inside, as Viewer, on a page that has loaded what it needs for that. */
async function guestInside(site: Site): Promise<Page> {
  const link = await invite(site.manager, 'wei@example.org', 'Wei', 'Lin', 'Viewer')
  const guest = await site.person({ phone: true })
  await redeem(guest, link, 'wei@example.org')
  await startSession(site.manager)
  await guest.getByRole('button', { name: 'Enter as Viewer' }).click()
  await expect(tiles(guest)).toHaveCount(3)
  return guest
}

test('whatever part is gone, an open page stays, keeps its place, and confirms no role that it does not show', async ({ site }) => {
  test.setTimeout(400_000)
  const { manager } = site
  await makeRoom(manager, 'Garden council')
  const first = await guestInside(site)
  const address = first.url()
  await first.goto('about:blank') // the other tab of the same person would confirm the role too
  const { first: initial, later } = partsOfApp()
  expect(later.some((name) => name.startsWith('ModeratorPeople-'))).toBe(true)
  const people = manager.getByRole('region', { name: 'People' })
  for (const name of [...later, ...initial]) {
    await test.step(name, async () => {
      const guest = await first.context().newPage()
      await guest.goto(address)
      await expect(tiles(guest)).toHaveCount(3)
      await guest.route(`**/assets/${name}`, (route) => route.fulfill(gone))
      await giveRole(manager, 'Wei Lin', 'Viewer', 'Moderator')
      const shown = guest.getByRole('button', { name: 'Role of Amina Ruth' }).or(guest.getByText('Waiting to come in')).or(guest.getByRole('heading', { name: 'People' }))
      const told = guest.getByRole('heading', { name: /Usher was updated|cannot be reached/ }).or(guest.getByText('This page is still loading.'))
      await expect(shown.or(told).first()).toBeVisible({ timeout: 20_000 })
      if (await told.first().isVisible()) {
        await expect(people.getByText('On its way')).toBeVisible()
        await guest.unrouteAll()
        await guest.getByRole('button', { name: 'Reload' }).first().click()
      }
      await expect(tiles(guest)).toHaveCount(8)
      await expect(people.getByText('Delivered', { exact: true })).toBeVisible()
      await giveRole(manager, 'Wei Lin', 'Moderator', 'Viewer')
      await expect(tiles(guest)).toHaveCount(3)
      await expect(people.getByText('Delivered', { exact: true })).toBeVisible()
      await guest.close()
    })
  }
})
