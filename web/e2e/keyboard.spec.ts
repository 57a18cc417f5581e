import type { Page } from '@playwright/test'
import { tools } from './people'
import { expect, password, test } from './site'

/** Where the keyboard is: never nowhere, and always to be seen. Headings that code focuses show no ring. */
async function focused(page: Page): Promise<string> {
  const handle = await page.waitForFunction(() => {
    const element = document.activeElement
    if (!element || element === document.body || !element.isConnected) return null
    // A row or a card may show the ring for the control in it, a field for its edge.
    const holders = [element, element.closest('.row'), element.closest('.role-card')].filter((one) => one !== null)
    const seen = holders.some((one) => {
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(one)
      return (outlineStyle !== 'none' && parseFloat(outlineWidth) > 0) || (one.matches('.menu__item, .option') && boxShadow !== 'none')
    })
    const active = element.getAttribute('aria-activedescendant')
    const name = element.getAttribute('aria-label') ?? (element instanceof HTMLInputElement ? (element.labels?.[0]?.textContent ?? element.name) : element.textContent)
    if (!seen && !element.matches('.menu, .dialog, [tabindex="-1"]:is(h1, h2, h3)')) return null
    return `${name?.trim() ?? ''}${active ? ` → ${document.getElementById(active)?.textContent ?? ''}` : ''}`
  })
  return (await handle.jsonValue()) ?? ''
}

async function press(page: Page, ...keys: string[]) {
  for (const key of keys) {
    await page.keyboard.press(key)
    await focused(page)
  }
}

/** Goes on with Tab until something of that name has the focus, as somebody does who looks for it. */
async function tabTo(page: Page, name: string | RegExp, key = 'Tab') {
  for (let tries = 0; tries < 60; tries += 1) {
    await page.keyboard.press(key)
    // From the last control of a page the keyboard goes to the browser's own, then to the first.
    if (await page.evaluate(() => document.activeElement === document.body)) continue
    const at = await focused(page)
    if (typeof name === 'string' ? at === name : name.test(at)) return
  }
  throw new Error(`tab to ${String(name)}: not reached`)
}

/** Opens the list of rooms, and waits until the app has drawn it: what the page shows before is replaced, and loses the focus. */
async function openRooms(page: Page) {
  await page.goto('/')
  await expect(page.getByRole('heading', { name: 'Rooms', exact: true })).toBeVisible()
}

async function type(page: Page, text: string) {
  await page.keyboard.type(text)
  await focused(page)
}

test('the keyboard is enough from the invitation to a promotion, and focus is never lost', async ({ site }) => {
  const { manager } = site
  await openRooms(manager)
  await site.run(['user', 'add', '--email', 'noor@example.net', '--first-name', 'Noor', '--last-name', 'Haddad'], `${password}\n`)
  await tabTo(manager, 'Amina Ruth: your account')
  await press(manager, 'Enter', 'End', 'Enter')
  await expect(manager.getByRole('heading', { name: 'Sign in' })).toBeVisible()

  await tabTo(manager, 'Email address')
  await type(manager, 'amina@example.org')
  await press(manager, 'Tab')
  await type(manager, password)
  await press(manager, 'Enter')
  await expect(manager.getByRole('heading', { name: 'Create your first room' })).toBeVisible()
  await focused(manager)

  await tabTo(manager, 'New room')
  await press(manager, 'Enter')
  await expect(manager.getByLabel('Title')).toBeFocused()
  await type(manager, 'Spring forum')
  await press(manager, 'Enter')
  await expect(manager.getByRole('heading', { name: 'Spring forum' })).toBeVisible()
  await focused(manager)

  await tabTo(manager, 'More for this room')
  await press(manager, 'Enter')
  await expect(manager.getByRole('menuitem', { name: 'Invite users' })).toBeFocused()
  await press(manager, 'Enter')
  await expect(manager.getByLabel('Email address')).toBeFocused()
  await type(manager, 'no')
  await expect(manager.getByRole('option', { name: /Noor Haddad/ })).toBeVisible()
  await press(manager, 'ArrowDown')
  expect(await focused(manager)).toContain('Noor Haddad')
  await press(manager, 'Enter')
  await expect(manager.getByLabel('Last name')).toHaveValue('Haddad')
  await tabTo(manager, /^Viewer/)
  await press(manager, 'Space')
  await tabTo(manager, 'Generate invite link')
  await press(manager, 'Enter')
  await expect(manager.getByRole('button', { name: 'Copy link' })).toBeFocused()
  await manager.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await press(manager, 'Enter')
  await expect(manager.getByRole('button', { name: 'Copied' })).toBeVisible()
  const link = await manager.evaluate(() => navigator.clipboard.readText())
  await press(manager, 'Escape')
  await expect(manager.getByRole('dialog')).toBeHidden()
  await expect(manager.getByRole('button', { name: 'More for this room' })).toBeFocused()

  const guest = await site.person()
  await guest.goto(link)
  await expect(guest.getByRole('timer')).toBeVisible()
  await tabTo(guest, 'Your email address')
  await type(guest, 'noor@example.net')
  await press(guest, 'Enter')
  await expect(guest.getByText('You’re all set, Noor Haddad')).toBeVisible()
  await focused(guest)

  await tabTo(manager, 'Start session', 'Shift+Tab')
  await press(manager, 'Enter')
  await expect(manager.getByRole('button', { name: 'End session' })).toBeVisible()
  await focused(manager)

  await expect(guest.getByRole('button', { name: 'Enter as Viewer' })).toBeVisible()
  await tabTo(guest, 'Enter as Viewer')
  await press(guest, 'Enter')
  await expect(tools(guest)).toBeVisible()
  await focused(guest)

  await tabTo(manager, /^Role of Noor Haddad/)
  await press(manager, 'Enter')
  await expect(manager.getByRole('menuitemradio', { name: /Moderator/ })).toBeVisible()
  await press(manager, 'ArrowDown')
  await expect(manager.getByRole('menuitemradio', { name: /Speaker/ })).toBeFocused()
  await press(manager, 'Enter')
  await expect(guest.locator('.moment')).toContainText('made you a Speaker')
  await focused(guest)
  await expect(manager.getByRole('button', { name: 'Role of Noor Haddad: Speaker' })).toBeVisible()
  await focused(manager)

  await tabTo(guest, 'Leave')
  await press(guest, 'Enter')
  await expect(guest.getByText('You have left')).toBeVisible()
  await focused(guest)
})

