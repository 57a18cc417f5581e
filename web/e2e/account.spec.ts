import type { Page } from '@playwright/test'
import { act } from './api'
import { invite, makeRoom, redeem, tools } from './people'
import { expect, password, test } from './site'

// What people change about their own account, and about how a browser shows things.

const accountOf = (page: Page, name: string) => page.getByRole('button', { name: `${name}: your account` })
const themeOf = (page: Page) => page.evaluate(() => getComputedStyle(document.documentElement).colorScheme)

test('a new name is shown at once, in the other tab and to people who look at the room', { tag: '@night' }, async ({ site }) => {
  const { manager } = site
  await makeRoom(manager, 'Orchard council')
  const other = await manager.context().newPage()
  await other.goto('/')
  await expect(accountOf(other, 'Amina Ruth')).toBeVisible()

  await manager.goto('/account')
  await expect(manager.getByLabel('First name')).toHaveValue('Amina')
  await manager.getByLabel('Last name', { exact: true }).fill('Ruth-Okafor')
  await manager.keyboard.press('Enter')
  await expect(manager.getByText('Your name is now Amina Ruth-Okafor')).toBeVisible()
  await expect(accountOf(manager, 'Amina Ruth-Okafor')).toBeVisible()
  await expect(accountOf(other, 'Amina Ruth-Okafor')).toBeVisible()
  await other.getByRole('link', { name: /Orchard council/ }).click()
  await expect(other.getByRole('button', { name: 'Managers: Amina Ruth-Okafor' })).toBeVisible()

  // What the server refuses stays typed, at its field.
  await manager.getByLabel('First name').fill('\u202eAmina')
  await manager.getByRole('button', { name: 'Save name' }).click()
  await expect(manager.getByLabel('First name')).toHaveAttribute('aria-invalid', 'true')
  await expect(manager.getByLabel('First name')).toBeFocused()
  await manager.getByLabel('First name').fill('Amina')
  await manager.getByLabel('Last name', { exact: true }).fill('')
  await manager.getByRole('button', { name: 'Save name' }).click()
  await expect(manager.getByText('Enter a last name.')).toBeVisible()
  await manager.getByRole('checkbox', { name: 'I have one name' }).check()
  await expect(manager.getByLabel('Last name', { exact: true })).toHaveCount(0)
  await manager.getByRole('button', { name: 'Save name' }).click()
  await expect(accountOf(manager, 'Amina')).toBeVisible()
})

test('a new password needs the current one, and ends the sign-ins of other browsers', { tag: '@night' }, async ({ site }) => {
  const here = await site.member('noor@example.net', 'Noor', 'Haddad')
  const there = await site.person()
  await act(there, 'signIn', { input: { email: 'noor@example.net', password } })
  await there.goto('/')
  await expect(accountOf(there, 'Noor Haddad')).toBeVisible()

  await here.goto('/account')
  const [current, next] = [here.getByLabel('Current password'), here.getByLabel('New password')]
  const save = here.getByRole('button', { name: 'Change password' })
  await save.click()
  await expect(current).toBeFocused()
  await expect(here.getByText('Enter your current password.')).toBeVisible()
  await current.fill('not this one')
  await next.fill('an orchard in the rain')
  await save.click()
  await expect(here.getByText('This is not your current password.')).toBeVisible()
  await expect(current).toBeFocused()
  await current.fill(password)
  await next.fill('short')
  await save.click()
  await expect(next).toBeFocused()
  await expect(next).toHaveAttribute('aria-invalid', 'true')
  await expect(accountOf(there, 'Noor Haddad')).toBeVisible()
  await next.fill('an orchard in the rain')
  await save.click()
  await expect(here.getByText('Password changed.')).toBeVisible()
  await expect(current).toHaveValue('')
  await there.evaluate(() => document.dispatchEvent(new Event('visibilitychange'))) // they come back to that window
  await expect(there.getByRole('heading', { name: 'Sign in' })).toBeVisible()
  await here.reload()
  await expect(accountOf(here, 'Noor Haddad')).toBeVisible()

  await there.getByLabel('Email address').fill('noor@example.net')
  await there.getByLabel('Password').fill('an orchard in the rain')
  await there.getByRole('button', { name: 'Sign in' }).click()
  await expect(accountOf(there, 'Noor Haddad')).toBeVisible()

  // Everywhere is here too, and it asks first.
  await there.goto('/account')
  await there.getByRole('button', { name: 'Sign out everywhere' }).click()
  const question = there.getByRole('alertdialog')
  await expect(question.getByText('You are signed out in this browser too')).toBeVisible()
  await question.getByRole('button', { name: 'Cancel' }).click()
  await expect(there.getByRole('button', { name: 'Sign out everywhere' })).toBeFocused()
  await there.getByRole('button', { name: 'Sign out everywhere' }).click()
  await question.getByRole('button', { name: 'Sign out everywhere' }).click()
  await expect(there.getByRole('heading', { name: 'Sign in' })).toBeVisible()
  await here.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))
  await expect(here.getByRole('heading', { name: 'Sign in' })).toBeVisible()
})

