import type { Page } from '@playwright/test'
import { byDay } from './nightly'
import { copyLink, giveRole, invite, leave, makeRoom, redeem, roleOf, startSession } from './people'
import { expect, type Site, test } from './site'

// Networks that block WebSockets. Everything is as live as elsewhere, over a stream of events.

test.use({ proxied: true })

const bar = (page: Page) => page.locator('.connection-bar')

/** Counts the WebSockets and the streams of events that a page has opened. */
function lines(page: Page) {
  const count = { sockets: 0, streams: 0 }
  page.on('websocket', () => (count.sockets += 1))
  page.on('request', (request) => {
    if (request.headers()['accept'] === 'text/event-stream') count.streams += 1
  })
  return count
}

/** Invites, and opens the link as the guest. */
async function guestOf(site: Site): Promise<Page> {
  const link = await invite(site.manager, 'wei@example.org', 'Wei', 'Lin', 'Viewer')
  const guest = await site.person({ phone: true })
  await redeem(guest, link, 'wei@example.org')
  return guest
}

for (const way of byDay(['refuse', 'swallow'] as const, (one) => one === 'refuse')) {
  test(`a manager and a guest meet live where a proxy does this with WebSockets: ${way}`, async ({ site }) => {
    const { manager, proxy } = site
    proxy.become(way)
    await makeRoom(manager, 'Garden council')
    const guest = await guestOf(site)
    await expect(guest.getByText('You’re all set, Wei Lin')).toBeVisible()
    await startSession(manager)
    await expect(guest.getByRole('button', { name: 'Enter as Viewer' })).toBeVisible()
    await guest.getByRole('button', { name: 'Enter as Viewer' }).click()
    await expect(roleOf(guest)).toHaveText('Viewer')
    await expect(manager.getByRole('region', { name: 'People' }).getByText('In the room', { exact: true })).toBeVisible()
    await giveRole(manager, 'Wei Lin', 'Viewer', 'Moderator')
    await expect(roleOf(guest)).toHaveText('Moderator')
    await expect(guest.getByText('Amina Ruth made you a Moderator.').first()).toBeVisible()
    await expect(manager.getByText('Seen', { exact: true })).toBeVisible()
    for (const page of [guest, manager]) await expect(bar(page)).toBeHidden()
    await leave(guest)
    await expect(guest.getByRole('button', { name: 'Enter as Moderator' })).toBeVisible()
    await expect(manager.getByRole('region', { name: 'People' }).getByText('Left', { exact: true })).toBeVisible()

    // Who loses the place is told over the stream too, and a server that starts again is found again.
    await site.restart()
    await giveRole(manager, 'Wei Lin', 'Moderator', 'Speaker')
    await expect(guest.getByRole('button', { name: 'Enter as Speaker' })).toBeVisible({ timeout: 40_000 })
    await manager.getByRole('button', { name: 'Wei Lin', exact: true }).click()
    await manager.getByRole('button', { name: 'Revoke' }).click()
    await manager.getByRole('alertdialog').getByRole('button', { name: 'Revoke' }).click()
    await expect(guest.getByRole('heading', { name: 'This invitation was withdrawn' })).toBeVisible({ timeout: 40_000 })
  })
}

test('a page changes its kind of connection and back, without missing or repeating an event', { tag: '@night' }, async ({ site }) => {
  const { manager, proxy } = site
  await makeRoom(manager, 'Garden council')
  const guest = await guestOf(site)
  await startSession(manager)
  await guest.getByRole('button', { name: 'Enter as Viewer' }).click()
  await expect(roleOf(guest)).toHaveText('Viewer')
  const activity = manager.getByRole('region', { name: 'Activity' })
  let made = 0
  const change = async (from: 'Viewer' | 'Speaker', to: 'Viewer' | 'Speaker') => {
    await giveRole(manager, 'Wei Lin', from, to)
    made += 1
    await expect(roleOf(guest)).toHaveText(to === 'Speaker' ? 'Speaker' : 'Viewer')
    await expect(activity.getByText(/made Wei Lin|Wei Lin is/)).toHaveCount(made)
  }
  const seen = lines(guest)
  await change('Viewer', 'Speaker')
  // The server was upgraded meanwhile, so an open page can load no other part of its app.
  for (const page of [guest, manager]) await page.route('**/assets/**', (route) => route.fulfill({ status: 404 }))
  proxy.become('refuse')
  await change('Speaker', 'Viewer')
  await expect.poll(() => seen.streams).toBeGreaterThan(0)
  proxy.become('swallow')
  await change('Viewer', 'Speaker')
  // The way is free again. The page looks for that now and then, and at once when the network changes.
  proxy.become('pass')
  const before = seen.sockets
  for (const page of [guest, manager]) await page.evaluate(() => window.dispatchEvent(new Event('online')))
  await change('Speaker', 'Viewer')
  await expect.poll(() => seen.sockets).toBeGreaterThan(before)
  // The stream ends once the WebSocket has proved itself. Then nothing is open for long over plain HTTP.
  await expect.poll(() => proxy.mostOpen(), { timeout: 40_000, intervals: [1_000] }).toBe(0)
  await change('Viewer', 'Speaker')
  for (const page of [guest, manager]) await expect(bar(page)).toBeHidden()
})

