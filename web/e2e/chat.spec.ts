import type { Page } from '@playwright/test'
import { act, createRoom, inviteTo, type MadeRoom } from './api'
import { byDay } from './nightly'
import { partOf, takeAway } from './parts'
import { expectAccessible, giveRole, redeem, tools } from './people'
import { expect, type Site, test } from './site'

// What people write to each other in the room.

const field = (page: Page) => page.getByRole('textbox', { name: 'To everyone in the room' })
const list = (page: Page) => page.getByRole('group', { name: 'Chat, newest last' })

const backList = (page: Page) => page.getByRole('group', { name: 'Backchannel, newest last' })
const back = (page: Page) => page.getByRole('textbox', { name: 'Only hosts and speakers read this' })

interface How {
  phone?: boolean
  role?: 'VIEWER' | 'SPEAKER' | 'MODERATOR'
}

async function enter(site: Site, room: MadeRoom, name: string, { phone, role }: How = {}): Promise<Page> {
  const { link, email } = await inviteTo(site.manager, room, `${name.split(' ')[0]?.toLowerCase()}@example.org`, name, role)
  const page = await site.person({ phone })
  await redeem(page, link, email)
  await page.getByRole('button', { name: /^Enter as/ }).click()
  await expect(tools(page)).toBeVisible()
  return page
}

async function write(page: Page, text: string) {
  await field(page).fill(text)
  await field(page).press('Enter')
}

test('people write to each other, answer, edit and delete; a host pins, hides and undoes it', { tag: '@night' }, async ({ site }) => {
  const room = await createRoom(site.manager, 'Spring forum')
  await act(site.manager, 'startSession', { sessionId: room.session.id })
  const noor = await enter(site, room, 'Noor Haddad')
  const wei = await enter(site, room, 'Wei Lin', { phone: true })
  await write(noor, 'The seeds: https://example.org/seeds. javascript:alert(1)')
  await expect(list(wei).getByRole('link', { name: 'example.org/seeds' })).toHaveAttribute('rel', 'noopener noreferrer nofollow ugc')
  await expect(list(wei).getByRole('link')).toHaveCount(1)
  await expect(list(noor).getByText('Sending…')).toHaveCount(0)
  await expect(list(noor).getByText('The seeds:')).toHaveCount(1)

  await list(wei).getByRole('button', { name: 'Reply to Noor Haddad' }).click()
  await write(wei, 'Thank you')
  await expect(list(noor).getByText('to Noor Haddad:')).toBeVisible()
  await expect(list(wei).getByRole('button', { name: 'More for the message of Wei Lin' })).toBeVisible() // it came back with an event
  await field(wei).press('ArrowUp')
  await expect(field(wei)).toHaveValue('Thank you')
  await write(wei, 'Thank you, Noor')
  await expect(list(noor).getByText('Thank you, Noor')).toBeVisible()
  await expectAccessible(noor)

  await site.manager.goto(`/rooms/${room.id}`)
  await site.manager.getByRole('link', { name: 'Enter room' }).click()
  const { manager } = site
  const choose = async (name: string, item: string) => {
    await list(manager).getByRole('button', { name: `More for the message of ${name}` }).click()
    await manager.getByRole('menuitem', { name: item, exact: true }).click()
  }
  await choose('Noor Haddad', 'Pin')
  await expect(wei.locator('.hall').getByRole('link', { name: 'example.org/seeds' })).toBeVisible()
  await choose('Wei Lin', 'Hide message')
  await expect(list(noor).getByText('Hidden by a moderator')).toBeVisible()
  await expect(list(wei).getByText('A moderator has hidden this. Only you see it.')).toBeVisible()
  await manager.getByRole('button', { name: 'Undo' }).click()
  await expect(list(noor).getByText('Thank you, Noor')).toBeVisible()
  await choose('Wei Lin', 'Pause writing until the session ends')
  await expect(wei.getByRole('tabpanel', { name: 'Chat' }).getByText('A moderator has paused your writing until the session ends.')).toBeVisible()
})

test('a message that comes while the page still reads the chat is there, however old the answer is', { tag: '@night' }, async ({ site }) => {
  const room = await createRoom(site.manager, 'Spring forum')
  await act(site.manager, 'startSession', { sessionId: room.session.id })
  const [noor, omar] = await Promise.all([enter(site, room, 'Noor Haddad'), enter(site, room, 'Omar Aziz')])
  const answers: (() => Promise<void>)[] = []
  await omar.route('**/graphql', async (route) => {
    if (!route.request().postData()?.includes('query Messages(')) return route.continue()
    const response = await route.fetch()
    answers.push(() => route.fulfill({ response }))
  })
  await omar.reload()
  await expect.poll(() => answers.length).toBe(1)
  await write(noor, 'Good morning')
  await expect(omar.getByRole('status').filter({ hasText: 'Good morning' })).toBeAttached() // the event has come
  await answers[0]?.()
  await expect(list(omar).getByText('Good morning')).toBeVisible()
})

