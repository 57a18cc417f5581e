import { disturbances } from './disturbances'
import { copyLink, giveRole, inviteByForm, makeRoomByForm, openInvite, revoke, roleOf, sayWho, startSession, tools } from './people'
import { expect, test } from './site'

for (const { how, disturb } of disturbances) {
  test(`an invitation, from the first word typed to its end, ${how}`, async ({ site }) => {
    const { manager } = site
    await site.account('amelie@example.org', 'Amélie', 'Østergård')
    await makeRoomByForm(manager, 'Spring forum')
    await disturb(manager)

    // By choosing a match, and by free text.
    const dialog = await openInvite(manager)
    await dialog.getByLabel('Email address').pressSequentially('oster')
    await dialog.getByRole('option', { name: /Amélie Østergård/ }).click()
    await expect(dialog.getByLabel('Email address')).toHaveValue('amelie@example.org')
    await expect(dialog.getByLabel('First name')).toHaveValue('Amélie')
    await expect(dialog.getByLabel('Last name')).toHaveValue('Østergård')
    await dialog.getByRole('radio', { name: 'Speaker' }).check()
    await dialog.getByRole('button', { name: 'Generate invite link' }).click()
    await expect(dialog.getByRole('heading', { name: 'The link is ready' })).toBeVisible()
    await dialog.getByRole('button', { name: 'Done' }).click()
    await inviteByForm(manager, 'olena@example.org', 'Olena', 'Vira', 'Viewer')
    await disturb(manager)
    const link = await copyLink(manager, 'Olena Vira')
    expect(link).toContain(`${site.url}/join#u1_`)

    // Opening it on a phone spends nothing, and leaves no secret in the address.
    const guest = await site.person({ phone: true })
    await guest.goto(link)
    await expect(guest.getByText('Amina Ruth invited you to')).toBeVisible()
    expect(guest.url()).toBe(`${site.url}/join`)
    await expect(manager.getByText(/^Opened/)).toBeVisible()
    await disturb(guest)

    // Another address than the invited one, then the right one.
    await sayWho(guest, 'someone@example.org')
    await expect(guest.getByText('4 attempts left')).toBeVisible()
    await disturb(guest)
    await sayWho(guest, 'Olena@Example.org')
    await expect(guest).toHaveURL(/\/rooms\//)
    await disturb(guest)
    await expect(guest.getByText('You’re all set, Olena Vira')).toBeVisible()
    await expect(guest.getByRole('timer')).toBeVisible()
    await expect(manager.getByText(/^Redeemed on/)).toBeVisible()
    await disturb(manager)
    await expect(manager.getByText(/^Redeemed on/)).toBeVisible()

    // The manager starts, the lobby comes by itself, the click leads in.
    await startSession(manager)
    await expect(guest.getByRole('button', { name: 'Enter as Viewer' })).toBeVisible()
    await disturb(guest)
    await disturb(manager)
    await guest.getByRole('button', { name: 'Enter as Viewer' }).click()
    await expect(tools(guest)).toBeVisible()
    await disturb(guest)
    await expect(roleOf(guest)).toHaveText('Viewer')
    await disturb(manager)

    // Promoted while in the room.
    await giveRole(manager, 'Olena Vira', 'Viewer', 'Speaker')
    await expect(guest.getByText('Amina Ruth made you a Speaker.').first()).toBeVisible()
    await expect(guest.getByRole('region', { name: 'Amina Ruth made you a Speaker.' }).getByRole('listitem')).toHaveText(['Answer questions', 'Backchannel'])
    await expect(manager.getByText('Seen', { exact: true })).toBeVisible()
    await disturb(guest)
    await expect(roleOf(guest)).toHaveText('Speaker')
    await disturb(manager)
    await expect(manager.getByRole('button', { name: 'Role of Olena Vira: Speaker' })).toBeVisible()

    // The same link on a second device: refused, and the host can be asked.
    const second = await site.person({ phone: true })
    await second.goto(link)
    await expect(second.getByRole('heading', { name: 'This link belongs to another device' })).toBeVisible()
    await disturb(second)
    await second.getByLabel('Message to the host').fill('My phone fell into the pond.')
    await second.getByRole('button', { name: 'Ask Amina Ruth' }).click()
    await expect(second.getByRole('heading', { name: 'Request sent to Amina Ruth' })).toBeVisible()
    await disturb(second)
    await expect(second.getByRole('heading', { name: 'Request sent to Amina Ruth' })).toBeVisible()
    await expect(manager.getByText('My phone fell into the pond.')).toBeVisible()
    await disturb(manager)

    // The manager answers with one click: the first device is out and told why, the second one goes on by itself.
    await manager.getByRole('button', { name: 'Release the old device' }).click()
    await expect(second.getByLabel('Your email address')).toBeVisible()
    await expect(guest.getByRole('heading', { name: 'Your link can move to another device' })).toBeVisible()
    await disturb(guest)
    await expect(guest.getByRole('heading', { name: 'Your link can move to another device' })).toBeVisible()
    await disturb(second)
    await sayWho(second, 'olena@example.org')
    await second.getByRole('button', { name: 'Enter as Speaker' }).click()
    await expect(roleOf(second)).toHaveText('Speaker')
    await disturb(second)
    await expect(roleOf(second)).toHaveText('Speaker')
    await disturb(manager)

    // Revoked while connected: out at once, and told why.
    await revoke(manager, 'Olena Vira')
    await expect(second.getByRole('heading', { name: 'This invitation was withdrawn' })).toBeVisible()
    await disturb(second)
    await expect(second.getByRole('heading', { name: 'This invitation was withdrawn' })).toBeVisible()
    await expect(manager.getByText(/^Revoked/)).toBeVisible()
    await disturb(manager)
    await expect(manager.getByText(/^Revoked/)).toBeVisible()
  })
}
