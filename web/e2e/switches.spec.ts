import type { Page } from '@playwright/test'
import { act, actAs, ask, createRoom, inviteTo, type MadeRoom } from './api'
import { enterCrowd, inviteCrowd, redeemCrowd } from './crowd'
import { expectAccessible, redeem, showPeople, tools } from './people'
import { expect, type Site, test } from './site'

// What hosts turn on and off in a room, lists longer than a page, and what tells people of what concerns them.

async function enter(site: Site, room: MadeRoom, name: string, role: 'VIEWER' | 'SPEAKER' | 'MODERATOR' = 'VIEWER', phone = false): Promise<Page> {
  const { link, email } = await inviteTo(site.manager, room, `${name.split(' ')[0]?.toLowerCase()}@example.org`, name, role)
  const page = await site.person({ phone })
  await redeem(page, link, email)
  await page.getByRole('button', { name: /^Enter as/ }).click()
  await expect(tools(page)).toBeVisible()
  return page
}

async function live(site: Site): Promise<MadeRoom> {
  const room = await createRoom(site.manager, 'Spring forum')
  await act(site.manager, 'startSession', { sessionId: room.session.id })
  return room
}

const list = (page: Page, name: string) => page.getByRole('group', { name })
const show = (page: Page, name: string) => page.getByRole('radio', { name: new RegExp(`^${name}`) }).check({ force: true })
const openQuestions = (page: Page) => tools(page).getByRole('tab', { name: /^Q&A/ }).click()
const hands = (page: Page) => page.getByRole('region', { name: /^Raised hands/ })
const setting = async (page: Page, button: string, choice: string) => {
  await page.getByRole('button', { name: button }).click()
  await page.getByRole('menuitemradio', { name: choice }).click()
}

test('a moderator turns questions, names, hands and reactions off and on, and everyone reads so at once', { tag: '@night' }, async ({ site }) => {
  const room = await live(site)
  const [noor, wei, omar] = [await enter(site, room, 'Noor Haddad'), await enter(site, room, 'Wei Lin', 'VIEWER', true), await enter(site, room, 'Omar Aziz', 'MODERATOR')]
  for (const page of [noor, wei, omar]) await openQuestions(page)

  // Somebody who writes without a name is never asked with it unawares.
  await noor.getByRole('button', { name: 'Ask a question' }).click()
  const question = noor.getByRole('textbox', { name: 'Your question' })
  await question.fill('Do the seeds keep?')
  await noor.getByRole('checkbox', { name: /^Ask anonymously/ }).check()
  await setting(omar, 'Q&A settings', 'Not allowed')
  await expect(noor.getByText('Everyone sees your name with your question.')).toBeVisible()
  await noor.getByRole('button', { name: 'Ask', exact: true }).click()
  await expect(noor.getByText('Questions need a name now. Send yours again to ask it with your name.')).toBeVisible()
  await expectAccessible(noor)

  // What was typed stays while no questions are taken.
  await setting(omar, 'Q&A settings', 'Take no questions')
  for (const page of [noor, wei]) await expect(page.getByText('This room takes no questions now.').filter({ visible: true }).first()).toBeVisible()
  await expect(noor.getByRole('button', { name: 'Ask a question' })).toHaveCount(0)
  await expectAccessible(wei)
  await setting(omar, 'Q&A settings', 'Moderators publish them')
  await noor.getByRole('button', { name: 'Ask a question' }).click()
  await expect(question).toHaveValue('Do the seeds keep?')

  // A question that waits is in the other tab of its author too.
  const other = await noor.context().newPage()
  await other.goto(noor.url())
  await openQuestions(other)
  await show(other, 'Mine')
  await expect(other.getByText('You have asked nothing')).toBeVisible()
  await noor.getByRole('button', { name: 'Ask', exact: true }).click()
  await expect(list(other, 'My questions').getByText('Hosts look at it first')).toBeVisible()
  await show(omar, 'Waiting 1')
  await expect(list(omar, 'Questions that wait').getByText('Noor Haddad')).toBeVisible()
  await other.close()

  await showPeople(omar)
  await expect(hands(omar).getByText('No hand is up.')).toBeVisible()
  await setting(omar, 'Settings for hands and reactions', 'Nobody can raise a hand')
  await expect(hands(omar).getByText('Raised hands are off')).toBeVisible()
  await expect(noor.getByRole('region', { name: 'Your controls' }).getByText('Raised hands are off')).toBeVisible()
  await expect(noor.getByRole('button', { name: 'Raise hand' })).toHaveCount(0)
  await setting(omar, 'Settings for hands and reactions', 'Nobody can react')
  await expect(noor.getByRole('region', { name: 'Your controls' }).getByText('Reactions are off')).toBeVisible()
  await wei.getByRole('button', { name: 'More', exact: true }).click()
  const sheet = wei.getByRole('dialog', { name: 'Wei Lin' })
  await expect(sheet.getByText('Raised hands are off')).toBeVisible()
  await expect(sheet.getByText('Reactions are off')).toBeVisible()
  for (const width of [390, 320]) {
    await wei.setViewportSize({ width, height: 844 })
    await expectAccessible(wei)
  }
  await expectAccessible(noor)
  await omar.getByRole('button', { name: 'Settings for hands and reactions' }).click()
  await expect(omar.getByRole('menuitemradio', { name: 'Nobody can react' })).toBeChecked()
  await omar.getByRole('menuitemradio', { name: 'Everyone can react' }).click()
  await expect(sheet.getByRole('button', { name: 'Clap' })).toBeVisible()
  await setting(omar, 'Settings for hands and reactions', 'Everyone can raise a hand')
  await expect(noor.getByRole('button', { name: 'Raise hand' })).toBeVisible()

  // Whose writing is paused is marked in the list, also for another host.
  await site.manager.goto(`/rooms/${room.id}`)
  await site.manager.getByRole('link', { name: 'Enter room' }).click()
  await showPeople(site.manager)
  await omar.getByRole('button', { name: 'More for Noor Haddad' }).click()
  await omar.getByRole('menuitem', { name: 'Pause writing for 10 minutes' }).click()
  for (const page of [omar, site.manager]) await expect(page.getByRole('listitem').filter({ hasText: 'Noor Haddad' }).getByText(/^Writing is paused until /)).toBeVisible()
  await expectAccessible(omar)
  await omar.getByRole('button', { name: 'More for Noor Haddad' }).click()
  await omar.getByRole('menuitem', { name: 'Let them write again' }).click()
  for (const page of [omar, site.manager]) await expect(page.getByText(/^Writing is paused/)).toHaveCount(0)
})

