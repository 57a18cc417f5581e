import type { Page } from '@playwright/test'
import { byDay } from './nightly'
import { giveRole, invite, makeRoom, redeem, roleOf, startSession } from './people'
import { expect, type Site, test } from './site'

// The page notices a dead connection by a ping at most 15 seconds later, which has 5 seconds to be answered.
const lost = 'Reconnecting… Your place is kept.'

async function guestOf(site: Site): Promise<Page> {
  const link = await invite(site.manager, 'wei@example.org', 'Wei', 'Lin', 'Viewer')
  const guest = await site.person({ phone: true })
  await redeem(guest, link, 'wei@example.org')
  return guest
}

for (const signal of byDay(['SIGKILL', 'SIGTERM'] as const, (one) => one === 'SIGKILL')) {
  test(`in the lobby and in the room the page says that the server is gone, and comes back with it (${signal})`, { tag: '@night' }, async ({ site }) => {
    const { manager } = site
    await makeRoom(manager, 'Garden council')
    const guest = await guestOf(site)
    await startSession(manager)
    await expect(guest.getByRole('button', { name: 'Enter as Viewer' })).toBeVisible()

    await site.stop(signal)
    for (const page of [guest, manager]) await expect(page.getByText(lost)).toBeVisible({ timeout: 30_000 })
    await guest.getByRole('button', { name: 'Enter as Viewer' }).click()
    await expect(guest.getByRole('alert')).toContainText('The server cannot be reached')
    await site.start()
    for (const page of [guest, manager]) await expect(page.getByText(lost)).toBeHidden({ timeout: 30_000 })
    await guest.getByRole('button', { name: 'Enter as Viewer' }).click()
    await expect(roleOf(guest)).toHaveText('Viewer')
    await expect(manager.getByRole('region', { name: 'People' }).getByText('In the room', { exact: true })).toBeVisible()

    await site.stop(signal)
    for (const page of [guest, manager]) await expect(page.getByText(lost)).toBeVisible({ timeout: 30_000 })
    await expect(roleOf(guest)).toHaveText('Viewer')
    await site.start()
    for (const page of [guest, manager]) await expect(page.getByText(lost)).toBeHidden({ timeout: 30_000 })
    await giveRole(manager, 'Wei Lin', 'Viewer', 'Speaker')
    await expect(roleOf(guest)).toHaveText('Speaker')
    await expect(manager.getByText('Seen', { exact: true })).toBeVisible()
  })
}

test('a new role counts as seen, though the server was out of reach when the page said so', { tag: '@night' }, async ({ site }) => {
  const { manager } = site
  await makeRoom(manager, 'Garden council')
  const guest = await guestOf(site)
  await startSession(manager)
  await guest.getByRole('button', { name: 'Enter as Viewer' }).click()
  await expect(manager.getByRole('region', { name: 'People' }).getByText('In the room', { exact: true })).toBeVisible()
  let failed = 0
  await guest.route('**/graphql', (route) => (route.request().postData()?.includes('mutation AcknowledgeRole') && failed++ === 0 ? route.abort('connectionrefused') : route.continue()))
  await giveRole(manager, 'Wei Lin', 'Viewer', 'Speaker')
  await expect(roleOf(guest)).toHaveText('Speaker')
  await expect(manager.getByText('Seen', { exact: true })).toBeVisible()
  expect(failed).toBeGreaterThan(1)
})

test('a page that reads again while the server is gone keeps what it shows, and says so', { tag: '@night' }, async ({ site }) => {
  const { manager } = site
  await makeRoom(manager, 'Garden council')
  const guest = await guestOf(site)
  await startSession(manager)
  await expect(guest.getByRole('button', { name: 'Enter as Viewer' })).toBeVisible()

  // Both pages read again, as after a link was redeemed in another tab. Their requests are held until the server is gone.
  const held: { page: Page; release: () => void }[] = []
  for (const page of [guest, manager]) {
    await page.route('**/graphql', async (route) => {
      await new Promise<void>((release) => held.push({ page, release }))
      await route.abort('connectionrefused')
    })
    await page.evaluate(() => {
      const channel = new BroadcastChannel('usher.places')
      // A channel has no target origin.
      // oxlint-disable-next-line unicorn/require-post-message-target-origin
      channel.postMessage(null)
    })
  }
  await expect.poll(() => new Set(held.map(({ page }) => page)).size).toBe(2)
  await site.stop('SIGKILL')
  for (const { release } of held) release()
  for (const page of [guest, manager]) {
    await expect(page.getByText(lost)).toBeVisible({ timeout: 30_000 })
    await expect(page.getByRole('heading', { name: 'Garden council' })).toBeVisible()
    await page.unroute('**/graphql')
  }
  await site.start()
  for (const page of [guest, manager]) await expect(page.getByText(lost)).toBeHidden({ timeout: 30_000 })
  await expect(guest.getByRole('button', { name: 'Enter as Viewer' })).toBeVisible()
})

test('a page without subscriptions says that the server is gone, and when it is back', { tag: '@night' }, async ({ site }) => {
  const { manager } = site
  await makeRoom(manager, 'Garden council')
  await manager.goto('/')
  const room = manager.getByRole('link', { name: 'Garden council' })
  await expect(room).toBeVisible()
  await site.stop('SIGKILL')
  await room.click()
  await expect(manager.getByText(lost)).toBeVisible()
  await site.start()
  await expect(manager.getByText(lost)).toBeHidden({ timeout: 30_000 })
  await expect(manager.getByRole('button', { name: 'Start session' })).toBeVisible()
})

test('a guest who reconnects later sees what the manager changed meanwhile', async ({ site }) => {
  const { manager } = site
  await makeRoom(manager, 'Garden council')
  const guest = await guestOf(site)
  await startSession(manager)
  await guest.getByRole('button', { name: 'Enter as Viewer' }).click()
  await expect(roleOf(guest)).toHaveText('Viewer')

  // The line of the guest alone is cut while the server goes and comes back.
  await guest.context().setOffline(true)
  await site.stop('SIGKILL')
  await expect(guest.getByText(lost)).toBeVisible({ timeout: 30_000 })
  await site.start()
  await expect(manager.getByText(lost)).toBeHidden({ timeout: 30_000 })
  await giveRole(manager, 'Wei Lin', 'Viewer', 'Speaker')
  await expect(manager.getByText('Will apply when they return')).toBeVisible()
  await manager.reload()
  await expect(manager.getByText('Will apply when they return')).toBeVisible()
  await expect(roleOf(guest)).toHaveText('Viewer')

  await guest.context().setOffline(false)
  await expect(guest.getByText('Amina Ruth made you a Speaker.').first()).toBeVisible()
  await expect(roleOf(guest)).toHaveText('Speaker')
  await expect(guest.getByText(lost)).toBeHidden()
  await expect(manager.getByText('Will apply when they return')).toBeHidden()
})
