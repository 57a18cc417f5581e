import type { Locator, Page, Request } from '@playwright/test'
import { createRoom, inviteTo } from './api'
import { makeRoom, openInvite } from './people'
import { expect, test } from './site'

/** Returns a node of Chromium's accessibility tree that has this role and, if given, this name. */
async function accessible(page: Page, role: string, name?: string) {
  const session = await page.context().newCDPSession(page)
  const { nodes } = await session.send('Accessibility.getFullAXTree')
  await session.detach()
  const found = nodes.filter((node) => !node.ignored && node.role?.value === role && (name === undefined || node.name?.value === name))
  const text = (ids: string[] = []): string =>
    nodes.filter((node) => ids.includes(node.nodeId)).map((node) => (node.role?.value === 'StaticText' ? String(node.name?.value ?? '') : text(node.childIds))).join('')
  return found.map((node) => ({
    properties: Object.fromEntries((node.properties ?? []).map((property) => [property.name, property.value.value as unknown])),
    text: text(node.childIds),
  }))
}

test('Enter always does the obvious, from an unknown address to the link, and focus returns to where it began', async ({ site }) => {
  const { manager } = site
  await makeRoom(manager, 'Spring forum')
  const opener = manager.getByRole('button', { name: 'Invite users' }).first()
  await opener.focus()
  await manager.keyboard.press('Enter')
  const dialog = manager.getByRole('dialog')
  await expect(dialog.getByLabel('Email address')).toBeFocused()
  await manager.keyboard.press('Enter')
  await expect(dialog.getByText('Enter an email address.')).toBeVisible()
  await expect(dialog.getByLabel('Email address')).toBeFocused()

  // With nobody to suggest, Enter goes on to the first empty field, and shows no error.
  await manager.keyboard.type('lena@example.org')
  await manager.keyboard.press('Enter')
  await expect(dialog.getByLabel('First name')).toBeFocused()
  await expect(dialog.locator('.field__error')).toHaveCount(0)
  await manager.keyboard.type('Lena')
  await manager.keyboard.press('Tab')
  await manager.keyboard.type('Fischer')
  await manager.keyboard.press('Enter')
  await expect(dialog.getByText('Choose a role.')).toBeVisible()
  await expect(dialog.getByRole('radio', { name: 'Viewer' })).toBeFocused()
  await manager.keyboard.press('Space')
  await manager.keyboard.press('Enter')
  await expect(dialog.getByRole('heading', { name: 'The link is ready' })).toBeVisible()
  await expect(dialog.getByRole('button', { name: 'Copy link' })).toBeFocused()
  await manager.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
  await expect(opener).toBeFocused()
})

test('an account fills in its names, and typing another address clears them', { tag: '@night' }, async ({ site }) => {
  const { manager } = site
  await site.account('noor@example.net', 'Noor', 'Haddad')
  await site.account('nora@example.net', 'Nora', 'Lind')
  await makeRoom(manager, 'Spring forum')
  const dialog = await openInvite(manager)
  const email = dialog.getByLabel('Email address')
  const names = async (first: string, last: string) => {
    await expect(dialog.getByLabel('First name')).toHaveValue(first)
    await expect(dialog.getByLabel('Last name')).toHaveValue(last)
  }
  await email.pressSequentially('nor')
  await dialog.getByRole('option', { name: /Nora Lind/ }).click()
  await names('Nora', 'Lind')
  await expect(dialog.getByText('Filled in from the account')).toBeVisible()

  // Another person after all: nothing of the first is left.
  await email.fill('nadia@example.org')
  await names('', '')
  await expect(dialog.getByText('Filled in from the account')).toBeHidden()

  // The whole address of an account, typed in capitals.
  await email.fill('Noor@Example.net')
  await manager.keyboard.press('Tab')
  await names('Noor', 'Haddad')
  await expect(dialog.getByText('Filled in from the account')).toBeVisible()
  await dialog.getByRole('radio', { name: 'Viewer' }).check()
  await email.focus()
  await manager.keyboard.press('Enter')
  await expect(dialog.getByRole('heading', { name: 'The link is ready' })).toBeVisible()
  await expect(dialog.getByText('Noor joins with this email address')).toBeVisible()
})

