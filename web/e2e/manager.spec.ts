import { expectAccessible, invite, inviteByForm, makeRoom, makeRoomByForm } from './people'
import { expect, password, test } from './site'

test('inviting works with the keyboard alone, and errors lead to their fields', { tag: '@night' }, async ({ site }) => {
  const { manager } = site
  await makeRoom(manager, 'Spring forum')
  const more = manager.getByRole('button', { name: 'More for this room' })
  await more.focus()
  await manager.keyboard.press('Enter')
  await expect(manager.getByRole('menuitem', { name: 'Invite users' })).toBeFocused()
  await manager.keyboard.press('Enter')
  const dialog = manager.getByRole('dialog')
  await expect(dialog.getByLabel('Email address')).toBeFocused()
  await expectAccessible(manager)

  await manager.keyboard.type('am')
  await expect(dialog.getByRole('option', { name: /Amina Ruth/ })).toBeVisible()
  await manager.keyboard.press('Escape')
  await expect(dialog.getByRole('option', { name: /Amina Ruth/ })).toHaveCount(0)
  await expect(dialog).toBeVisible()

  await dialog.getByLabel('Email address').fill('pia@example.org')
  await dialog.getByRole('button', { name: 'Generate invite link' }).click()
  await expect(dialog.getByLabel('First name')).toBeFocused()
  await manager.keyboard.type('Pia')
  await manager.keyboard.press('Tab')
  await manager.keyboard.type('Ines')
  await manager.keyboard.press('Tab')
  await expect(dialog.getByLabel('This person has one name')).toBeFocused()
  await manager.keyboard.press('Tab')
  await manager.keyboard.press('ArrowDown')
  await manager.keyboard.press('Enter')
  await expect(dialog.getByRole('heading', { name: 'The link is ready' })).toBeVisible()
  await expect(dialog.getByLabel('Invite link')).toHaveValue(/\/join#u1_/)
  await expectAccessible(manager)
  await manager.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
  await expect(more).toBeFocused()
  await expect(manager.getByText('pia@example.org')).toBeVisible()
})

test('inviting somebody twice says so, and offers what can be done', { tag: '@night' }, async ({ site }) => {
  const { manager } = site
  await makeRoom(manager, 'Spring forum')
  const link = await invite(manager, 'pia@example.org', 'Pia', 'Ines', 'Viewer')
  await manager.getByRole('button', { name: 'Invite users' }).first().click()
  const dialog = manager.getByRole('dialog')
  await dialog.getByLabel('Email address').fill('pia@example.org')
  await dialog.getByLabel('First name').fill('Pia')
  await dialog.getByLabel('Last name').fill('Ines')
  await dialog.getByRole('radio', { name: 'Speaker' }).check()
  await dialog.getByRole('button', { name: 'Generate invite link' }).click()
  await expect(dialog.getByText('is already invited as a Viewer')).toBeVisible()
  await dialog.getByRole('button', { name: 'Change role to Speaker' }).click()
  await expect(dialog.getByLabel('Invite link')).toHaveValue(link)
  await expect(dialog.getByText('pia@example.org · Speaker')).toBeVisible()
})

test('signing out ends the page, and signing in leads back to where one wanted to go', async ({ site }) => {
  const { manager } = site
  await makeRoom(manager, 'Spring forum')
  const room = new URL(manager.url()).pathname
  await manager.getByRole('button', { name: /your account/ }).click()
  await manager.getByRole('menuitem', { name: 'Sign out' }).click()
  await expect(manager.getByRole('heading', { name: 'Sign in' })).toBeVisible()
  await manager.goto(room)
  await expect(manager.getByRole('heading', { name: 'You don’t have access to this room' })).toBeVisible()
  await manager.getByRole('link', { name: 'Sign in' }).click()
  await manager.getByLabel('Email address').fill('amina@example.org')
  await manager.getByLabel('Password').fill('not that one')
  await manager.getByRole('button', { name: 'Sign in' }).click()
  await expect(manager.getByRole('alert')).toBeVisible()
  await expect(manager.getByLabel('Password')).toBeFocused()
  await expectAccessible(manager)
  await manager.keyboard.type(password)
  await manager.keyboard.press('Enter')
  await expect(manager.getByRole('heading', { name: 'Spring forum' })).toBeVisible()
  expect(new URL(manager.url()).pathname).toBe(room)
})

test('the site’s rules apply to invitations', { tag: '@night' }, async ({ site }) => {
  const { manager } = site
  await makeRoom(manager, 'Spring forum')
  const room = manager.url()
  await manager.goto('/admin')
  const blocked = manager.getByRole('region', { name: 'Blocked domains' })
  await blocked.getByLabel('Domain').fill('spam.example')
  await blocked.getByRole('button', { name: 'Add' }).click()
  await expect(blocked.getByText('Blocks name@spam.example')).toBeVisible()
  await expectAccessible(manager)
  await manager.goto(room)
  await manager.getByRole('button', { name: 'Invite users' }).first().click()
  const dialog = manager.getByRole('dialog')
  await dialog.getByLabel('Email address').fill('a@mail.spam.example')
  await dialog.getByLabel('First name').fill('A')
  await dialog.getByLabel('Last name').fill('B')
  await dialog.getByRole('radio', { name: 'Viewer' }).check()
  await dialog.getByRole('button', { name: 'Generate invite link' }).click()
  await expect(dialog.getByLabel('Email address')).toHaveAttribute('aria-invalid', 'true')
  await expect(dialog.getByLabel('Email address')).toBeFocused()
})

test('nothing scrolls sideways at 320 px', { tag: '@night' }, async ({ site }) => {
  const { manager } = site
  await makeRoomByForm(manager, 'Jahreshauptversammlung der Nachbarschaftsgenossenschaft für Gemeinschaftsgärten')
  const room = manager.url()
  await inviteByForm(manager, 'maximiliane-theresia.olivia@gemeinschaftsgarten.example', 'Maximiliane-Theresia', 'Olivia Annegret', 'Speaker')
  await manager.setViewportSize({ width: 320, height: 640 })
  for (const path of ['/', '/admin', room]) {
    await manager.goto(path)
    await expect(manager.getByRole('heading', { level: 1 })).toBeVisible()
    expect(await manager.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320)
  }
  await manager.getByRole('tab', { name: 'Invitations' }).click()
  await expect(manager.getByRole('heading', { name: 'Invitations' })).toBeVisible()
  expect(await manager.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320)
})

test('a page whose account signed out in another tab says so, and leads back', { tag: '@night' }, async ({ site }) => {
  const { manager } = site
  await makeRoom(manager, 'Spring forum')
  const tab = await manager.context().newPage()
  await tab.goto('/')
  await tab.getByRole('button', { name: /your account/ }).click()
  await tab.getByRole('menuitem', { name: 'Sign out' }).click()
  await expect(manager.getByRole('heading', { name: 'You’re signed out' })).toBeVisible()
  await expect(manager.getByRole('link', { name: 'Sign in' })).toBeVisible()
})
