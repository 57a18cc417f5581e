import type { Page } from '@playwright/test'
import { act, createRoom, inviteTo, type MadeRoom } from './api'
import { expectAccessible, redeem, tools } from './people'
import { expect, type Site, test } from './site'

// How people ask for a role by a raised hand, and how it is answered.

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

const raise = (page: Page) => page.getByRole('button', { name: 'Raise hand' })
const dialog = (page: Page) => page.getByRole('dialog', { name: 'Ask to speak' })
const hands = (page: Page) => page.getByRole('region', { name: /^Raised hands/ })

test('a viewer raises a hand with the keyboard alone, and a moderator makes them a speaker, which opens the backchannel', async ({ site }) => {
  const room = await createRoom(site.manager, 'Spring forum')
  await act(site.manager, 'startSession', { sessionId: room.session.id })
  const [noor, wei, omar] = [await enter(site, room, 'Noor Haddad'), await enter(site, room, 'Wei Lin', { phone: true }), await enter(site, room, 'Omar Aziz', { role: 'MODERATOR' })]
  await expect(raise(omar)).toHaveCount(0) // no role is above theirs

  await raise(noor).focus()
  await noor.keyboard.press('Enter')
  await expect(dialog(noor)).toBeVisible()
  await expectAccessible(noor)
  await dialog(noor).getByRole('textbox', { name: 'What is it about?' }).focus()
  await noor.keyboard.type('A balcony that faces north')
  await noor.keyboard.press('Enter')
  await expect(noor.getByRole('button', { name: /^Hand is up.*you are number 1$/ })).toBeVisible()
  await expectAccessible(noor)

  await wei.getByRole('button', { name: 'More' }).click()
  const sheet = wei.getByRole('dialog', { name: 'Wei Lin' })
  await expectAccessible(wei)
  await sheet.getByRole('button', { name: 'Raise hand' }).click()
  await expect(sheet).toHaveCount(0)
  await expect(wei.getByRole('button', { name: 'More , Hand is up, you are number 2' })).toBeVisible()

  const people = omar.getByRole('tab', { name: /^People/ })
  await expect(people).toHaveAccessibleName(/^People.*2 hands are up$/)
  await people.click()
  await expect(hands(omar).getByRole('listitem')).toHaveText([/Noor Haddad.*Asks to be Speaker.*“A balcony that faces north”/, /Wei Lin/])
  for (const width of [390, 320]) {
    await omar.setViewportSize({ width, height: 844 })
    await expectAccessible(omar)
  }
  await omar.setViewportSize({ width: 1280, height: 800 })
  await expectAccessible(omar)

  await hands(omar).getByRole('button', { name: 'Make Noor Haddad Speaker' }).focus()
  await omar.keyboard.press('Enter')
  await expect(noor.getByRole('heading', { name: /made you a Speaker/ })).toBeVisible()
  await noor.getByRole('button', { name: 'Open backchannel' }).click()
  await expect(noor.getByRole('textbox', { name: 'Only hosts and speakers read this' })).toBeVisible()
  await expect(hands(omar).getByRole('listitem')).toHaveCount(1)
  await expect(hands(omar).getByRole('button', { name: 'Not now, Wei Lin' })).toHaveCount(1)

  // Those who are declined are told, and may ask once more.
  await hands(omar).getByRole('button', { name: 'Not now, Wei Lin' }).click()
  await expect(wei.getByText('The hosts declined your request. You can ask once more.')).toBeVisible()
  await expect(hands(omar).getByRole('listitem')).toHaveCount(0)
  await expect(people).toHaveAccessibleName('People')
  await wei.getByRole('button', { name: 'More' }).click()
  await sheet.getByRole('button', { name: 'Raise hand' }).click()
  await hands(omar).getByRole('button', { name: 'Not now, Wei Lin' }).click()
  await wei.getByRole('button', { name: 'More' }).click()
  await expect(sheet.getByText('The hosts declined your request twice. You cannot ask again in this session.')).toBeVisible()
  await expect(sheet.getByRole('button', { name: 'Raise hand' })).toHaveCount(0)
})

test('people react, on the phone too, and everyone sees how many did', { tag: '@night' }, async ({ site }) => {
  const room = await createRoom(site.manager, 'Spring forum')
  await act(site.manager, 'startSession', { sessionId: room.session.id })
  const [noor, wei] = [await enter(site, room, 'Noor Haddad'), await enter(site, room, 'Wei Lin', { phone: true })]
  const now = (page: Page) => page.getByRole('list', { name: 'Reactions now' })
  await noor.emulateMedia({ reducedMotion: 'reduce' })
  await noor.getByRole('button', { name: 'React' }).click()
  const reactions = noor.getByRole('dialog', { name: 'React' })
  await expectAccessible(noor)
  for (let times = 0; times < 3; times += 1) await reactions.getByRole('button', { name: 'Clap' }).press('Enter')
  await expect(now(noor)).toHaveText(/Clap: \d/)
  await expectAccessible(noor)
  await expect(now(wei)).toHaveText(/Clap: \d/)
  await expect(now(wei)).toHaveCount(0, { timeout: 15_000 })
  await wei.getByRole('button', { name: 'More' }).click()
  await wei.getByRole('dialog', { name: 'Wei Lin' }).getByRole('button', { name: 'Love it' }).click()
  await expect(now(noor)).toHaveText(/Love it: 1/)
})

test('a hand is lowered by its owner, or with all others', { tag: '@night' }, async ({ site }) => {
  const room = await createRoom(site.manager, 'Spring forum')
  await act(site.manager, 'startSession', { sessionId: room.session.id })
  const [noor, omar] = [await enter(site, room, 'Noor Haddad'), await enter(site, room, 'Omar Aziz', { role: 'MODERATOR' })]
  await omar.getByRole('tab', { name: /^People/ }).click()
  const up = async () => {
    await raise(noor).click()
    await dialog(noor).getByRole('button', { name: 'Raise hand' }).click()
    await expect(hands(omar).getByRole('listitem')).toHaveCount(1)
  }
  await up()
  await noor.reload()
  await noor.getByRole('button', { name: /^Hand is up/ }).click()
  await noor.getByRole('button', { name: 'Lower hand' }).click()
  await expect(hands(omar).getByRole('listitem')).toHaveCount(0)
  await up()
  await hands(omar).getByRole('button', { name: 'Lower all' }).click()
  await expect(raise(noor)).toBeVisible()
  await expect(noor.getByText('A host lowered all hands.')).toBeVisible()
})
