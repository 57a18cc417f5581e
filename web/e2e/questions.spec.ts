import type { Page } from '@playwright/test'
import { act, createRoom, inviteTo, type MadeRoom } from './api'
import { expectAccessible, redeem, tools } from './people'
import { expect, type Site, test } from './site'

// What people ask in the room.

const list = (page: Page, name: string) => page.getByRole('group', { name })
const show = (page: Page, name: string) => page.getByRole('radio', { name: new RegExp(`^${name}`) }).check({ force: true })

async function enter(site: Site, room: MadeRoom, name: string, role: 'VIEWER' | 'SPEAKER' | 'MODERATOR' = 'VIEWER', phone = false): Promise<Page> {
  const { link, email } = await inviteTo(site.manager, room, `${name.split(' ')[0]?.toLowerCase()}@example.org`, name, role)
  const page = await site.person({ phone })
  await redeem(page, link, email)
  await page.getByRole('button', { name: /^Enter as/ }).click()
  await expect(tools(page)).toBeVisible()
  await page.getByRole('tab', { name: /^Q&A/ }).click()
  return page
}

test('a moderated anonymous question is published, voted for, taken, and answered privately', async ({ site }) => {
  const room = await createRoom(site.manager, 'Spring forum')
  await act(site.manager, 'startSession', { sessionId: room.session.id })
  const [noor, wei, omar] = await Promise.all([enter(site, room, 'Noor Haddad'), enter(site, room, 'Wei Lin', 'VIEWER', true), enter(site, room, 'Omar Aziz', 'MODERATOR')])
  await omar.getByRole('button', { name: 'Q&A settings' }).click()
  await omar.getByRole('menuitemradio', { name: 'Moderators publish them' }).click()

  // Noor never touches the mouse from here on.
  await noor.getByRole('button', { name: 'Ask a question' }).focus()
  await noor.keyboard.press('Enter')
  await expect(noor.getByRole('textbox', { name: 'Your question' })).toBeFocused()
  await expect(noor.getByText('Hosts look at questions before others see them.')).toBeVisible()
  await noor.keyboard.type('Do the seeds keep over winter?')
  await noor.keyboard.press('Tab')
  await noor.keyboard.press('Space')
  await expectAccessible(noor)
  await noor.keyboard.press('Tab')
  await noor.keyboard.press('Enter')
  await show(noor, 'Mine')
  await expect(list(noor, 'My questions').getByText('You, anonymously')).toBeVisible()
  await expect(list(noor, 'My questions').getByText('Hosts look at it first')).toBeVisible()
  await expect(wei.getByText('Do the seeds keep over winter?')).toHaveCount(0)

  await expect(omar.getByRole('tab', { name: /Q&A.*1 question waits/ })).toBeVisible()
  await show(omar, 'Waiting')
  const waits = list(omar, 'Questions that wait')
  await expect(waits.getByText('Anonymous')).toBeVisible()
  await expect(waits.getByText('Noor')).toHaveCount(0)
  await expectAccessible(omar)
  await waits.getByRole('button', { name: 'Publish' }).click()
  await expect(noor.getByRole('status').filter({ hasText: 'Your question is open: Do the seeds keep over winter?' })).toBeAttached()

  const vote = list(wei, 'Open questions').getByRole('button', { name: /^Vote for this question/ })
  await expect(vote).toHaveAttribute('aria-pressed', 'false')
  await vote.click()
  await expect(vote).toHaveAttribute('aria-pressed', 'true')
  await expect(vote).toHaveAccessibleName('Vote for this question, 1 vote')
  await expectAccessible(wei)

  await show(omar, 'Open')
  const open = list(omar, 'Open questions')
  await open.getByRole('button', { name: 'Take' }).click()
  await expect(list(wei, 'Open questions').getByText('Being answered by Omar Aziz')).toBeVisible()
  await open.getByRole('button', { name: 'Write answer' }).click()
  await omar.getByRole('textbox', { name: 'Your answer' }).fill('In a dry place, yes.')
  await omar.getByRole('checkbox', { name: /^Only for the person who asked/ }).check()
  await expectAccessible(omar)
  await omar.getByRole('button', { name: 'Send answer' }).click()

  await expect(list(noor, 'My questions').getByText('In a dry place, yes.')).toBeVisible()
  await expect(list(noor, 'My questions').getByText('Omar Aziz answered you alone')).toBeVisible()
  await expect(noor.getByRole('status').filter({ hasText: 'Your question was answered: Do the seeds keep over winter?' })).toBeAttached()
  await show(wei, 'Answered')
  await expect(list(wei, 'Answered questions').getByText('Omar Aziz answered privately')).toBeVisible()
  await expect(wei.getByText('In a dry place, yes.')).toHaveCount(0)
  await noor.reload()
  await noor.getByRole('tab', { name: /^Q&A/ }).click()
  await show(noor, 'Mine')
  await expect(list(noor, 'My questions').getByText('In a dry place, yes.')).toBeVisible()
  for (const [page, width] of [[noor, 1280], [wei, 390], [wei, 320]] as const) {
    await page.setViewportSize({ width, height: width === 1280 ? 800 : 844 })
    await expectAccessible(page)
  }
})

test('an answer that somebody else was faster with stays until its writer discards it', { tag: '@night' }, async ({ site }) => {
  const room = await createRoom(site.manager, 'Spring forum')
  await act(site.manager, 'startSession', { sessionId: room.session.id })
  const [noor, omar, wei] = await Promise.all([enter(site, room, 'Noor Haddad'), enter(site, room, 'Omar Aziz', 'MODERATOR'), enter(site, room, 'Wei Lin', 'MODERATOR')])
  await noor.getByRole('button', { name: 'Ask a question' }).click()
  await noor.getByRole('textbox', { name: 'Your question' }).fill('Do the seeds keep over winter?')
  await noor.getByRole('button', { name: 'Ask', exact: true }).click()
  const written = (page: Page) => page.getByRole('textbox', { name: 'Your answer' })
  await list(omar, 'Open questions').getByRole('button', { name: 'Write answer' }).click()
  await written(omar).fill('In a dry place, yes.')
  await show(omar, 'Mine')
  await show(omar, 'Open')
  await expect(written(omar)).toHaveValue('In a dry place, yes.')

  await list(wei, 'Open questions').getByRole('button', { name: 'Take' }).click()
  await list(wei, 'Open questions').getByRole('button', { name: 'Answered live' }).click()
  await expect(omar.getByRole('status').filter({ hasText: 'Somebody else has answered. What you wrote was not sent.' })).toBeAttached()
  await show(omar, 'Answered')
  await expect(written(omar)).toHaveValue('In a dry place, yes.')
  await expect(written(omar)).not.toBeEditable()
  await expectAccessible(omar)
  await omar.getByRole('button', { name: 'Discard' }).click()
  await expect(written(omar)).toHaveCount(0)
})