test('questions and hands that are more than a page come with Show more, and focus goes to the first of them', { tag: '@night' }, async ({ site }) => {
  const room = await live(site)
  const { manager } = site
  const guests = await redeemCrowd(site, await inviteCrowd(manager, room, 61))
  await enterCrowd(site, room, guests, 0)
  await act(manager, 'updateTools', { input: { roomId: room.id, questions: 'MODERATED' } })
  for (const [index, guest] of guests.entries()) {
    await actAs(site, guest, 'askQuestion', { input: { roomId: room.id, text: `Question number ${index + 1}`, key: `a-key-of-the-question-${index}` } })
    await actAs(site, guest, 'raiseHand', { roomId: room.id })
  }
  const omar = await enter(site, room, 'Omar Aziz', 'MODERATOR')
  await openQuestions(omar)
  await show(omar, 'Waiting 61')
  const waits = list(omar, 'Questions that wait')
  const rows = waits.getByRole('listitem')
  await expect(rows).toHaveCount(50)
  await expect(rows.first()).toContainText('Question number 1')
  await rows.last().scrollIntoViewIfNeeded()
  const more = waits.getByRole('button', { name: 'Show more questions' })
  await more.focus()
  const top = () => waits.evaluate((element) => element.scrollTop)
  const before = await top()
  await omar.keyboard.press('Enter')
  await expect(rows).toHaveCount(61)
  await expect(rows.nth(50)).toBeFocused()
  await expect(rows.nth(50)).toContainText('Question number 51')
  await expect(more).toHaveCount(0)
  expect(await top()).toBe(before)
  await expectAccessible(omar)

  const data = (await ask(manager, 'query ($id: ID!) { room(id: $id) { questions(first: 100) { nodes { id } } } }', { id: room.id })) as unknown as { room: { questions: { nodes: { id: string }[] } } }
  for (const { id } of data.room.questions.nodes) await act(manager, 'publishQuestion', { questionId: id })
  await expect(rows).toHaveCount(0)
  const wei = await enter(site, room, 'Wei Lin', 'VIEWER', true)
  await openQuestions(wei)
  const open = list(wei, 'Open questions')
  await expect(open.getByRole('listitem')).toHaveCount(60)
  await open.getByRole('button', { name: 'Show more questions' }).click()
  await expect(open.getByRole('listitem')).toHaveCount(61)
  // An event afterwards loses none of them.
  await act(manager, 'dismissQuestion', { questionId: data.room.questions.nodes[0]?.id })
  await expect(open.getByRole('listitem')).toHaveCount(60)
  await expect(open.getByText('Question number 61')).toHaveCount(1)

  await showPeople(omar)
  const queue = hands(omar).getByRole('listitem')
  await expect(queue).toHaveCount(20)
  await hands(omar).getByRole('button', { name: 'Show 41 more hands' }).focus()
  await omar.keyboard.press('Enter')
  await expect(queue).toHaveCount(40)
  await expect(queue.nth(20)).toBeFocused()
  for (const width of [1280, 390, 320]) {
    await omar.setViewportSize({ width, height: 800 })
    await expectAccessible(omar)
  }
})

