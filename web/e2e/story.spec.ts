import { expect, expectAccessible, invite, makeRoom, redeem, test } from './site'

test('a guest waits, is let in and is promoted, and sees each step without a refresh', async ({ site }) => {
  const { manager } = site
  await makeRoom(manager, 'Spring forum', true)
  const link = await invite(manager, 'olena@example.org', 'Olena', 'Vira', 'Viewer')

  const guest = await site.person({ phone: true })
  await guest.goto(link)
  expect(guest.url()).toBe(`${site.url}/join`)
  await expect(guest.getByText('Amina Ruth invites you as Viewer to')).toBeVisible()
  await expect(guest.getByRole('timer')).toBeVisible()
  await expect(manager.getByText(/^Opened/)).toBeVisible()
  await expectAccessible(guest)

  await guest.getByLabel('Your email address').fill('someone@example.org')
  await guest.getByRole('button', { name: 'Continue' }).click()
  await expect(guest.getByText('4 tries left')).toBeVisible()
  await guest.getByLabel('Your email address').fill('Olena@Example.org')
  await guest.getByRole('button', { name: 'Continue' }).click()
  await expect(guest.getByText('You are in, Olena Vira')).toBeVisible()
  await expect(guest).toHaveURL(/\/rooms\//)
  await expect(manager.getByText(/^Redeemed on/)).toBeVisible()
  await expectAccessible(guest)

  await manager.getByRole('button', { name: 'Start session' }).click()
  await guest.getByRole('button', { name: 'Enter as Viewer' }).click()
  await expect(guest.getByRole('heading', { name: 'The host will let you in' })).toBeVisible()

  await expect(manager).toHaveTitle(/^\(1\)/)
  await expectAccessible(manager)
  await manager.getByRole('button', { name: 'Admit Olena Vira' }).click()
  await expect(guest.getByRole('heading', { name: 'What you can do' })).toBeVisible()

  await manager.getByRole('button', { name: 'Role of Olena Vira: Viewer' }).click()
  await manager.getByRole('menuitemradio', { name: /Speaker/ }).click()
  await expect(guest.locator('.banner').getByText('Amina Ruth made you a Speaker.')).toBeVisible()
  await expect(guest.locator('.tile--new')).toHaveText([/Answer questions/, /Backchannel/])
  await expect(manager.getByText('Delivered', { exact: true })).toBeVisible()
  await expectAccessible(guest)

  await manager.getByRole('button', { name: 'Undo' }).click()
  await expect(guest.locator('.banner').getByText('Amina Ruth made you a Viewer.')).toBeVisible()

  await guest.getByRole('button', { name: 'Leave' }).click()
  await expect(guest.getByRole('button', { name: 'Enter as Viewer' })).toBeVisible()
  await guest.getByRole('button', { name: 'Enter as Viewer' }).click()
  await expect(guest.getByRole('heading', { name: 'What you can do' })).toBeVisible()

  await manager.getByRole('button', { name: 'End session' }).click()
  await manager.getByRole('alertdialog').getByRole('button', { name: 'End session' }).click()
  await expect(guest.getByRole('heading', { name: 'The session has ended' })).toBeVisible()
})

test('a link used on another device is freed by the host, and the waiting page goes on by itself', async ({ site }) => {
  const { manager } = site
  await makeRoom(manager, 'Compost basics')
  const link = await invite(manager, 'tariq@example.org', 'Tariq', 'Kamal', 'Speaker')
  const laptop = await site.person()
  await redeem(laptop, link, 'tariq@example.org')
  await expect(laptop.getByText('You are in, Tariq Kamal')).toBeVisible()

  const phone = await site.person({ phone: true })
  await phone.goto(link)
  await expect(phone.getByRole('heading', { name: 'This link is in use on another device' })).toBeVisible()
  await expectAccessible(phone)
  await phone.getByLabel('A word to the host').fill('My laptop ran out of battery.')
  await phone.getByRole('button', { name: 'Ask the host' }).click()
  await expect(phone.getByRole('heading', { name: 'The host has been asked' })).toBeVisible()

  await expect(manager.getByText('My laptop ran out of battery.')).toBeVisible()
  await manager.getByRole('button', { name: 'Release the old device' }).click()
  await expect(laptop.getByRole('heading', { name: 'This link is in use on another device' })).toBeVisible()
  await phone.getByLabel('Your email address').fill('tariq@example.org')
  await phone.getByRole('button', { name: 'Continue' }).click()
  await expect(phone.getByText('You are in, Tariq Kamal')).toBeVisible()
})

test('a revoked guest is out at once and told why', async ({ site }) => {
  const { manager } = site
  await makeRoom(manager, 'Seed library')
  const link = await invite(manager, 'rosa@example.org', 'Rosa', 'Tomás', 'Viewer')
  const guest = await site.person()
  await redeem(guest, link, 'rosa@example.org')
  await expect(guest.getByText('You are in, Rosa Tomás')).toBeVisible()
  await manager.getByRole('button', { name: 'Rosa Tomás', exact: true }).click()
  await manager.getByRole('button', { name: 'Revoke' }).click()
  await manager.getByRole('alertdialog').getByRole('button', { name: 'Revoke' }).click()
  await expect(guest.getByRole('heading', { name: 'This invitation was taken back' })).toBeVisible()
  await expect(manager.getByText(/^Revoked/)).toBeVisible()
})

test('the pages of guest and manager go on by themselves after the server was restarted', async ({ site }) => {
  const { manager } = site
  await makeRoom(manager, 'Garden council')
  const link = await invite(manager, 'wei@example.org', 'Wei', 'Lin', 'Viewer')
  const guest = await site.person({ phone: true })
  await redeem(guest, link, 'wei@example.org')
  await expect(guest.getByText('You are in, Wei Lin')).toBeVisible()
  await site.restart()
  await manager.getByRole('button', { name: 'Start session' }).click()
  await expect(guest.getByRole('button', { name: 'Enter as Viewer' })).toBeVisible({ timeout: 30_000 })
})

test('a forged link names no room', async ({ site }) => {
  const guest = await site.person({ phone: true })
  await guest.goto('/join#u1_forged')
  await expect(guest.getByRole('heading', { name: 'This link is not valid' })).toBeVisible()
  await expectAccessible(guest)
})