test('late suggestions do not open once the focus has moved on', { tag: '@night' }, async ({ site }) => {
  const { manager } = site
  await openRooms(manager)
  await manager.getByRole('button', { name: 'New room' }).click()
  await manager.getByLabel('Title').fill('Spring forum')
  await manager.keyboard.press('Enter')
  await manager.getByRole('button', { name: 'Invite users' }).first().click()
  const dialog = manager.getByRole('dialog')
  await expect(dialog.getByLabel('Email address')).toBeFocused()
  const found = manager.waitForResponse((response) => response.request().postData()?.includes('userSearch') ?? false)
  await manager.keyboard.type('am')
  await manager.keyboard.press('Tab')
  await expect(dialog.getByLabel('First name')).toBeFocused()
  await found
  await manager.keyboard.type('Amina')
  await expect(dialog.getByLabel('First name')).toHaveValue('Amina')
  await expect(manager.locator('.option')).toHaveCount(0)
})

test('the keyboard is enough for one’s own account: the menu, the forms, the choices and the question', { tag: '@night' }, async ({ site }) => {
  const { manager } = site
  await openRooms(manager)
  await tabTo(manager, 'Amina Ruth: your account')
  await press(manager, 'Enter')
  await expect(manager.getByRole('menuitem', { name: 'Rooms' })).toBeFocused()
  await manager.keyboard.type('acc')
  expect(await focused(manager)).toBe('Account settings')
  await press(manager, 'Enter')
  await expect(manager.getByRole('heading', { name: 'Your account' })).toBeVisible()

  await tabTo(manager, 'First name')
  await press(manager, 'ControlOrMeta+a')
  await type(manager, 'Aminata')
  await press(manager, 'Enter')
  await expect(manager.getByRole('button', { name: 'Aminata Ruth: your account' })).toBeVisible()
  await expect(manager.getByLabel('First name')).toBeFocused()

  // Each row of choices is one stop.
  await tabTo(manager, 'System')
  await press(manager, 'ArrowRight', 'ArrowRight')
  await expect(manager.getByRole('radio', { name: 'Dark' })).toBeChecked()
  await press(manager, 'Tab')
  await expect(manager.getByRole('radio', { name: 'Automatic' })).toBeFocused()
  await press(manager, 'ArrowRight', 'Tab')
  await expect(manager.getByRole('radio', { name: '12-hour' })).toBeChecked()
  await expect(manager.getByRole('checkbox', { name: /Play sounds/ })).toBeFocused()
  await press(manager, 'Space')
  await expect(manager.getByRole('checkbox', { name: /Play sounds/ })).not.toBeChecked()

  await tabTo(manager, 'Current password')
  await type(manager, 'not this one')
  await press(manager, 'Tab')
  await type(manager, 'an orchard in the rain')
  await press(manager, 'Enter')
  await expect(manager.getByText('This is not your current password.')).toBeVisible()
  await expect(manager.getByLabel('Current password')).toBeFocused()

  await tabTo(manager, 'Sign out everywhere')
  await press(manager, 'Enter')
  await expect(manager.getByRole('alertdialog').getByRole('button', { name: 'Cancel' })).toBeFocused()
  await press(manager, 'Escape')
  await expect(manager.getByRole('button', { name: 'Sign out everywhere' })).toBeFocused()
  await press(manager, 'Enter', 'Tab')
  await expect(manager.getByRole('alertdialog').getByRole('button', { name: 'Sign out everywhere' })).toBeFocused()
  await press(manager, 'Enter')
  await expect(manager.getByRole('heading', { name: 'Sign in' })).toBeVisible()
})
