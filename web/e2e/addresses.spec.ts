import { readFileSync } from 'node:fs'
import { createRoom, inviteTo } from './api'
import { thinned } from './nightly'
import { makeRoom, openInvite } from './people'
import { expect, test } from './site'

interface Address {
  name: string
  typed: string
  email?: string
  first?: string
  last?: string
  message?: string
}

interface Name {
  name: string
  typed: string
  want?: string
  message?: string
}

/** Reads a corpus, without the texts of several lines: a field of one line drops line breaks, as browsers do. */
function corpus<Case extends { typed: string }>(file: string): Case[] {
  const all = JSON.parse(readFileSync(new URL(`../../text/texttest/testdata/${file}`, import.meta.url), 'utf8')) as Case[]
  const cases = all.filter(({ typed }) => !/[\n\r]/.test(typed))
  expect(cases.length).toBeGreaterThanOrEqual(60)
  return cases
}

test('the page sends addresses as they were typed, and shows what the server says of them', { tag: '@night' }, async ({ site }) => {
  const invited = await inviteTo(site.manager, await createRoom(site.manager, 'Spring forum'), 'olena@straße.example', 'Olena Vira')
  const guest = await site.person({ phone: true })
  await guest.goto(invited.link)
  const field = guest.getByLabel('Your email address')
  const wrong = corpus<Address>('addresses.json').filter(({ message }) => message)
  for (const { name, typed, message = '' } of thinned(wrong, 6)) {
    await field.fill(typed)
    const sent = guest.waitForRequest((request) => request.postData()?.includes('redeemInvitation') ?? false)
    await guest.getByRole('button', { name: 'Continue' }).click()
    const { variables } = (await sent).postDataJSON() as { variables: { input: { email: string } } }
    expect(variables.input.email, name).toBe(typed)
    await expect(guest.getByText(message), name).toBeVisible()
    await expect(field, name).toHaveValue(typed)
  }
  await field.fill('  Olena Vira <Olena＠straße.example>; ')
  await guest.getByRole('button', { name: 'Continue' }).click()
  await expect(guest.getByText('Olena Vira').first()).toBeVisible()
  await expect(field).toHaveCount(0)
})

test('the invite window reads the addresses of the corpus, and says what is wrong with the others', { tag: '@night' }, async ({ site }) => {
  const { manager } = site
  await makeRoom(manager, 'Spring forum')
  const dialog = await openInvite(manager)
  const [email, first, last] = ['Email address', 'First name', 'Last name'].map((label) => dialog.getByLabel(label)) as [typeof dialog, typeof dialog, typeof dialog]
  await dialog.getByRole('radio', { name: 'Viewer' }).check()
  for (const address of thinned(corpus<Address>('addresses.json'), 6)) {
    await first.fill('')
    await last.fill('')
    await email.fill(address.typed)
    if (/[@＠﹫]/.test(address.typed)) {
      await first.focus() // leaving the field asks the server
    } else {
      // Without an @ the server reads it when the whole form is sent.
      await first.fill('Ada')
      await last.fill('Lovelace')
      await dialog.getByRole('button', { name: 'Generate invite link' }).click()
    }
    if (address.message) {
      await expect(dialog.getByText(address.message, { exact: true }), address.name).toBeVisible()
      await expect(email, address.name).toHaveValue(address.typed)
    } else {
      await expect(email, address.name).toHaveValue(address.email ?? '')
      await expect(first, address.name).toHaveValue(address.first ?? '')
      await expect(last, address.name).toHaveValue(address.last ?? '')
      await expect(dialog.locator('.field__error'), address.name).toHaveCount(0)
    }
  }
})

test('the invite window sends the names of the corpus as they were typed, and shows what became of them', { tag: '@night' }, async ({ site }) => {
  const { manager } = site
  await makeRoom(manager, 'Spring forum')
  const dialog = await openInvite(manager)
  await dialog.getByRole('radio', { name: 'Viewer' }).check() // the window keeps it for the next person
  for (const [n, { name, typed, want, message }] of thinned(corpus<Name>('names.json'), 8).entries()) {
    await dialog.getByLabel('Email address').fill(`guest${n}@example.org`)
    await dialog.getByLabel('First name').fill(typed)
    await dialog.getByLabel('Last name').fill('Keller')
    await dialog.getByRole('button', { name: 'Generate invite link' }).click()
    if (message) {
      const said = message === 'Enter a name.' ? 'Enter a first name.' : message
      await expect(dialog.getByText(said, { exact: true }), name).toBeVisible()
      await expect(dialog.getByLabel('First name'), name).toHaveValue(typed)
    } else {
      await expect(dialog.getByText(`${want} joins with this email address`), name).toBeVisible()
      await dialog.getByRole('button', { name: 'Invite another' }).click()
    }
  }
})
