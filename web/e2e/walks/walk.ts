import type { Page } from '@playwright/test'
import { act, ask, type MadeRoom } from '../api'
import { expect, type Site } from '../site'

/** What is done with a screen that stands: it is looked at by axe and the ruler, or its picture is taken. */
export type Show = (page: Page, name: string) => Promise<void>

/** A way through the site that comes by many screens, each by the name of its picture. */
export interface Walk {
  name: string
  go: (site: Site, show: Show) => Promise<void>
}

export const open = (page: Page, room: MadeRoom) => page.goto(`/rooms/${room.id}`)
export const start = (page: Page, room: MadeRoom) => act(page, 'startSession', { sessionId: room.session.id })
export const heading = (page: Page, name: string | RegExp) => expect(page.getByRole('heading', { name })).toBeVisible()
const dialogOf = (page: Page) => page.getByRole('dialog').or(page.getByRole('alertdialog'))

/** Opens an item of the room's menu, for as long as what it leads to is shown. */
export async function inMenu(page: Page, item: string, look: () => Promise<void>) {
  await page.getByRole('button', { name: 'More for this room' }).click()
  await page.getByRole('menuitem', { name: item }).click()
  await expect(dialogOf(page)).toBeVisible()
  await look()
  if (await dialogOf(page).isVisible()) await page.keyboard.press('Escape')
  await expect(dialogOf(page)).toBeHidden()
}

/** Opens a menu, for as long as it is shown. */
export async function withMenu(page: Page, button: string | RegExp, look: () => Promise<void>) {
  await page.getByRole('button', { name: button }).first().click()
  await expect(page.getByRole('menu')).toBeVisible()
  await look()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('menu')).toBeHidden()
}

/** The place of somebody in the room, found by the name. */
export async function placeOf(page: Page, room: MadeRoom, name: string): Promise<string> {
  const data = await ask(page, 'query($id: ID!, $search: String) { room(id: $id) { participants(search: $search) { nodes { id } } } }', { id: room.id, search: name })
  const found = (data['room'] as unknown as { participants: { nodes: { id: string }[] } }).participants.nodes[0]
  if (!found) throw new Error(`find ${name}: not there`)
  return found.id
}
