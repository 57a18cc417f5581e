import type { Page } from '@playwright/test'
import { act, createRoom, inviteTo, type MadeRoom } from './api'
import { expectAccessible, giveRole, redeem, tools } from './people'
import { expect, type Site, test } from './site'

// What people write to each other in the room.

const field = (page: Page) => page.getByRole('textbox', { name: 'To everyone in the room' })
const list = (page: Page) => page.getByRole('group', { name: 'Chat, newest last' })

async function enter(site: Site, room: MadeRoom, name: string, phone = false): Promise<Page> {
  const { link, email } = await inviteTo(site.manager, room, `${name.split(' ')[0]?.toLowerCase()}@example.org`, name)
  const page = await site.person({ phone })
  await redeem(page, link, email)
  await page.getByRole('button', { name: 'Enter as Viewer', exact: true }).click()
  await expect(tools(page)).toBeVisible()
  return page
}

async function write(page: Page, text: string) {
  await field(page).fill(text)
  await field(page).press('Enter')
}

test('people write to each other, answer, edit and delete; a host pins, hides and undoes it', async ({ site }) => {
  const room = await createRoom(site.manager, 'Spring forum')
  await act(site.manager, 'startSession', { sessionId: room.session.id })
  const noor = await enter(site, room, 'Noor Haddad')
  const wei = await enter(site, room, 'Wei Lin', true)
  await write(noor, 'The seeds: https://example.org/seeds. javascript:alert(1)')
  await expect(list(wei).getByRole('link', { name: 'example.org/seeds' })).toHaveAttribute('rel', 'noopener noreferrer nofollow ugc')
  await expect(list(wei).getByRole('link')).toHaveCount(1)
  await expect(list(noor).getByText('Sending…')).toHaveCount(0)
  await expect(list(noor).getByText('The seeds:')).toHaveCount(1)

  await list(wei).getByRole('button', { name: 'Reply to Noor Haddad' }).click()
  await write(wei, 'Thank you')
  await expect(list(noor).getByText('to Noor Haddad:')).toBeVisible()
  await expect(list(wei).getByText('You', { exact: true })).toBeVisible() // it came back with an event
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
  await expect(wei.getByText('A moderator has paused your writing until the session ends.')).toBeVisible()
})

test('a promotion opens the backchannel, and a demotion closes it', async ({ site }) => {
  const room = await createRoom(site.manager, 'Spring forum')
  await act(site.manager, 'startSession', { sessionId: room.session.id })
  const noor = await enter(site, room, 'Noor Haddad')
  await site.manager.goto(`/rooms/${room.id}`)
  await giveRole(site.manager, 'Noor Haddad', 'Viewer', 'Speaker')
  await noor.getByRole('button', { name: 'Open backchannel' }).click()
  const back = noor.getByRole('textbox', { name: 'Only hosts and speakers read this' })
  await back.fill('We begin in a minute')
  await back.press('Enter')
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
