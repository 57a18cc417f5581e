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
const card = (page: Page) => page.getByRole('region', { name: 'The poll that is running' })
const line = (page: Page, title: string) => page.getByRole('button', { name: new RegExp(`^${title}.*(Answer|You have answered)`) })
const draft = (page: Page, title: string) => panel(page).getByRole('listitem').filter({ has: page.getByRole('heading', { name: title, exact: true }) })

/** Axe finds nothing in any width, in either theme, and nothing is wider than the page. */
async function expectAccessibleEverywhere(page: Page) {
  const before = page.viewportSize()
  for (const [width, height] of [[1280, 800], [390, 844], [320, 640]] as const) {
    await page.setViewportSize({ width, height })
    await expectAccessible(page)
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
  }
  if (before) await page.setViewportSize(before)
}

async function begin(site: Site) {
  const room = await createRoom(site.manager, 'Spring forum')
  await act(site.manager, 'startSession', { sessionId: room.session.id })
  return room
}

test('a poll goes from its draft to its shared results', async ({ site }) => {
  const room = await begin(site)
  const mona = await enter(site, room, 'Mona Host', 'MODERATOR')
  const noor = await enter(site, room, 'Noor Haddad', 'VIEWER')
  const wei = await enter(site, room, 'Wei Lin', 'VIEWER', true)

  await open(mona)
  await panel(mona).getByRole('button', { name: 'New poll' }).click()
  await panel(mona).getByRole('button', { name: 'Save draft' }).click()
  await expect(panel(mona).getByText('Enter a question.')).toBeVisible()
  await expect(panel(mona).getByLabel('Question')).toBeFocused()
  await panel(mona).getByRole('radio', { name: 'Rating' }).check({ force: true })
  await panel(mona).getByLabel('Question').fill('How was it?')
  await panel(mona).getByRole('button', { name: 'Save draft' }).click()
  await expect(panel(mona).getByText('Enter what this step means.')).toBeVisible()
  await expect(panel(mona).getByLabel('What 1 means')).toBeFocused()
  await panel(mona).getByRole('radio', { name: 'Choice' }).check({ force: true })
  const question = 'Which day suits you? '.repeat(14).trim() // 293 of 300 characters
  await panel(mona).getByLabel('Question').fill(question)
  await panel(mona).getByLabel('Option 1').fill('Monday')
  await panel(mona).getByLabel('Option 2').fill('Friday')
  await panel(mona).getByRole('button', { name: 'Save draft' }).click()
  await expect(panel(mona).getByRole('heading', { name: 'Drafts, which only hosts and moderators see' })).toBeVisible()
  await expect(panel(mona).getByRole('button', { name: 'New poll' })).toBeFocused()
  await open(noor)
  await expect(panel(noor).getByText('No polls yet')).toBeVisible()

  await panel(mona).getByRole('button', { name: 'Start' }).click()
  await expect(noor.getByRole('tab', { name: /Polls ?, 1 poll to answer/ })).toBeVisible()
  await expect(wei.getByRole('tab', { name: /Polls ?, 1 poll to answer/ })).toBeVisible()
  await line(wei, 'Which day suits you').click()
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
  await panel(wei).getByRole('button', { name: 'Take it back' }).click()
  await expect(panel(noor).getByText('1 person has answered')).toBeVisible()
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
  await expect(line(wei, 'Which day suits you')).toHaveCount(0)
  await panel(mona).getByRole('button', { name: 'Share results' }).click()
  for (const page of [noor, wei]) await expect(panel(page).getByRole('row', { name: /Friday.*2 \(67%\)/ })).toBeVisible()
  for (const page of [mona, wei]) await expectAccessibleEverywhere(page)
})

