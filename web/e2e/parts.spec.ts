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
  for (const without of ['none', '**/first-*.js']) {
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

test('a role is not confirmed before its part is shown', async ({ site }) => {
  const { manager } = site
  await makeRoom(manager, 'Garden council')
  const guest = await guestInside(site)
  const moderators = partsOfApp().later.find((name) => name.startsWith('ModeratorPeople-'))
  if (!moderators) throw new Error('find the part of moderators: the build has none')
  await guest.route(`**/assets/${moderators}`, (route) => route.fulfill(gone))
  await giveRole(manager, 'Wei Lin', 'Viewer', 'Moderator')
  await expect(guest.getByRole('heading', { name: 'Usher was updated' })).toBeVisible()
  await expect(tiles(guest)).toHaveCount(8) // the page itself stays
  const people = manager.getByRole('region', { name: 'People' })
  await expect(people.getByText('On its way')).toBeVisible()
  await guest.unrouteAll()
  await guest.getByRole('button', { name: 'Reload' }).click()
  await expect(people.getByText('Seen', { exact: true })).toBeVisible()
  await expect(tiles(guest)).toHaveCount(8)
})
