import { expect, type Page } from '@playwright/test'
import { createRoom, inviteTo } from './api'
import { findings } from './axe'

// What people do in more than one story, as they do it: by what they read on the screen.

type Role = 'Viewer' | 'Speaker' | 'Moderator'

interface RoomOptions {
  /** People are let in one by one. */
  approval?: boolean
  /** Everyone of the site may enter. */
  members?: boolean
}

/** Creates a room through the API, and leads its manager to its page. */
export async function makeRoom(page: Page, title: string) {
  const { id } = await createRoom(page, title, { timeZone: 'Europe/Paris' })
  await page.goto(`/rooms/${id}`)
  await expect(page.getByRole('heading', { name: title })).toBeVisible()
}

/** Creates a room as a manager does, by the form. */
export async function makeRoomByForm(page: Page, title: string, { approval, members }: RoomOptions = {}) {
  await page.goto('/')
  await page.getByRole('button', { name: /New room|Create your first room/ }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Title').fill(title)
  if (approval) await dialog.getByRole('radio', { name: 'You admit each guest' }).check()
  if (members) await dialog.getByRole('radio', { name: 'Anyone with an account here' }).check()
  await dialog.getByRole('button', { name: 'Create room' }).click()
  await expect(page.getByRole('heading', { name: title })).toBeVisible()
}

/** Opens the invite dialog from the three-dot menu. */
export async function openInvite(page: Page) {
  await page.getByRole('button', { name: 'More for this room' }).click()
  await page.getByRole('menuitem', { name: 'Invite users' }).click()
  return page.getByRole('dialog')
}

/** Invites somebody through the API to the room whose page is open. Returns the link. */
export async function invite(page: Page, email: string, firstName: string, lastName: string, role: Role): Promise<string> {
  const id = /\/rooms\/([^/?#]+)/.exec(page.url())?.[1] ?? ''
  const { link } = await inviteTo(page, { id }, email, `${firstName} ${lastName}`, role.toUpperCase() as Uppercase<Role>)
  return link
}

/** Invites somebody who is not in the system as a manager does, in the invite window. Returns the link. */
export async function inviteByForm(page: Page, email: string, firstName: string, lastName: string, role: Role): Promise<string> {
  const dialog = await openInvite(page)
  await dialog.getByLabel('Email address').fill(email)
  await dialog.getByLabel('First name').fill(firstName)
  await dialog.getByLabel('Last name').fill(lastName)
  await dialog.getByRole('radio', { name: role }).check()
  await dialog.getByRole('button', { name: 'Generate invite link' }).click()
  await expect(dialog.getByRole('heading', { name: 'The link is ready' })).toBeVisible()
  const link = await dialog.getByLabel('Invite link').inputValue()
  await dialog.getByRole('button', { name: 'Done' }).click()
  await expect(dialog).toBeHidden()
  return link
}

/** Copies the link of an invitation from its row; answers what is on the clipboard then. */
export async function copyLink(page: Page, name: string): Promise<string> {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.getByRole('button', { name: `Copy the link of ${name}` }).click()
  await expect(page.getByText('Copied', { exact: true })).toBeAttached()
  return page.evaluate(() => navigator.clipboard.readText())
}

/** Says who one is. */
export async function sayWho(page: Page, email: string) {
  await page.getByLabel('Your email address').fill(email)
  await page.getByRole('button', { name: 'Continue' }).click()
}

/** Opens a link and says who one is. */
export async function redeem(page: Page, link: string, email: string) {
  await page.goto(link)
  await sayWho(page, email)
}

export async function startSession(page: Page) {
  await page.getByRole('button', { name: 'Start session' }).click()
  await expect(page.getByRole('button', { name: 'End session' })).toBeVisible()
}

/** Gives somebody another role in the list of people. */
export async function giveRole(page: Page, name: string, from: Role, to: Role) {
  await page.getByRole('button', { name: `Role of ${name}: ${from}` }).click()
  await page.getByRole('menuitemradio', { name: new RegExp(`^${to}`) }).click()
}

/** Revokes an invitation, from its row. */
export async function revoke(page: Page, name: string) {
  await page.getByRole('button', { name, exact: true }).click()
  await page.getByRole('button', { name: 'Revoke invitation' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Revoke' }).click()
}

/** What somebody is in the room, beside their name. On the phone it is not on the page. */
export const roleOf = (page: Page) => page.locator('.who [data-role]')

/** The tabs beside the stage: they are there once somebody is in the room. */
export const tools = (page: Page) => page.getByRole('tablist', { name: 'Tools of the room' })

/** Shows who is in the room, among the tools. */
export const showPeople = (page: Page) => tools(page).getByRole('tab', { name: /^People/ }).click()

/** Opens what one may do in a room. */
export async function openWhatYouCanDo(page: Page) {
  await page.locator('.who').click()
  return page.getByRole('dialog', { name: 'What you can do' }).getByRole('listitem')
}

/** Leaves the room, on the phone by what is behind More. */
export async function leave(page: Page) {
  const bar = page.getByRole('region', { name: 'Your controls' })
  if (!(await bar.isVisible())) await page.getByRole('button', { name: 'More', exact: true }).click()
  await page.getByRole('button', { name: 'Leave', exact: true }).click()
}

/** Axe finds nothing here, in either theme. */
export async function expectAccessible(page: Page) {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    expect(await findings(page), colorScheme).toEqual([])
  }
}
