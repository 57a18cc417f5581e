import type { Page } from '@playwright/test'
import { act, actAs, createRoom, inMinutes, inviteTo, redeemAlone } from './api'
import { partOf, takeAway } from './parts'
import { expectAccessible } from './people'
import { expect, test } from './site'

// What a manager reads about a session: in numbers, its polls, and who was there from when to when.

async function openSummary(manager: Page) {
  await manager.getByRole('button', { name: 'More for this room' }).click()
  await manager.getByRole('menuitem', { name: 'Summary' }).click()
  const dialog = manager.getByRole('dialog', { name: 'Summary' })
  await expect(dialog.getByText('Most at once')).toBeVisible()
  return dialog
}

const number = (page: Page, name: string) => page.getByRole('term').filter({ hasText: name }).locator('xpath=following-sibling::dd')

test('a manager reads the summary of this session and of an earlier one', async ({ site }) => {
  const room = await createRoom(site.manager, 'Spring forum')
  const { manager } = site
  await act(manager, 'startSession', { sessionId: room.session.id })
  const guests = []
  for (const name of ['Noor Haddad', 'Wei Lin', 'Mona Host']) {
    const guest = await redeemAlone(site, await inviteTo(manager, room, `${name.split(' ')[0]?.toLowerCase()}@example.org`, name))
    await actAs(site, guest, 'enterRoom', { roomId: room.id })
    guests.push(guest)
  }
  await redeemAlone(site, await inviteTo(manager, room, 'kit@example.org', 'Kit Ito'))
  const question = 'Which day suits you? '.repeat(14).trim() // 293 of 300 characters
  await act(manager, 'createInteraction', { input: { roomId: room.id, key: 'the-key-of-the-first-poll', interaction: { kind: 'CHOICE', title: question, options: [{ text: 'Monday' }, { text: 'Friday' }], named: true } } })

  await manager.goto(`/rooms/${room.id}`)
  await manager.getByRole('link', { name: 'Enter room' }).click()
  await manager.getByRole('textbox', { name: 'To everyone in the room' }).fill('Welcome')
  await manager.keyboard.press('Enter')
  await manager.getByRole('tab', { name: /^Polls/ }).click()
  await manager.getByRole('button', { name: 'Start', exact: true }).click()
  const panel = manager.getByRole('tabpanel', { name: /^Polls/ })
  await panel.getByLabel('Friday').check()
  await panel.getByRole('button', { name: 'Send', exact: true }).click()
  await expect(panel.getByText('Sent. You can change it until the poll closes.')).toBeVisible()
  await actAs(site, guests[0] ?? { id: '', bearer: '' }, 'leaveRoom', { roomId: room.id })

  await manager.goto(`/rooms/${room.id}`)
  let dialog = await openSummary(manager)
  await expect(number(manager, 'Came')).toHaveText('4 (4 invited)')
  await expect(number(manager, 'Most at once')).toHaveText('4')
  await expect(number(manager, 'Chat')).toHaveText('1 message')
  await expect(number(manager, 'Questions')).toHaveText('0')
  await expect(number(manager, 'Polls')).toHaveText('1')
  await expect(dialog.getByRole('row', { name: /Friday.*1 \(100%\)/ })).toBeVisible()
  await expect(dialog.getByRole('combobox', { name: 'Session' })).toHaveCount(0) // there is only one
  await expect(dialog.getByRole('listitem').filter({ hasText: 'Wei Lin' })).toContainText(/Since \d+:\d\d/)
  await expect(dialog.getByRole('listitem').filter({ hasText: 'Noor Haddad' })).toContainText(/\d+:\d\d.* – \d+:\d\d/)
  await expect(dialog.getByRole('listitem').filter({ hasText: 'Kit Ito' })).toContainText('Was not in the room')
  for (const [width, height] of [[1280, 800], [390, 844], [320, 640]] as const) {
    await manager.setViewportSize({ width, height })
    await expectAccessible(manager)
    expect(await dialog.evaluate((of) => of.scrollWidth - of.clientWidth)).toBeLessThanOrEqual(0)
  }
  await manager.setViewportSize({ width: 1280, height: 800 })
  await dialog.getByRole('searchbox', { name: 'Search who was there' }).fill('wei@')
  await expect(dialog.getByRole('listitem')).toHaveCount(1)
  await dialog.getByRole('searchbox', { name: 'Search who was there' }).fill('nobody of this name')
  await expect(dialog.getByText('Nobody matches.')).toBeVisible()
  await manager.keyboard.press('Escape')
  await expect(dialog).toHaveCount(0)
  await expect(manager.getByRole('button', { name: 'More for this room' })).toBeFocused()

  await act(manager, 'endSession', { sessionId: room.session.id })
  await act(manager, 'scheduleSession', { input: { roomId: room.id, startsAt: inMinutes(30) } })
  await expect(manager.getByText('Planned', { exact: true })).toBeVisible()
  dialog = await openSummary(manager)
  const session = dialog.getByRole('combobox', { name: 'Session' })
  await expect(number(manager, 'Came')).toHaveText('0 (0 invited)')
  await expect(dialog.getByText('Nobody came.')).toBeVisible()
  await session.selectOption({ label: await session.getByRole('option').filter({ hasText: 'Ended' }).innerText() }) // by the keyboard, a list of the browser
  await expect(number(manager, 'Came')).toHaveText('4 (4 invited)')
  await expect(dialog.getByText(/^Messages, questions and polls are deleted after /)).toBeVisible()
  await dialog.getByRole('button', { name: 'Export…' }).click()
  const [file] = await Promise.all([manager.waitForEvent('download'), manager.getByRole('button', { name: 'Save file' }).click()])
  expect(file.suggestedFilename()).toMatch(/^attendance-/)
})

test('without the part of the summary, the page of the room says so and stays', { tag: '@night' }, async ({ site }) => {
  const room = await createRoom(site.manager, 'Spring forum')
  const { manager } = site
  await manager.goto(`/rooms/${room.id}`)
  await takeAway(manager, partOf('SummaryDialog'))
  await manager.getByRole('button', { name: 'More for this room' }).click()
  await manager.getByRole('menuitem', { name: 'Summary' }).click()
  await manager.getByRole('dialog', { name: 'Usher was updated' }).getByRole('button', { name: 'Close' }).click()
  await expect(manager.getByRole('heading', { name: 'Spring forum' })).toBeVisible()
})