test('Escape closes the list, then asks before it discards what was typed', { tag: '@night' }, async ({ site }) => {
  const { manager } = site
  await site.account('noor@example.net', 'Noor', 'Haddad')
  await makeRoom(manager, 'Spring forum')
  const dialog = await openInvite(manager)
  const email = dialog.getByLabel('Email address')
  await email.pressSequentially('noor')
  await expect(dialog.locator('.option')).toBeVisible()
  await manager.keyboard.press('Escape')
  await expect(dialog.locator('.option')).toBeHidden()
  await expect(email).toHaveAttribute('aria-expanded', 'false')
  await expect(email).toHaveValue('noor')

  await manager.keyboard.press('Escape')
  const asks = dialog.getByRole('group', { name: 'Discard what you typed?' })
  await expect(asks.getByRole('button', { name: 'Keep typing' })).toBeFocused()
  await manager.keyboard.press('Enter')
  await expect(asks).toBeHidden()
  await expect(email).toBeFocused()
  await expect(email).toHaveValue('noor')

  await manager.mouse.click(5, 5)
  await expect(asks).toBeVisible()
  await asks.getByRole('button', { name: 'Discard' }).click()
  await expect(dialog).toBeHidden()
  await expect(manager.getByRole('button', { name: 'More for this room' })).toBeFocused()

  // Nothing typed, nothing to ask.
  await openInvite(manager)
  await expect(email).toHaveValue('')
  await manager.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
})

test('a screen reader hears how many suggestions there are, and old messages disappear', { tag: '@night' }, async ({ site }) => {
  const { manager } = site
  await site.account('noor@example.net', 'Noor', 'Haddad')
  await site.account('nora@example.net', 'Nora', 'Lind')
  await makeRoom(manager, 'Spring forum')
  const dialog = await openInvite(manager)
  const email = dialog.getByLabel('Email address')
  await email.pressSequentially('no')
  await expect(dialog.locator('.option')).toHaveCount(2)
  const combobox = async () => (await accessible(manager, 'combobox', 'Email address'))[0]?.properties
  await expect.poll(combobox).toMatchObject({ autocomplete: 'list', expanded: true, hasPopup: 'listbox', focused: true })
  const heard = async () => (await accessible(manager, 'status')).map((status) => status.text).join('')
  await expect.poll(heard).toContain('2 suggestions. Use the arrow keys to choose.')
  await email.pressSequentially('or')
  await expect(dialog.locator('.option')).toHaveCount(1)
  await expect.poll(heard).toContain('1 suggestion.')
  await email.pressSequentially('x')
  await expect.poll(heard).toContain('No suggestions.')
  await expect.poll(combobox).toMatchObject({ expanded: false })
  await expect.poll(heard).toBe('')
})

test('the text is sent as it was typed, in any script', { tag: '@night' }, async ({ site }) => {
  const { manager } = site
  await makeRoom(manager, 'Spring forum')
  const dialog = await openInvite(manager)
  await dialog.getByLabel('Email address').fill('weiß@straße.example')
  await dialog.getByLabel('First name').fill('Weiß')
  await dialog.getByLabel('Last name').fill('Straße')
  await dialog.getByRole('radio', { name: 'Viewer' }).check()
  await expect(dialog.getByLabel('Email address')).toHaveValue('weiß@straße.example')
  const sent = manager.waitForRequest((request) => request.postData()?.includes('inviteUser(') ?? false)
  await dialog.getByRole('button', { name: 'Generate invite link' }).click()
  expect((await sent).postDataJSON()).toMatchObject({ variables: { input: { email: 'weiß@straße.example' } } })
  await expect(dialog.getByText('weiß@straße.example').first()).toBeVisible()
})

