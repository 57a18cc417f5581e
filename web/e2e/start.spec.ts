import type { Page } from '@playwright/test'
import { act, createRoom, inMinutes, inviteTo } from './api'
import { expectAccessible, leave, redeem, roleOf, tools } from './people'
import { expect, test } from './site'
import { heading, start } from './walks/walk'

// From the link to the room: the session starts while somebody waits, and one press leads in.

/** Counts the sounds that a page begins, and what its status region says, from now on. */
async function listen(page: Page) {
  await page.evaluate(() => {
    const heard = { notes: 0, said: [] as string[] }
    Object.assign(window, { heard })
    const begin = OscillatorNode.prototype.start
    OscillatorNode.prototype.start = function (at) {
      heard.notes += 1
      begin.call(this, at)
    }
    const region = document.querySelector('.visually-hidden[role=status]')
    // What was said leaves the region after a while.
    new MutationObserver(() => region?.textContent && heard.said.push(region.textContent)).observe(region as Element, { childList: true, characterData: true, subtree: true })
  })
}
const heard = (page: Page) => page.evaluate(() => (window as unknown as { heard: { notes: number; said: string[] } }).heard)

test('the session starts while a guest waits: the title, one sound, one sentence, and focus on the one button', async ({ site }) => {
  const room = await createRoom(site.manager, 'Product launch', { startsAt: inMinutes(20) })
  const kit = await inviteTo(site.manager, room, 'kit@example.net', 'Kit Ito', 'SPEAKER')
  const guest = await site.person({ phone: true })
  await redeem(guest, kit.link, kit.email)
  await expect(guest.getByText('You’re all set, Kit Ito. Keep this page open. You can enter as soon as Amina Ruth starts the session.')).toBeVisible()
  await expect(guest).toHaveTitle('Product launch · Usher')
  await expect(guest.getByText('No account needed')).toHaveCount(0)
  await listen(guest)
  await start(site.manager, room)
  const enter = guest.getByRole('button', { name: 'Enter as Speaker', exact: true })
  await expect(enter).toBeFocused()
  await expect(enter).toBeInViewport({ ratio: 1 })
  await expect(guest).toHaveTitle('▶ Product launch is live · Usher')
  await expect.poll(() => heard(guest)).toEqual({ notes: 2, said: ['Product launch is live. You can enter now.'] })
  await expectAccessible(guest)
  await guest.keyboard.press('Enter')
  await expect(tools(guest)).toBeVisible()
  await expect(guest).toHaveTitle('Product launch · Usher')
  expect((await heard(guest)).notes, 'nothing sounds again').toBe(2)
})

test('a page that nobody has touched stays silent, and what somebody types keeps the focus', { tag: '@night' }, async ({ site }) => {
  const room = await createRoom(site.manager, 'Product launch', { startsAt: inMinutes(20) })
  const kit = await inviteTo(site.manager, room, 'kit@example.net', 'Kit Ito')
  const guest = await site.person()
  // What Playwright does counts as a touch, so the page is told that there was none.
  await guest.addInitScript(() => Object.defineProperty(navigator, 'userActivation', { value: { hasBeenActive: false, isActive: false } }))
  await guest.goto(kit.link)
  await listen(guest)
  await guest.getByLabel('Your email address').focus()
  await start(site.manager, room)
  await expect(guest).toHaveTitle('▶ Product launch is live · Usher')
  await expect(guest.getByText('The session is open')).toBeVisible()
  await expect(guest.getByLabel('Your email address')).toBeFocused()
  await expect.poll(() => heard(guest)).toEqual({ notes: 0, said: ['Product launch is live.'] })
})