test('a message of one’s own is there once, though its event comes before the answer', { tag: '@night' }, async ({ site }) => {
  const room = await createRoom(site.manager, 'Spring forum')
  await act(site.manager, 'startSession', { sessionId: room.session.id })
  const [noor, omar] = await Promise.all([enter(site, room, 'Noor Haddad'), enter(site, room, 'Omar Aziz')])
  const answers: (() => Promise<void>)[] = []
  await noor.route('**/graphql', async (route) => {
    if (!route.request().postData()?.includes('mutation SendMessage(')) return route.continue()
    const response = await route.fetch()
    answers.push(() => route.fulfill({ response }))
  })
  await write(noor, 'Good morning')
  await expect(list(omar).getByText('Good morning')).toBeVisible()
  await write(omar, 'Good morning, Noor')
  await expect(list(noor).getByText('Good morning, Noor')).toBeVisible() // her own event has come before
  await expect(list(noor).getByText('Good morning', { exact: true })).toHaveCount(1)
  await expect(list(noor).getByText('Sending…')).toBeVisible()
  await answers[0]?.()
  await expect(list(noor).getByText('Sending…')).toHaveCount(0)
  await expect(list(noor).getByText('Good morning', { exact: true })).toHaveCount(1)
})

test('a promotion opens the backchannel, and a demotion closes it', async ({ site }) => {
  const room = await createRoom(site.manager, 'Spring forum')
  await act(site.manager, 'startSession', { sessionId: room.session.id })
  const noor = await enter(site, room, 'Noor Haddad')
  await site.manager.goto(`/rooms/${room.id}`)
  await giveRole(site.manager, 'Noor Haddad', 'Viewer', 'Speaker')
  await noor.getByRole('button', { name: 'Open backchannel' }).click()
  await back(noor).fill('We begin in a minute')
  await back(noor).press('Enter')
  await expect(noor.getByText('We begin in a minute')).toBeVisible()
  await expectAccessible(noor)
  await noor.reload()
  await noor.getByRole('tab', { name: /^Back/ }).click()
  await expect(noor.getByText('We begin in a minute')).toBeVisible()
  await giveRole(site.manager, 'Noor Haddad', 'Speaker', 'Viewer')
  await expect(noor.getByRole('tab', { name: /^Back/ })).toHaveCount(0)
  await expect(noor.getByText('We begin in a minute')).toHaveCount(0)
  await expect(field(noor)).toBeVisible()
})

test('viewer, speaker, moderator and manager talk, one of them with the keyboard alone', async ({ site }) => {
  const room = await createRoom(site.manager, 'Spring forum')
  await act(site.manager, 'startSession', { sessionId: room.session.id })
  const [viewer, speaker, moderator] = await Promise.all([enter(site, room, 'Noor Haddad'), enter(site, room, 'Wei Lin', { role: 'SPEAKER' }), enter(site, room, 'Omar Aziz', { role: 'MODERATOR' })])
  const { manager } = site
  await manager.goto(`/rooms/${room.id}`)
  await manager.getByRole('link', { name: 'Enter room' }).click()
  await expect(tools(manager)).toBeVisible()
  const everyone = [viewer, speaker, moderator, manager]

  await write(viewer, 'Will there be a recording?')
  for (const page of everyone) await expect(list(page).getByText('Will there be a recording?')).toBeVisible()

  // The speaker never touches the mouse.
  const { keyboard } = speaker
  const tab = (name: string) => speaker.getByRole('tab', { name: new RegExp(`^${name}`) })
  for (let press = 0; press < 5 && !(await tab('Chat').evaluate((element) => element === document.activeElement)); press++) await keyboard.press('F6')
  await expect(tab('Chat')).toBeFocused()
  await keyboard.press('ArrowRight')
  await expect(tab('Back')).toBeFocused()
  await keyboard.press('F6')
  await expect(back(speaker)).toBeFocused()
  await keyboard.type('Shall we say yes?')
  await keyboard.press('Enter')
  for (const page of [moderator, manager]) {
    await page.getByRole('tab', { name: /^Back/ }).click()
    await expect(backList(page).getByText('Shall we say yes?')).toBeVisible()
  }
  await expect(viewer.getByRole('tab', { name: /^Back/ })).toHaveCount(0)
  await back(manager).fill('Yes')
  await back(manager).press('Enter')
  await expect(backList(speaker).getByText('Yes', { exact: true })).toBeVisible()
  await keyboard.press('Shift+F6')
  await keyboard.press('ArrowLeft')
  await keyboard.press('F6')
  await expect(field(speaker)).toBeFocused()
  await keyboard.press('Shift+Tab')
  await expect(list(speaker).getByRole('button', { name: 'More for the message of Noor Haddad' })).toBeFocused()
  await keyboard.press('Shift+Tab')
  await keyboard.press('Enter')
  await expect(field(speaker)).toBeFocused()
  await keyboard.type('Yes, tomorow')
  await keyboard.press('Enter')
  await expect(list(speaker).getByRole('button', { name: 'More for the message of Wei Lin' })).toBeAttached() // it came back with an event
  await keyboard.press('ArrowUp')
  await expect(field(speaker)).toHaveValue('Yes, tomorow')
  for (let back = 0; back < 2; back++) await keyboard.press('ArrowLeft')
  await keyboard.type('r')
  await keyboard.press('Enter')
  await expect(list(viewer).getByText('Yes, tomorrow')).toBeVisible()
  await expect(list(viewer).getByText('to Noor Haddad: Will there be')).toBeVisible()

  await expectAccessible(moderator)
  await moderator.getByRole('tab', { name: 'Chat' }).click()
  await expectAccessible(moderator)
  for (const width of byDay([390, 320], () => false)) {
    await moderator.setViewportSize({ width, height: 844 })
    await expectAccessible(moderator)
  }
})