test('a quiz with a time limit is drafted, answered on the stage by the keyboard alone, and closes by itself', { tag: '@night' }, async ({ site }) => {
  const room = await begin(site)
  const mona = await enter(site, room, 'Mona Host', 'MODERATOR')
  const noor = await enter(site, room, 'Noor Haddad', 'VIEWER')
  const wei = await enter(site, room, 'Wei Lin', 'VIEWER', true)
  await open(mona)

  // Mona never touches the mouse from here on, until the quiz runs.
  await panel(mona).getByRole('button', { name: 'New poll' }).focus()
  await mona.keyboard.press('Enter')
  await expect(panel(mona).getByLabel('Question')).toBeFocused()
  await mona.keyboard.type('Which of these needs the most water?')
  await mona.keyboard.press('Shift+Tab')
  await mona.keyboard.press('ArrowRight')
  await expect(panel(mona).getByRole('radio', { name: 'Quiz' })).toBeChecked()
  await panel(mona).getByLabel('Option 1', { exact: true }).focus()
  await mona.keyboard.type('Lavender')
  await mona.keyboard.press('Enter')
  await mona.keyboard.type('Basil')
  await mona.keyboard.press('Enter')
  await expect(panel(mona).getByLabel('Option 3', { exact: true })).toBeFocused()
  await mona.keyboard.type('x'.repeat(121))
  await mona.keyboard.press('Tab')
  await expect(panel(mona).getByText('Option 3 is 1 character too long. Use 120 at most.')).toBeVisible()
  await panel(mona).getByRole('button', { name: 'Save draft' }).press('Enter')
  await expect(panel(mona).getByLabel('Option 3', { exact: true })).toBeFocused()
  await panel(mona).getByRole('button', { name: 'Remove option 3' }).press('Enter')
  await panel(mona).getByRole('button', { name: 'Save draft' }).press('Enter')
  await expect(panel(mona).getByText('Mark at least one option as correct.')).toBeVisible()
  await expectAccessibleEverywhere(mona)
  await panel(mona).getByLabel('Option 2 is correct').press('Space')
  await panel(mona).getByLabel('Time limit').selectOption('45 s')
  await panel(mona).getByLabel('Everyone sees the results').selectOption('When the poll closes')
  await panel(mona).getByRole('checkbox', { name: /^Store names with the answers/ }).press('Space')
  await panel(mona).getByRole('button', { name: 'Save draft' }).press('Enter')

  // The draft is edited, copied, and the copy deleted.
  const title = 'Which of these needs the most water?'
  await draft(mona, title).getByRole('button', { name: `More for “${title}”` }).press('Enter')
  await mona.getByRole('menuitem', { name: 'Edit' }).press('Enter')
  await expect(panel(mona).getByLabel('Option 2 is correct')).toBeChecked()
  await panel(mona).getByLabel('Time limit').selectOption('20 s')
  await panel(mona).getByRole('button', { name: 'Save', exact: true }).press('Enter')
  await expect(draft(mona, title).getByText('closes after 20 seconds')).toBeVisible()
  await draft(mona, title).getByRole('button', { name: `More for “${title}”` }).press('Enter')
  await mona.getByRole('menuitem', { name: 'Copy to a new draft' }).press('Enter')
  await expect(draft(mona, title)).toHaveCount(2)
  await draft(mona, title).first().getByRole('button', { name: `More for “${title}”` }).press('Enter')
  await mona.getByRole('menuitem', { name: 'Delete draft' }).press('Enter')
  await mona.getByRole('alertdialog').getByRole('button', { name: 'Delete draft' }).press('Enter')
  await expect(draft(mona, title)).toHaveCount(1)
  await draft(mona, title).getByRole('button', { name: 'Start' }).press('Enter')
  await expect(panel(mona).getByRole('group', { name: 'Polls' })).toBeFocused()

  await expect(card(noor).getByText(/^0:\d\d left$/)).toBeVisible()
  await card(noor).getByRole('radio', { name: 'Basil' }).focus()
  await noor.keyboard.press('Space')
  await noor.keyboard.press('Enter')
  await expect(card(noor).getByText('You have answered')).toBeVisible()
  await expect(card(noor)).toBeFocused()
  await expect(card(noor).getByText('Correct')).toHaveCount(0)
  await expect(line(wei, 'Which of these')).toBeVisible()
  await expect(line(wei, 'Which of these')).toHaveCount(0, { timeout: 40_000 }) // its time is over
  await open(noor)
  await expect(panel(noor).getByRole('row', { name: /Basil.*Correct.*Yours.*1 \(100%\)/ })).toBeVisible()
  await expect(panel(noor).getByRole('button', { name: 'Who answered what' })).toHaveCount(0)
  await panel(mona).getByRole('button', { name: 'Who answered what' }).press('Enter')
  await expect(panel(mona).getByRole('listitem').filter({ hasText: 'Noor Haddad' }).last()).toContainText('Basil')
  await expectAccessible(mona)
})

