import { act, createRoom, inviteTo } from './api'
import { partOf, parts, takeAway } from './parts'
import { expectAccessible, redeem, roleOf, sayWho } from './people'
import { expect, test } from './site'
import { heading, start } from './walks/walk'

test.use({ mailed: true })

const code = (text: string | undefined) => /^\d{3} \d{3}$/m.exec((text ?? '').replaceAll('\r', ''))?.[0] ?? ''

test('a speaker redeems with the code from their mailbox, by keyboard on a narrow screen', async ({ site }) => {
  const { manager, mailpit } = site
  const room = await createRoom(manager, 'Spring forum')
  const sam = await inviteTo(manager, room, 'sam@example.org', 'Sam Rivers', 'SPEAKER')
  const guest = await site.person()
  await guest.setViewportSize({ width: 320, height: 640 })
  await guest.goto(sam.link)
  await sayWho(guest, 'sam@example.org')
  const field = guest.getByLabel('Code from the email')
  await expect(field).toBeFocused()
  await expect(field).toHaveAttribute('autocomplete', 'one-time-code')
  const wait = guest.getByText(/^Send again in [01]:\d\d$/)
  await expect(wait).toBeVisible()
  await expect(wait).toHaveAttribute('aria-live', 'off')
  await expectAccessible(guest)
  expect(await guest.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320)

  await expect.poll(async () => (await mailpit.got('sam@example.org')).length).toBe(1)
  const right = code((await mailpit.got('sam@example.org'))[0]?.Text)
  await guest.keyboard.press('Enter')
  await expect(guest.getByText('Enter the six digits of the code.')).toBeVisible()
  const wrong = String((Number(right.replace(' ', '')) + 1) % 1_000_000).padStart(6, '0')
  await field.fill(wrong)
  await guest.keyboard.press('Enter')
  await expect(guest.getByText('You have 4 attempts left.')).toBeVisible()
  await expect(field).toBeFocused()
  await expectAccessible(guest)

  // Another address, and back: the same code still works.
  await guest.getByRole('button', { name: 'Change the address' }).click()
  await sayWho(guest, 'sam@example.org')
  await field.fill(` ${right} `)
  await guest.keyboard.press('Enter')
  await expect(guest.getByText('You’re all set, Sam Rivers')).toBeVisible()
  expect(await mailpit.got('sam@example.org')).toHaveLength(1)
})

test('somebody whose code is refused asks the host, who lets them in without one, and the page continues', { tag: '@night' }, async ({ site }) => {
  const { manager, mailpit } = site
  const room = await createRoom(manager, 'Spring forum')
  const sam = await inviteTo(manager, room, 'sam@example.org', 'Sam Rivers', 'MODERATOR')
  await mailpit.refuse(550)
  await manager.goto(`/rooms/${room.id}`)
  const guest = await site.person()
  await guest.goto(sam.link)
  await sayWho(guest, 'sam@example.org')
  await expect(guest.getByText('The email with the code could not be delivered to this address.')).toBeVisible()
  await guest.getByLabel('Message to the host').fill('My mailbox refuses it')
  await expectAccessible(guest)
  await guest.getByRole('button', { name: 'Ask Amina Ruth' }).click()
  await expect(guest.getByText('Request sent to Amina Ruth.')).toBeVisible()

  const asks = manager.getByRole('list', { name: 'Requests to the host' })
  await expect(asks.getByText('Gets no code by email')).toBeVisible()
  await asks.getByRole('button', { name: 'Let in without a code' }).click()
  await expect(manager.getByText('Sam Rivers needs no code for 30 minutes')).toBeVisible()
  await expect(guest.getByText('You’re all set, Sam Rivers')).toBeVisible()
})

test('a page that cannot load the step with the code says so, and its reload keeps the link', { tag: '@night' }, async ({ site }) => {
  const { manager, mailpit } = site
  const room = await createRoom(manager, 'Spring forum')
  const sam = await inviteTo(manager, room, 'sam@example.org', 'Sam Rivers', 'SPEAKER')
  const guest = await site.person({ phone: true })
  const bringBack = await takeAway(guest, ...parts.code.map(partOf))
  await guest.goto(sam.link)
  await Promise.all([guest.waitForEvent('load'), sayWho(guest, 'sam@example.org')]) // the page first reloads by itself
  await sayWho(guest, 'sam@example.org')
  await heading(guest, 'Usher was updated')
  await bringBack()
  await guest.getByRole('button', { name: 'Reload' }).click()
  await sayWho(guest, 'sam@example.org')
  await expect.poll(async () => (await mailpit.got('sam@example.org')).length).toBe(1)
  await guest.getByLabel('Code from the email').fill(code((await mailpit.got('sam@example.org'))[0]?.Text))
  await guest.keyboard.press('Enter')
  await expect(guest.getByText('You’re all set, Sam Rivers')).toBeVisible()
})

