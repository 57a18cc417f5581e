import type { Page } from '@playwright/test'
import { createRoom, inviteTo } from './api'
import { expectAccessible, openInvite, sayWho } from './people'
import { expect, test } from './site'

test.use({ mailed: true })

const rowOf = (page: Page, name: string) => page.getByRole('region', { name: 'Invitations' }).getByRole('listitem').filter({ has: page.getByRole('button', { name, exact: true }) })

/** Fills in the invite window, whose checkbox for the email is as it was left. */
async function fill(page: Page, email: string, firstName: string, lastName: string) {
  const dialog = await openInvite(page)
  await dialog.getByLabel('Email address').fill(email)
  await dialog.getByLabel('First name').fill(firstName)
  await dialog.getByLabel('Last name').fill(lastName)
  await dialog.getByRole('radio', { name: 'Viewer' }).check()
  return dialog
}

test('a manager emails a link from the invite window, sees that it was sent, and the link in the email opens', async ({ site }) => {
  const { manager, mailpit } = site
  const room = await createRoom(manager, 'Spring forum')
  await manager.goto(`/rooms/${room.id}`)
  const dialog = await fill(manager, 'lena@example.org', 'Lena', 'Fischer')
  const send = dialog.getByRole('checkbox', { name: 'Send the link by email now' })
  await expect(send).not.toBeChecked()
  await expect(dialog.getByText('Replies go to usher@site.example')).toBeVisible()
  await send.check()
  await expectAccessible(manager)
  await dialog.getByRole('button', { name: 'Send invitation' }).click()
  await expect(dialog.getByRole('heading', { name: 'The email is on its way' })).toBeVisible()
  await expect(dialog.getByText('The email is on its way to lena@example.org')).toBeVisible()
  await expect(dialog.getByRole('button', { name: 'Copy message' })).toHaveCount(0)
  await expect(dialog.getByText('Usher doesn’t send the link.')).toHaveCount(0)
  await dialog.getByRole('button', { name: 'Done' }).click()
  await expect(rowOf(manager, 'Lena Fischer').getByText(/^Sent \d/)).toBeVisible()

  const [letter, ...more] = await mailpit.got('lena@example.org')
  expect(more).toEqual([])
  expect(letter?.Subject).toContain('Spring forum')
  const link = new RegExp(`${site.url}/\\S*#\\S+`).exec(letter?.Text ?? '')?.[0] ?? ''
  const lena = await site.person()
  await lena.goto(link)
  await sayWho(lena, 'lena@example.org')
  await expect(lena.getByRole('heading', { name: 'Spring forum' })).toBeVisible()

  // The choice is remembered.
  await manager.reload()
  const again = await openInvite(manager)
  await expect(again.getByRole('checkbox', { name: 'Send the link by email now' })).toBeChecked()
})

test('a manager sees at once why an email was not delivered, and emails a link from its row', { tag: '@night' }, async ({ site }) => {
  const { manager, mailpit } = site
  const room = await createRoom(manager, 'Spring forum')
  await inviteTo(manager, room, 'sam@example.org', 'Sam Rivers')
  await manager.goto(`/rooms/${room.id}`)
  const sam = rowOf(manager, 'Sam Rivers')
  await expect(sam.getByText('Not opened yet')).toBeVisible()
  await expect(sam.getByText(/Sent|Waiting to be sent/)).toHaveCount(0)
  await mailpit.refuse(550)
  await inviteTo(manager, room, 'nobody@example.org', 'Nora Lind', 'VIEWER', { send: true })
  await expect(rowOf(manager, 'Nora Lind').getByText('Not delivered: unknown address')).toBeVisible()

  await mailpit.refuse(0)
  await sam.getByRole('button', { name: 'More for Sam Rivers' }).click()
  await manager.getByRole('menuitem', { name: 'Send by email' }).click()
  await expect(manager.getByText('The email is on its way to sam@example.org')).toBeVisible()
  await expect(sam.getByText(/^Sent \d/)).toBeVisible()
  expect(await mailpit.got('sam@example.org')).toHaveLength(1)

  // Too soon for another: nothing is sent, and the reason is shown.
  await sam.getByRole('button', { name: 'More for Sam Rivers' }).click()
  await manager.getByRole('menuitem', { name: 'Send again' }).click()
  await expect(manager.locator('.toast').getByText('This person has just got an email. Wait a little, or copy the link.')).toBeVisible()
  expect(await mailpit.got('sam@example.org')).toHaveLength(1)
})

