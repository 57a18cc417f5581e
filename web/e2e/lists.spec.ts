import type { Page } from '@playwright/test'
import { createRoom, inviteTo } from './api'
import { expect, test } from './site'

// Lists of people and invitations are one tab stop each, however long they are. The arrow keys lead through them.

const at = (page: Page) => page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent ?? '')

/** Presses a key, and expects the focus on the control of that name. */
async function leads(page: Page, key: string, name: string) {
  await page.keyboard.press(key)
  await expect.poll(() => at(page), { message: key }).toBe(name)
}

test('in a room, the lists of people and of invitations are one tab stop each', { tag: '@night' }, async ({ site }) => {
  const { manager } = site
  const room = await createRoom(manager, 'Garden council')
  for (const name of ['Ada Keller', 'Bo Lindgren', 'Cleo Marin']) {
    const { link } = await inviteTo(manager, room, `${name.split(' ')[0]?.toLowerCase()}@example.org`, name)
    const guest = await site.person()
    await guest.goto(link)
    await guest.getByLabel('Your email address').fill(`${name.split(' ')[0]?.toLowerCase()}@example.org`)
    await guest.getByRole('button', { name: 'Continue' }).click()
    await expect(guest.getByText(`You’re all set, ${name}`)).toBeVisible()
  }
  await manager.goto(`/rooms/${room.id}`)
  const people = manager.getByRole('region', { name: 'People' })
  await expect(people.getByRole('button', { name: /^Role of/ })).toHaveCount(3)
  const roles = await people.getByRole('button', { name: /^Role of/ }).evaluateAll((all) => all.map((one) => one.getAttribute('aria-label') ?? ''))
  const [first = '', second = '', third = ''] = roles
  const more = (role: string) => role.replace('Role of', 'More for').replace(/:.*/, '')
  await people.getByLabel('Role', { exact: true }).focus()
  await leads(manager, 'Tab', first)
  await leads(manager, 'ArrowDown', second)
  await leads(manager, 'ArrowRight', more(second))
  await leads(manager, 'End', more(third))
  await leads(manager, 'ArrowLeft', third)
  await leads(manager, 'ArrowUp', second)
  await manager.keyboard.press('Enter')
  await expect(manager.locator('[role=menuitemradio]:focus')).toHaveCount(1)
  await leads(manager, 'Escape', second)

  // Tab leads out of the list, and back to where one was.
  const invitations = manager.getByRole('region', { name: 'Invitations' })
  await manager.keyboard.press('Tab')
  await expect(invitations.locator(':focus')).toHaveCount(1)
  await leads(manager, 'Shift+Tab', second)

  await invitations.getByRole('button', { name: /^Status/ }).focus()
  await leads(manager, 'Tab', 'Cleo Marin')
  await leads(manager, 'ArrowDown', 'Bo Lindgren')
  await leads(manager, 'End', 'Ada Keller')
  await leads(manager, 'ArrowRight', 'Copy the link of Ada Keller')
  await leads(manager, 'ArrowRight', 'More for Ada Keller')
  await leads(manager, 'Home', 'More for Cleo Marin')
  await leads(manager, 'ArrowLeft', 'Copy the link of Cleo Marin')
  await manager.keyboard.press('Tab')
  await expect(manager.getByRole('region', { name: 'Activity' }).locator(':focus')).toHaveCount(1)

  // A narrow window hides the button of the role. The list stays a stop.
  await manager.setViewportSize({ width: 320, height: 640 })
  await people.getByLabel('Role', { exact: true }).focus()
  await manager.keyboard.press('Tab')
  await expect(people.locator('[data-row] :focus')).toHaveAccessibleName(/^More for/)
})

test('the list of accounts is one tab stop', { tag: '@night' }, async ({ site }) => {
  const { manager } = site
  await site.account('bo@example.org', 'Bo', 'Lindgren')
  await manager.goto('/admin/people')
  await expect(manager.getByText('bo@example.org')).toBeVisible()
  const rows = manager.locator('[data-row] button')
  await expect(rows).toHaveCount(2)
  await manager.getByLabel('Show').focus()
  await manager.keyboard.press('Tab')
  await expect(rows.first()).toBeFocused()
  await manager.keyboard.press('ArrowDown')
  await expect(rows.last()).toBeFocused()
  await manager.keyboard.press('Tab')
  await expect(manager.getByRole('button', { name: /Erase/ })).toBeFocused()
})