/** Hides the page as another tab of the browser does, or shows it again. */
const turnTo = (page: Page, state: 'hidden' | 'visible') =>
  page.evaluate((value) => {
    Object.defineProperty(document, 'visibilityState', { value, configurable: true })
    document.dispatchEvent(new Event('visibilitychange'))
  }, state)

test('the title of the page counts what concerns somebody until they see it', { tag: '@night' }, async ({ site }) => {
  const room = await live(site)
  const [noor, omar] = [await enter(site, room, 'Noor Haddad'), await enter(site, room, 'Omar Aziz', 'MODERATOR')]
  const field = (page: Page) => page.getByRole('textbox', { name: 'To everyone in the room' })
  const write = async (page: Page, text: string) => {
    await field(page).fill(text)
    await field(page).press('Enter')
  }
  const answer = async (text: string) => {
    await list(omar, 'Chat, newest last').getByRole('button', { name: 'Reply to Noor Haddad' }).first().click()
    await write(omar, text)
    await expect(noor.getByText(text, { exact: true })).toHaveCount(1)
  }
  await write(noor, 'Which seeds keep over winter?')
  await answer('Beans do')
  await expect(noor).toHaveTitle(/^Spring forum/) // they read it

  // The chat is shown, but the page is not.
  await turnTo(noor, 'hidden')
  await answer('Peas too')
  await expect(noor).toHaveTitle(/^\(1\) Spring forum/)
  await turnTo(noor, 'visible')
  await expect(noor).toHaveTitle(/^Spring forum/)

  await openQuestions(noor)
  await noor.getByRole('button', { name: 'Ask a question' }).click()
  await noor.getByRole('textbox', { name: 'Your question' }).fill('And where?')
  await noor.getByRole('button', { name: 'Ask', exact: true }).click()
  await expect(list(noor, 'Open questions').getByText('And where?')).toBeVisible()
  await answer('Corn as well')
  await expect(noor).toHaveTitle(/^\(1\) Spring forum/)
  await showPeople(noor)
  await openQuestions(omar)
  await list(omar, 'Open questions').getByRole('button', { name: 'Take' }).click()
  await list(omar, 'Open questions').getByRole('button', { name: 'Answered live' }).click()
  await expect(noor).toHaveTitle(/^\(2\) Spring forum/)
  await expect(tools(noor).getByRole('tab', { name: /^Q&A.*1 for you$/ })).toBeVisible()
  await expectAccessible(noor)
  await openQuestions(noor)
  await expect(noor).toHaveTitle(/^\(1\) Spring forum/)
  await tools(noor).getByRole('tab', { name: /^Chat/ }).click()
  await expect(noor).toHaveTitle(/^Spring forum/)

  // The tool that was open is open after the page is loaded again.
  await openQuestions(noor)
  await noor.reload()
  await expect(list(noor, 'Open questions')).toBeVisible()
})