test('a text of a named poll is hidden from the room and shown again, for those who came late too', { tag: '@night' }, async ({ site }) => {
  const room = await begin(site)
  const mona = await enter(site, room, 'Mona Host', 'MODERATOR')
  const noor = await enter(site, room, 'Noor Haddad', 'VIEWER')
  await open(mona)
  await panel(mona).getByRole('button', { name: 'New poll' }).click()
  await panel(mona).getByRole('radio', { name: 'Text' }).check({ force: true })
  await panel(mona).getByLabel('Question').fill('What should we do better?')
  await panel(mona).getByLabel('Everyone sees the results').selectOption('While people answer')
  await panel(mona).getByRole('checkbox', { name: /^Store names with the answers/ }).check()
  await panel(mona).getByRole('button', { name: 'Start now' }).click()

  await expect(card(noor).getByText('Your name is stored with your answer. Hosts and moderators see it.')).toBeVisible()
  await card(noor).getByLabel('Your answer').fill('Something rude about the host')
  await expectAccessibleEverywhere(noor)
  await card(noor).getByRole('button', { name: 'Send' }).click()
  const late = await enter(site, room, 'Wei Lin', 'VIEWER', true)
  await line(late, 'What should we do better').click()
  await expect(panel(late).getByText('Something rude about the host')).toBeVisible()
  await expect(panel(late).getByText('Noor Haddad')).toHaveCount(0)

  const text = panel(mona).getByRole('listitem').filter({ hasText: 'Something rude' }).last()
  await expect(text).toContainText('Noor Haddad')
  await text.getByRole('button', { name: 'Hide “Something rude about the host” from the room' }).press('Enter')
  await expect(text.getByText('Hidden from the room')).toBeVisible()
  await expect(panel(late).getByText('Something rude about the host')).toHaveCount(0)
  await expectAccessibleEverywhere(mona)
  await text.getByRole('button', { name: 'Show “Something rude about the host” to the room again' }).press('Enter')
  await expect(panel(late).getByText('Something rude about the host')).toBeVisible()
  await text.getByRole('button', { name: /^Hide/ }).press('Enter')
  await mona.getByRole('button', { name: 'Undo' }).click()
  await expect(text.getByText('Hidden from the room')).toHaveCount(0)
  await expect(panel(late).getByText('Something rude about the host')).toBeVisible()
})

test('hosts read older polls, and a draft takes 20 options and no more', { tag: '@night' }, async ({ site }) => {
  const room = await begin(site)
  for (let number = 0; number <= 20; number++) {
    const options = Array.from({ length: number === 20 ? 19 : 2 }, (_, at) => ({ text: `Answer ${at + 1}` }))
    const interaction = { kind: 'CHOICE', title: `Poll ${number}`, options, maxChoices: 2 }
    await act(site.manager, 'createInteraction', { input: { roomId: room.id, key: `poll-${number}-`.padEnd(22, 'k'), interaction } })
  }
  const mona = await enter(site, room, 'Mona Host', 'MODERATOR', true)
  await open(mona)
  await expect(draft(mona, 'Poll 20')).toBeVisible()
  await expect(draft(mona, 'Poll 0')).toHaveCount(0)
  await panel(mona).getByRole('button', { name: 'Show older polls' }).click()
  await expect(panel(mona).getByRole('heading', { name: 'Poll 0', exact: true })).toBeVisible()
  await expect(panel(mona).getByRole('button', { name: 'Show older polls' })).toHaveCount(0)

  await draft(mona, 'Poll 20').getByRole('button', { name: 'More for “Poll 20”' }).click()
  await mona.getByRole('menuitem', { name: 'Edit' }).click()
  await panel(mona).getByLabel('Option 19', { exact: true }).press('Enter')
  await expect(panel(mona).getByLabel('Option 20', { exact: true })).toBeFocused()
  await expect(panel(mona).getByText('These are all 20 options that a poll can have.')).toBeVisible()
  await expect(panel(mona).getByRole('button', { name: 'Add an option' })).toHaveCount(0)
  await mona.keyboard.type('Answer 1')
  await panel(mona).getByRole('button', { name: 'Save', exact: true }).click()
  await expect(panel(mona).getByText('The option “Answer 1” is there twice.')).toBeVisible()
  await panel(mona).getByLabel('Option 20', { exact: true }).fill('Answer 20')
  await expectAccessible(mona)
  await panel(mona).getByRole('button', { name: 'Save', exact: true }).click()
  await expect(draft(mona, 'Poll 20').getByText('20 options')).toBeVisible()
})