test('from the link to the room a guest presses three times, at any width', async ({ site }) => {
  const room = await createRoom(site.manager, 'Product launch with a title that is a good deal longer than one line of a small phone')
  await start(site.manager, room)
  for (const width of [1280, 390, 320]) {
    const guest = await site.person()
    await guest.setViewportSize({ width, height: 640 })
    // On the smallest phone the name is long too, and from right to left.
    const name = width === 320 ? 'فاطمة الزهراء بنت محمد بن عبد الرحمن الأندلسية' : 'Maximiliane-Alexandra Wolfeschlegelsteinhausenbergerdorff'
    const invited = await inviteTo(site.manager, room, `max${width}@example.net`, name)
    await guest.goto(invited.link)
    await guest.getByLabel('Your email address').click()
    await guest.keyboard.type(invited.email)
    await guest.getByRole('button', { name: 'Continue' }).click()
    await guest.getByRole('button', { name: 'Enter as Viewer' }).click()
    await expect(roleOf(guest)).toHaveText('Viewer')
    if (width < 704) await guest.getByRole('button', { name: 'More', exact: true }).click()
    const named = width < 704 ? guest.getByRole('dialog', { name }) : guest.getByRole('button', { name })
    await expect(named.getByText(name)).toHaveCSS('direction', width === 320 ? 'rtl' : 'ltr')
    const leave = await guest.getByRole('button', { name: 'Leave' }).boundingBox()
    expect(leave?.height, `Leave is one line at ${width}`).toBeLessThan(60)
    expect(await guest.evaluate(() => document.documentElement.scrollWidth), `nothing scrolls sideways at ${width}`).toBe(width)
  }
})

test('the button says whether it asks, and the answer is heard', { tag: '@night' }, async ({ site }) => {
  const room = await createRoom(site.manager, 'Product launch', { admission: 'APPROVAL' })
  const kit = await inviteTo(site.manager, room, 'kit@example.net', 'Kit Ito')
  await start(site.manager, room)
  const guest = await site.person({ phone: true })
  await redeem(guest, kit.link, kit.email)
  const ask = guest.getByRole('button', { name: 'Ask to enter as Viewer', exact: true })
  await expect(ask).toHaveAccessibleDescription('Amina Ruth admits people one by one.')
  await ask.click()
  await heading(guest, 'Waiting for Amina Ruth to let you in')
  await guest.getByRole('button', { name: 'Leave the queue' }).click()
  await ask.click()
  await heading(guest, 'Waiting for Amina Ruth to let you in')
  await listen(guest)
  await act(site.manager, 'admitAll', { roomId: room.id })
  await expect(tools(guest)).toBeVisible()
  await expect.poll(() => heard(guest)).toEqual({ notes: 2, said: ['You are in the room Product launch.'] })

  // Who was admitted once is not asked again.
  await leave(guest)
  await expect(guest.getByRole('button', { name: 'Enter as Viewer', exact: true })).toBeVisible()
})

test('a manager goes straight in, and neither Reload nor Back enters again', { tag: '@night' }, async ({ site }) => {
  const { manager } = site
  const room = await createRoom(manager, 'Product launch', { admission: 'APPROVAL' })
  await start(manager, room)
  await manager.goto(`/rooms/${room.id}`)
  await expect(manager.getByRole('button', { name: 'End session' })).toBeVisible()
  await pressEnter(manager, room.id)
  await expect(tools(manager)).toBeVisible()
  await expect(manager.getByRole('link', { name: 'Manage room' })).toBeVisible()
  await leave(manager)
  await expect(manager.getByRole('button', { name: 'Enter as Moderator', exact: true })).toBeVisible()
  await manager.reload()
  await expect(manager.getByRole('button', { name: 'Enter as Moderator', exact: true })).toBeVisible()
  await manager.getByRole('link', { name: 'Back to managing' }).click()
  await expect(manager.getByRole('button', { name: 'End session' })).toBeVisible()
  await manager.goBack()
  await expect(manager.getByRole('button', { name: 'Enter as Moderator', exact: true })).toBeVisible()
})

test('a manager who cannot go in yet sees why', { tag: '@night' }, async ({ site }) => {
  const { manager } = site
  const room = await createRoom(manager, 'Product launch')
  await manager.goto(`/rooms/${room.id}`)
  await expect(manager.getByRole('button', { name: 'Start session' })).toBeVisible()
  const answered = manager.waitForResponse((response) => response.request().postData()?.includes('enterRoom') ?? false)
  await pressEnter(manager, room.id)
  await answered
  await expect(manager.getByRole('timer')).toBeVisible()
  await start(manager, room)
  await expect(manager.getByRole('button', { name: 'Enter as Moderator', exact: true })).toBeVisible()
})

/** Goes where the button of the manager's page leads, as the app's router does. */
async function pressEnter(page: Page, roomId: string) {
  await page.evaluate((address) => {
    history.pushState({ usr: { enter: true }, key: 'enter', idx: 1 }, '', address)
    dispatchEvent(new PopStateEvent('popstate', { state: history.state }))
  }, `/rooms/${roomId}/inside`)
}