test('the footer never covers an error, and inviting works again after a failed connection', { tag: '@night' }, async ({ site }) => {
  const { manager } = site
  await manager.setViewportSize({ width: 1280, height: 560 })
  await makeRoom(manager, 'Spring forum')
  const dialog = await openInvite(manager)
  await dialog.getByLabel('Email address').fill('lena@example.org')
  await dialog.getByLabel('First name').fill('Lena')
  await dialog.getByLabel('Last name').fill('Fischer')
  await dialog.getByRole('radio', { name: 'Viewer' }).check()
  await dialog.getByLabel('Link expires').selectOption('fixed')
  await dialog.getByLabel('Email address').focus()
  await dialog.getByRole('button', { name: 'Generate invite link' }).click()
  const error = dialog.getByText('Enter a date and a time.')
  await expect(error).toBeVisible()
  await expect(dialog.getByLabel('Date and time')).toBeFocused()
  const foot = await dialog.locator('.dialog__foot').boundingBox()
  const at = await error.boundingBox()
  expect((at?.y ?? 0) + (at?.height ?? 0)).toBeLessThanOrEqual(foot?.y ?? 0)

  await dialog.getByLabel('Link expires').selectOption('session')
  await site.stop('SIGKILL')
  await dialog.getByRole('button', { name: 'Generate invite link' }).click()
  await expect(dialog.getByRole('alert')).toBeVisible()
  await site.start()
  await expect(dialog.getByRole('alert')).toBeHidden()
  await expect(dialog.getByLabel('First name')).toHaveValue('Lena')
  await dialog.getByRole('button', { name: 'Generate invite link' }).click()
  await expect(dialog.getByRole('heading', { name: 'The link is ready' })).toBeVisible()
})

test('a pasted name and address fill the form, and a person may have one name', { tag: '@night' }, async ({ site }) => {
  const { manager } = site
  await makeRoom(manager, 'Spring forum')
  const dialog = await openInvite(manager)
  const email = dialog.getByLabel('Email address')
  const paste = async (text: string) => {
    await manager.context().grantPermissions(['clipboard-read', 'clipboard-write'])
    await manager.evaluate((words) => navigator.clipboard.writeText(words), text)
    await email.fill('')
    await email.press('ControlOrMeta+v')
  }
  await paste('Lovelace, Ada <ada@example.com>;')
  await expect(email).toHaveValue('ada@example.com')
  await expect(dialog.getByLabel('First name')).toHaveValue('Ada')
  await expect(dialog.getByLabel('Last name')).toHaveValue('Lovelace')
  await expect(dialog.getByText('Filled in from the pasted text')).toBeVisible()

  // Two addresses, with names still missing: what is wrong with the address comes first.
  await paste('ada@example.com, bob@example.com')
  await manager.keyboard.press('Enter')
  await expect(dialog.getByText('There are two email addresses here. Enter one.')).toBeVisible()
  await expect(dialog.getByText('Enter a first name.')).toBeHidden()
  await expect(email).toBeFocused()

  await paste('mailto:lou@example.org')
  await expect(email).toHaveValue('lou@example.org')
  await dialog.getByLabel('First name').fill('Lou')
  await dialog.getByRole('checkbox', { name: 'This person has one name' }).check()
  await dialog.getByRole('radio', { name: 'Speaker' }).check()
  await dialog.getByRole('button', { name: 'Generate invite link' }).click()
  await expect(dialog.getByRole('heading', { name: 'The link is ready' })).toBeVisible()
  await expect(dialog.getByText('Lou joins with this email address')).toBeVisible()
})