test('a moderator sets who writes and how often, clears the chat and undoes it, and ends a pause', { tag: '@night' }, async ({ site }) => {
  const room = await createRoom(site.manager, 'Spring forum')
  await act(site.manager, 'startSession', { sessionId: room.session.id })
  const [noor, omar] = await Promise.all([enter(site, room, 'Noor Haddad'), enter(site, room, 'Omar Aziz', { role: 'MODERATOR' })])
  const set = async (item: string, role: 'menuitem' | 'menuitemradio' = 'menuitemradio') => {
    await omar.getByRole('button', { name: 'Chat settings' }).click()
    await omar.getByRole(role, { name: item, exact: true }).click()
  }
  await expect(noor.getByRole('button', { name: 'Chat settings' })).toHaveCount(0)
  await write(noor, 'Good morning')
  await expect(list(omar).getByText('Good morning')).toBeVisible()

  await field(noor).fill('One more thing')
  await set('Only hosts and speakers')
  await expect(noor.getByRole('tabpanel', { name: 'Chat' }).getByText('Only hosts and speakers can write now.')).toBeVisible()
  await expect(list(noor)).toBeFocused()
  await expect(field(omar)).toBeVisible()
  await set('Nobody')
  await expect(noor.getByRole('tabpanel', { name: 'Chat' }).getByText('The chat is off. You can read what was written.')).toBeVisible()
  await expect(field(omar)).toHaveCount(0)
  await set('Everyone')
  await expect(field(noor)).toHaveValue('One more thing')

  await set('One message every 5 min')
  await expect(noor.getByText('Slow mode: one message every 5 min')).toBeVisible()
  await noor.getByRole('button', { name: 'Send', exact: true }).click() // the server counts the first message too
  await expect(noor.getByRole('button', { name: /^Send in \d+ s$/ })).toBeVisible()
  await expect(field(noor)).toHaveValue('One more thing')
  await expect(list(noor).getByText('One more thing')).toHaveCount(0)
  await set('Off')
  await expect(noor.getByText(/^Slow mode/)).toHaveCount(0)

  await set('Clear the chat', 'menuitem')
  for (const page of [noor, omar]) await expect(list(page).getByText('Nobody has written yet')).toBeVisible()
  await omar.getByRole('button', { name: 'Undo' }).click()
  for (const page of [noor, omar]) await expect(list(page).getByText('Good morning')).toBeVisible()

  const choose = async (item: string) => {
    await list(omar).getByRole('button', { name: 'More for the message of Noor Haddad' }).click()
    await omar.getByRole('menuitem', { name: item }).click()
  }
  await choose('Pause writing for 10 minutes')
  await expect(field(noor)).toHaveCount(0)
  await choose('Let them write again')
  await expect(field(noor)).toHaveValue('One more thing')
})

test('a menu of the chat that cannot be loaded says so, and what was typed stays', { tag: '@night' }, async ({ site }) => {
  const room = await createRoom(site.manager, 'Spring forum')
  await act(site.manager, 'startSession', { sessionId: room.session.id })
  const [noor, omar] = await Promise.all([enter(site, room, 'Noor Haddad'), enter(site, room, 'Omar Aziz', { role: 'MODERATOR' })])
  await write(noor, 'Good morning')
  await field(omar).fill('Welcome')
  const missing = omar.getByRole('dialog', { name: 'Usher was updated' })
  const more = omar.getByRole('button', { name: 'More for the message of Noor Haddad' })
  const without = async (part: string, open: () => Promise<void>) => {
    const bringBack = await takeAway(omar, partOf(part))
    await open()
    await missing.getByRole('button', { name: 'Close' }).click()
    await expect(missing).toBeHidden()
    await expect(field(omar), part).toHaveValue('Welcome')
    await bringBack()
  }
  await without('ChannelMenu', () => omar.getByRole('button', { name: 'Chat settings' }).click())
  await without('MessageMenu', () => more.click())
  await omar.reload()
  await field(omar).fill('Welcome')
  await without('HideAll', async () => {
    await more.click()
    await omar.getByRole('menuitem', { name: 'Hide all of their messages' }).click()
  })
})
