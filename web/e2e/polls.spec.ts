import type { Page } from '@playwright/test'
import { act, createRoom, inviteTo, type MadeRoom } from './api'
import { expectAccessible, redeem, tools } from './people'
import { expect, type Site, test } from './site'

// What the people in a room answer together.

async function enter(site: Site, room: MadeRoom, name: string, role: 'VIEWER' | 'MODERATOR', phone = false): Promise<Page> {
  const { link, email } = await inviteTo(site.manager, room, `${name.split(' ')[0]?.toLowerCase()}@example.org`, name, role)
  const page = await site.person({ phone })
  await redeem(page, link, email)
  await page.getByRole('button', { name: /^Enter as/ }).click()
  await expect(tools(page)).toBeVisible()
  return page
}

const panel = (page: Page) => page.getByRole('tabpanel', { name: /^Polls/ })
const open = (page: Page) => page.getByRole('tab', { name: /^Polls/ }).click()

test('a poll goes from its draft to its shared results', async ({ site }) => {
  const room = await createRoom(site.manager, 'Spring forum')
  await act(site.manager, 'startSession', { sessionId: room.session.id })
  const mona = await enter(site, room, 'Mona Host', 'MODERATOR')
  const noor = await enter(site, room, 'Noor Haddad', 'VIEWER')
  const wei = await enter(site, room, 'Wei Lin', 'VIEWER', true)

  await open(mona)
  await panel(mona).getByRole('button', { name: 'New poll' }).click()
  await panel(mona).getByLabel('Question').fill('Which day suits you?')
  await panel(mona).getByLabel('Option 1').fill('Monday')
  await panel(mona).getByLabel('Option 2').fill('Friday')
  await panel(mona).getByRole('button', { name: 'Save draft' }).click()
  await expect(panel(mona).getByText('Draft. Only hosts and moderators see it.')).toBeVisible()
  await open(noor)
  await expect(panel(noor).getByText('No polls yet')).toBeVisible()

  await panel(mona).getByRole('button', { name: 'Start' }).click()
  await expect(noor.getByRole('tab', { name: /Polls ?, 1 poll to answer/ })).toBeVisible()
  await expect(wei.getByRole('tab', { name: /Polls ?, 1 poll to answer/ })).toBeVisible()
  await open(wei)
  const answer = async (page: Page, option: string) => {
    await panel(page).getByLabel(option).check()
    await panel(page).getByRole('button', { name: /^(Send|Change my answer)$/ }).click()
    await expect(panel(page).getByText('Sent. You can change it until the poll closes.')).toBeVisible()
  }
  await panel(noor).getByLabel('Friday').focus() // by the keyboard alone
  await noor.keyboard.press('Space')
  await noor.keyboard.press('Enter')
  await expect(panel(noor).getByText('Sent. You can change it until the poll closes.')).toBeVisible()
  await answer(wei, 'Monday')
  await expect(panel(noor).getByText('2 people have answered')).toBeVisible()
  await answer(wei, 'Friday')
  await answer(mona, 'Monday')
  await expect(panel(mona).getByRole('row', { name: /Friday.*2 \(67%\)/ })).toBeVisible()
  await expect(panel(noor).getByRole('table')).toHaveCount(0)
  await expectAccessible(noor)
  await wei.reload()
  await open(wei)
  await expect(panel(wei).getByLabel('Friday')).toBeChecked()

  await panel(mona).getByRole('button', { name: 'Close poll' }).click()
  await expect(panel(noor).getByText('3 of 3 people answered')).toBeVisible()
  await expect(panel(noor).getByText('The results are not shared yet.')).toBeVisible()
  await panel(mona).getByRole('button', { name: 'Share results' }).click()
  for (const page of [noor, wei]) await expect(panel(page).getByRole('row', { name: /Friday.*2 \(67%\)/ })).toBeVisible()
  for (const page of [mona, wei]) await expectAccessible(page)
  await wei.setViewportSize({ width: 320, height: 640 })
  expect(await wei.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320)
})