test('people who were invited before are suggested, with the role they had, and need no account', { tag: '@night' }, async ({ site }) => {
  const { manager } = site
  await site.account('sandra@example.net', 'Sandra', 'Lind')
  const first = await createRoom(manager, 'Spring forum')
  await inviteTo(manager, first, 'sam@example.org', 'Sam Rivers', 'SPEAKER')
  await makeRoom(manager, 'Autumn forum')
  const dialog = await openInvite(manager)
  await dialog.getByLabel('Email address').pressSequentially('sa')
  await expect(dialog.getByRole('group', { name: 'People of this site' }).getByRole('option', { name: /Sandra Lind/ })).toBeVisible()
  const before = dialog.getByRole('group', { name: 'Invited before' })
  await expect(before.getByRole('option', { name: /Sam Rivers.*Last time: Speaker/ })).toBeVisible()
  await manager.keyboard.press('ArrowDown')
  await manager.keyboard.press('ArrowDown')
  await manager.keyboard.press('Enter')
  await expect(dialog.getByLabel('Last name')).toHaveValue('Rivers')
  await expect(dialog.getByRole('radio', { name: 'Speaker' })).toBeChecked()
  await expect(dialog.getByText('Filled in from an earlier invitation')).toBeVisible()
  await dialog.getByRole('button', { name: 'Generate invite link' }).click()
  await expect(dialog.getByRole('heading', { name: 'The link is ready' })).toBeVisible()
  await dialog.getByRole('button', { name: 'Invite another' }).click()
  await dialog.getByLabel('Email address').pressSequentially('sa')
  await expect(before.getByRole('option', { name: /Sam Rivers.*Already invited as a Speaker/ })).toBeVisible()
})

test('at 320 px, suggestions and invitations show whole names and addresses', { tag: '@night' }, async ({ site }) => {
  const { manager } = site
  const whole = (text: Locator) => text.evaluate((shown) => shown.scrollWidth <= shown.clientWidth)
  const room = await createRoom(manager, 'Spring forum')
  await inviteTo(manager, room, 'omar.haddad@gemeinschaftsgarten.example', 'Omar Haddad')
  await inviteTo(manager, room, 'omar.hassan@gemeinschaftsgarten.example', 'Omar Hassan')
  await manager.goto(`/rooms/${room.id}`)
  await manager.setViewportSize({ width: 320, height: 700 })
  await manager.getByRole('tab', { name: 'Invitations' }).click()
  for (const address of ['omar.haddad@', 'omar.hassan@']) expect(await whole(manager.locator('.row__mail', { hasText: address })), address).toBe(true)

  const dialog = await openInvite(manager)
  await dialog.getByLabel('Email address').fill('omar')
  for (const name of ['Omar Haddad', 'Omar Hassan']) {
    const option = dialog.getByRole('option', { name })
    await expect(option).toBeVisible()
    for (const line of await option.locator('.clip').all()) expect(await whole(line), name).toBe(true)
  }
})

test('a refusal of the names stays when the address is recognised only then', { tag: '@night' }, async ({ site }) => {
  const { manager } = site
  await makeRoom(manager, 'Spring forum')
  const dialog = await openInvite(manager)
  const asks = (request: Request, name: string) => request.postDataJSON()?.operationName === name
  let release = () => {}
  const held = new Promise<void>((done) => (release = done))
  await manager.route('**/graphql', async (route) => {
    if (asks(route.request(), 'ReadAddress')) await held
    await route.continue()
  })
  await dialog.getByRole('radio', { name: 'Viewer' }).check()
  await dialog.getByLabel('Email address').fill('ada@example.org')
  await dialog.getByLabel('First name').fill('Ada\u0007')
  await dialog.getByLabel('Last name').fill('Lovelace')
  await dialog.getByRole('button', { name: 'Generate invite link' }).click()
  const refusal = dialog.getByText('A name cannot have a control character (U+0007). Remove it.')
  await expect(refusal).toBeVisible()

  const recognised = manager.waitForResponse((response) => asks(response.request(), 'UserSearch'))
  release()
  await recognised
  await expect(dialog.getByLabel('Email address')).toHaveValue('ada@example.org')
  await expect(refusal).toBeVisible()
})
