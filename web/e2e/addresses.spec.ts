import { readFileSync } from 'node:fs'
import { createRoom, inviteTo } from './api'
import { expect, test } from './site'

interface Case {
  name: string
  typed: string
  email?: string
  message?: string
}

const corpus = JSON.parse(readFileSync(new URL('../../text/texttest/testdata/addresses.json', import.meta.url), 'utf8')) as Case[]

test('the page sends every address as it was typed, and shows what the server says of it', async ({ site }) => {
  const invited = await inviteTo(site.manager, await createRoom(site.manager, 'Spring forum'), 'olena@straße.example', 'Olena Vira')
  const guest = await site.person({ phone: true })
  await guest.goto(invited.link)
  const field = guest.getByLabel('Your email address')
  for (const { name, typed, message } of corpus) {
    if (!message || /[\n\t]/.test(typed)) continue // a field of one line has neither
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
