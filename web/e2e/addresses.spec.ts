import { readFileSync } from 'node:fs'
import { createRoom, inviteTo } from './api'
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

const corpus = <Case>(file: string) => JSON.parse(readFileSync(new URL(`../../text/texttest/testdata/${file}`, import.meta.url), 'utf8')) as Case[]

// A field of one line drops line breaks, as browsers do.
const ofOneLine = ({ typed }: { typed: string }) => !/[\n\r]/.test(typed)

test('the page sends every address as it was typed, and shows what the server says of it', async ({ site }) => {
  const invited = await inviteTo(site.manager, await createRoom(site.manager, 'Spring forum'), 'olena@straße.example', 'Olena Vira')
  const guest = await site.person({ phone: true })
  await guest.goto(invited.link)
  const field = guest.getByLabel('Your email address')
  for (const { name, typed, message } of corpus<Address>('addresses.json').filter(ofOneLine)) {
    if (!message) continue
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

test('the invite window reads every address of the corpus, and says what is wrong with the others', async ({ site }) => {
  const { manager } = site
  await makeRoom(manager, 'Spring forum')
  const dialog = await openInvite(manager)
  const [email, first, last] = ['Email address', 'First name', 'Last name'].map((label) => dialog.getByLabel(label)) as [typeof dialog, typeof dialog, typeof dialog]
  await dialog.getByRole('radio', { name: 'Viewer' }).check()
  let tried = 0
  for (const address of corpus<Address>('addresses.json').filter(ofOneLine)) {
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
    tried++
  }
  expect(tried).toBeGreaterThanOrEqual(60)
})

test('the invite window sends every name of the corpus as it was typed, and shows what became of it', async ({ site }) => {
  const { manager } = site
  await makeRoom(manager, 'Spring forum')
  const dialog = await openInvite(manager)
  await dialog.getByRole('radio', { name: 'Viewer' }).check() // the window keeps it for the next person
  const names = corpus<Name>('names.json').filter(ofOneLine)
  for (const [n, { name, typed, want, message }] of names.entries()) {
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
  expect(names.length).toBeGreaterThanOrEqual(60)
})