test('theme and clock are kept in the browser, and its other tabs follow', { tag: '@night' }, async ({ site }) => {
  const { manager } = site
  await manager.emulateMedia({ colorScheme: 'light' })
  await makeRoom(manager, 'Orchard council')
  const room = await manager.context().newPage()
  await room.emulateMedia({ colorScheme: 'light' })
  await room.goto(manager.url())
  const when = room.getByRole('main').locator('.meta').first()
  await expect(when).toContainText(/\d\d:\d\d/)
  await expect(when).not.toContainText(/[ap]m/)
  expect(await themeOf(room)).toBe('light dark')

  await manager.goto('/account')
  await expect(manager.getByText('Times look like this: 18:20.')).toBeVisible()
  await manager.getByRole('radio', { name: '12-hour' }).check()
  await expect(manager.getByText('Times look like this: 6:20 pm.')).toBeVisible()
  await expect(when).toContainText(/[ap]m/)
  await manager.getByRole('radio', { name: 'Dark' }).check()
  await expect.poll(() => themeOf(room)).toBe('dark')
  for (const page of [manager, room]) {
    await page.reload()
    expect(await themeOf(page)).toBe('dark')
    expect(await page.locator('meta[name="theme-color"][media="all"]').getAttribute('content')).toBe('#0e1312')
  }
  // It is there before the app.
  await room.route('**/assets/index-*.js', (route) => route.fulfill({ status: 404, body: 'This page does not exist' }))
  await room.reload()
  expect(await themeOf(room)).toBe('dark')
  await expect(room.getByRole('main').getByRole('button')).toHaveCount(1)
  await room.unrouteAll()
  await room.reload()
  await expect(manager.getByRole('radio', { name: 'Dark' })).toBeChecked()
  await expect(manager.getByRole('radio', { name: '12-hour' })).toBeChecked()
  await expect(when).toContainText(/[ap]m/)

  await manager.getByRole('radio', { name: 'System' }).check()
  await manager.getByRole('radio', { name: 'Automatic' }).check()
  await expect.poll(() => themeOf(room)).toBe('light dark')
  await expect(when).not.toContainText(/[ap]m/)
})

test('guests choose theme, clock and sound without an account, and keep their place', { tag: '@night' }, async ({ site }) => {
  const { manager } = site
  await makeRoom(manager, 'Orchard council')
  const link = await invite(manager, 'tariq@example.org', 'Tariq', 'Kamal', 'Viewer')
  const guest = await site.person({ phone: true })
  await redeem(guest, link, 'tariq@example.org')
  await expect(guest.getByText('You’re all set, Tariq Kamal')).toBeVisible()
  const open = guest.getByRole('button', { name: 'Display and sound' })
  await open.click()
  const dialog = guest.getByRole('dialog')
  await dialog.getByRole('radio', { name: 'Dark' }).check()
  await dialog.getByRole('radio', { name: '12-hour' }).check()
  await dialog.getByRole('checkbox', { name: /Play sounds/ }).uncheck()
  await dialog.getByRole('button', { name: 'Done' }).click()
  await expect(open).toBeFocused()
  await expect(guest.getByText('You’re all set, Tariq Kamal')).toBeVisible()
  await expect(guest.getByText(/[ap]m/).first()).toBeVisible()

  await guest.reload()
  await expect(guest.getByText('You’re all set, Tariq Kamal')).toBeVisible()
  expect(await themeOf(guest)).toBe('dark')

  // No sound is made when the session starts, though the page has been used.
  await guest.evaluate(() => {
    window.AudioContext = function () {
      document.documentElement.dataset.sounded = ''
    } as unknown as typeof AudioContext
  })
  await guest.getByText('You’re all set, Tariq Kamal').click()
  await manager.getByRole('button', { name: 'Start session' }).click()
  await guest.getByRole('button', { name: 'Enter as Viewer' }).click()
  await expect(tools(guest)).toBeVisible()
  await expect(guest.locator('html[data-sounded]')).toHaveCount(0)
  await guest.getByRole('button', { name: 'More', exact: true }).click()
  await guest.getByRole('button', { name: 'Display and sound' }).click()
  await expect(guest.getByRole('checkbox', { name: /Play sounds/ })).not.toBeChecked()
})