test('somebody whose other device is out of reach moves with a code from their mailbox (W8)', { tag: '@night' }, async ({ site }) => {
  const { manager, mailpit } = site
  const room = await createRoom(manager, 'Spring forum')
  const noor = await inviteTo(manager, room, 'noor@example.net', 'Noor Haddad')
  await start(manager, room)
  const laptop = await site.person()
  await redeem(laptop, noor.link, noor.email)
  await laptop.getByRole('button', { name: 'Enter as Viewer' }).click()
  await expect(roleOf(laptop)).toHaveText('Viewer')

  const phone = await site.person({ phone: true })
  await phone.setViewportSize({ width: 320, height: 640 })
  await phone.goto(noor.link)
  await heading(phone, 'This link belongs to another device')
  await phone.getByRole('button', { name: 'Move here with a code by email' }).click()
  const address = phone.getByLabel('Your email address')
  await expect(address).toBeFocused()
  await address.fill('someone@example.net')
  await phone.keyboard.press('Enter')
  await expect(phone.getByText(/4 attempts left/)).toBeVisible()
  await expect(address).toBeFocused()
  await expectAccessible(phone)
  await address.fill('noor@example.net')
  await phone.keyboard.press('Enter')
  const field = phone.getByLabel('Code from the email')
  await expect(field).toBeFocused()
  await expectAccessible(phone)
  expect(await phone.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320)
  await expect(roleOf(laptop)).toHaveText('Viewer') // nothing has moved yet

  await expect.poll(async () => (await mailpit.got('noor@example.net')).length).toBe(1)
  await field.fill(code((await mailpit.got('noor@example.net'))[0]?.Text))
  await phone.keyboard.press('Enter')
  await expect(phone.getByRole('heading', { name: 'Spring forum' })).toBeVisible()
  await expect(phone).toHaveURL(new RegExp(`/rooms/${room.id}`))
  await heading(laptop, 'You continued on another device')
})

test('an administrator chooses who has to enter a code', { tag: '@night' }, async ({ site }) => {
  const { manager } = site
  await manager.goto('/admin')
  const panel = manager.getByRole('region', { name: 'Mailbox codes' })
  await expect(panel.getByRole('radio', { name: 'Speakers and moderators' })).toBeChecked()
  await panel.getByRole('radio', { name: 'Everybody' }).click() // it is checked once the server has saved it
  await expect(panel.getByRole('radio', { name: 'Everybody' })).toBeChecked()
  await expect(manager.getByText('Saved')).toBeVisible()
  await expectAccessible(manager)
  await manager.reload()
  await expect(panel.getByRole('radio', { name: 'Everybody' })).toBeChecked()
  await act(manager, 'updateSitePolicy', { input: { proof: 'NEVER' } })
  await manager.reload()
  await expect(panel.getByRole('radio', { name: 'Nobody' })).toBeChecked()
})

test.describe('without a mail server', () => {
  test.use({ mailed: false })

  test('nobody can be asked for a code, and the page says why', { tag: '@night' }, async ({ site }) => {
    const { manager } = site
    await manager.goto('/admin')
    const panel = manager.getByRole('region', { name: 'Mailbox codes' })
    await expect(panel.getByText('This site sends no emails, so nobody is asked for a code.')).toBeVisible()
    await expect(panel.getByRole('radio', { name: 'Everybody' })).toBeDisabled()
    await expectAccessible(manager)
    const room = await createRoom(manager, 'Spring forum')
    const sam = await inviteTo(manager, room, 'sam@example.org', 'Sam Rivers', 'SPEAKER')
    const guest = await site.person()
    await guest.goto(sam.link)
    await sayWho(guest, 'sam@example.org')
    await expect(guest.getByText('You’re all set, Sam Rivers')).toBeVisible()
  })
})