test('a manager emails the links of several people at once', { tag: '@night' }, async ({ site }) => {
  const { manager, mailpit } = site
  const room = await createRoom(manager, 'Spring forum')
  await manager.goto(`/rooms/${room.id}`)
  await (await openInvite(manager)).getByRole('button', { name: 'Several people' }).click()
  const dialog = manager.getByRole('dialog', { name: 'Invite several people' })
  await dialog.getByLabel('Email addresses, with names where you have them').fill('Lena Fischer <lena@example.org>\nSam Rivers <sam@example.org>')
  await dialog.getByRole('button', { name: 'Check the list' }).click()
  await dialog.getByRole('checkbox', { name: 'Send the link by email now' }).check()
  await expect(dialog.getByText('Usher sends no email.')).toHaveCount(0)
  await dialog.getByRole('button', { name: 'Invite 2 people' }).click()
  const done = manager.getByRole('dialog', { name: '2 people are invited' })
  await expect(done.getByText('2 emails are on the way')).toBeVisible()
  await done.getByRole('button', { name: 'Done', exact: true }).click()
  for (const [name, email] of [['Lena Fischer', 'lena@example.org'], ['Sam Rivers', 'sam@example.org']] as const) {
    await expect(rowOf(manager, name).getByText(/^Sent \d/)).toBeVisible()
    expect(await mailpit.got(email)).toHaveLength(1)
  }
})

test('a manager reminds those who have not joined, and nobody else', { tag: '@night' }, async ({ site }) => {
  const { manager, mailpit } = site
  const room = await createRoom(manager, 'Spring forum')
  const { link } = await inviteTo(manager, room, 'lena@example.org', 'Lena Fischer')
  await inviteTo(manager, room, 'sam@example.org', 'Sam Rivers')
  const lena = await site.person()
  await lena.goto(link)
  await sayWho(lena, 'lena@example.org')
  await expect(lena.getByRole('heading', { name: 'Spring forum' })).toBeVisible()
  await manager.goto(`/rooms/${room.id}`)
  await manager.getByRole('button', { name: 'More for the invitations' }).click()
  await manager.getByRole('menuitem', { name: 'Remind 1 person who has not joined' }).click()
  const dialog = manager.getByRole('alertdialog')
  await expect(dialog.getByRole('heading', { name: 'Email the link again to 1 person?' })).toBeVisible()
  await expectAccessible(manager)
  await dialog.getByRole('button', { name: 'Send emails' }).click()
  await expect(manager.getByText('1 email is on the way')).toBeVisible()
  await expect(rowOf(manager, 'Sam Rivers').getByText(/^Sent \d/)).toBeVisible()
  expect(await mailpit.got('lena@example.org')).toEqual([])
})

test('a new link goes by email, and who got emails hears of a revocation if the manager wants that', { tag: '@night' }, async ({ site }) => {
  const { manager, mailpit } = site
  const room = await createRoom(manager, 'Spring forum')
  await inviteTo(manager, room, 'sam@example.org', 'Sam Rivers')
  await manager.goto(`/rooms/${room.id}`)
  const more = rowOf(manager, 'Sam Rivers').getByRole('button', { name: 'More for Sam Rivers' })
  const dialog = manager.getByRole('alertdialog')
  await more.click()
  await manager.getByRole('menuitem', { name: 'New link' }).click()
  await dialog.getByRole('checkbox', { name: 'Send the link by email now' }).check()
  await dialog.getByLabel('Language of the email').selectOption('As in the last email of this room')
  await dialog.getByRole('button', { name: 'Make a new link' }).click()
  await manager.getByRole('dialog').getByRole('button', { name: 'Done' }).click()
  await expect(rowOf(manager, 'Sam Rivers').getByText(/^Sent \d/)).toBeVisible()
  expect(await mailpit.got('sam@example.org')).toHaveLength(1)
  await more.click()
  await manager.getByRole('menuitem', { name: 'Revoke invitation' }).click()
  await expect(dialog.getByRole('checkbox', { name: 'Email this to the person' })).toBeChecked()
  await expectAccessible(manager)
  await dialog.getByRole('button', { name: 'Revoke' }).click()
  await expect(rowOf(manager, 'Sam Rivers').getByText('Revocation: waiting to be sent')).toBeVisible()
})

test('the invite window asks about an address that looks like a slip, and blocks nothing', { tag: '@night' }, async ({ site }) => {
  const { manager } = site
  const room = await createRoom(manager, 'Spring forum')
  await manager.goto(`/rooms/${room.id}`)
  const dialog = await fill(manager, 'lena@gmial.com', 'Lena', 'Fischer')
  const meant = dialog.getByRole('button', { name: 'Did you mean lena@gmail.com?' })
  await expect(meant).toBeVisible()
  await expectAccessible(manager)
  await meant.click()
  await expect(dialog.getByLabel('Email address')).toHaveValue('lena@gmail.com')
  await expect(meant).toHaveCount(0)
  await dialog.getByLabel('Email address').fill('lena@gmial.com')
  await dialog.getByLabel('First name').focus()
  await expect(meant).toBeVisible()
  await dialog.getByRole('button', { name: 'Generate invite link' }).click()
  await dialog.getByRole('button', { name: 'Done' }).click()
  await expect(rowOf(manager, 'Lena Fischer')).toBeVisible()
})