test('where frames vanish on WebSockets that worked, all stays live to the end of the session and in the next one', { tag: '@night' }, async ({ site }) => {
  const { manager, proxy } = site
  await makeRoom(manager, 'Garden council')
  const first = await guestOf(site)
  await startSession(manager)
  await first.getByRole('button', { name: 'Enter as Viewer' }).click()
  await expect(roleOf(first)).toHaveText('Viewer')
  await expect(manager.getByRole('region', { name: 'People' }).getByText('In the room', { exact: true })).toBeVisible() // a row that moves takes its menu along
  proxy.become('mute')
  await giveRole(manager, 'Wei Lin', 'Viewer', 'Speaker')
  await expect(roleOf(first)).toHaveText('Speaker', { timeout: 40_000 })
  await expect(manager.getByText('Seen', { exact: true })).toBeVisible({ timeout: 40_000 })
  await manager.getByRole('button', { name: 'End session' }).click()
  await manager.getByRole('alertdialog').getByRole('button', { name: 'End session' }).click()
  await expect(first.getByRole('heading', { name: 'The session has ended' })).toBeVisible()

  await manager.getByRole('button', { name: 'New session' }).click()
  await manager.getByRole('dialog').getByRole('button', { name: 'Plan session' }).click()
  const again = manager.waitForResponse((response) => response.request().postData()?.includes('inviteUsers') ?? false)
  await manager.getByRole('button', { name: 'Invite them again' }).click()
  await again
  const second = await site.person()
  await redeem(second, await copyLink(manager, 'Wei Lin'), 'wei@example.org')
  await expect(second.getByText('You’re all set, Wei Lin')).toBeVisible()
  await startSession(manager)
  await second.getByRole('button', { name: 'Enter as Viewer' }).click()
  await expect(roleOf(second)).toHaveText('Viewer')
  await giveRole(manager, 'Wei Lin', 'Viewer', 'Moderator')
  await expect(roleOf(second)).toHaveText('Moderator')
  for (const page of [second, manager]) await expect(bar(page)).toBeHidden()
})

test('many tabs with streams leave connections for commands', { tag: '@night' }, async ({ site }) => {
  const { manager, proxy } = site
  await makeRoom(manager, 'Garden council')
  const guest = await guestOf(site)
  proxy.become('refuse')
  const tabs = [manager]
  for (let i = 0; i < 7; i++) {
    const tab = await manager.context().newPage()
    await tab.goto(manager.url())
    await expect(tab.getByRole('heading', { name: 'Garden council' })).toBeVisible()
    tabs.push(tab)
  }
  await startSession(tabs[7] ?? manager)
  await expect(guest.getByRole('button', { name: 'Enter as Viewer' })).toBeVisible()
  await guest.getByRole('button', { name: 'Enter as Viewer' }).click()
  for (const tab of tabs) {
    await expect(tab.getByRole('region', { name: 'People' }).getByText('In the room', { exact: true })).toBeVisible({ timeout: 40_000 })
    await expect(bar(tab)).toBeHidden()
  }
})

test('where a proxy delays live updates, the page says so and polls for changes', { tag: '@night' }, async ({ site }) => {
  const { manager, proxy } = site
  await makeRoom(manager, 'Garden council')
  const guest = await guestOf(site)
  await expect(guest.getByText('You’re all set, Wei Lin')).toBeVisible()
  proxy.become('hold')
  for (const page of [guest, manager]) {
    await expect(bar(page)).toHaveText('This network holds live updates back. This page looks for changes every 20 seconds.', { timeout: 60_000 })
  }
  await startSession(manager)
  await expect(guest.getByRole('button', { name: 'Enter as Viewer' })).toBeVisible({ timeout: 40_000 })
  await guest.getByRole('button', { name: 'Enter as Viewer' }).click()
  await expect(roleOf(guest)).toHaveText('Viewer')
  proxy.become('refuse')
  for (const page of [guest, manager]) await expect(bar(page)).toBeHidden({ timeout: 80_000 })
  await giveRole(manager, 'Wei Lin', 'Viewer', 'Speaker')
  await expect(roleOf(guest)).toHaveText('Speaker')
})
