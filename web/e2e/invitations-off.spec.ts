import type { Page } from '@playwright/test'
import { expectAccessible, invite, makeRoom, openInvite, sayWho } from './people'
import { expect, test } from './site'

const seeAgain = (page: Page) => page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))

test('room pages say that an administrator has turned off invitations, and links lead to the page that says so', { tag: '@night' }, async ({ site }) => {
  const { manager: admin } = site
  const host = await site.member('noor@example.net', 'Noor', 'Haddad')
  await makeRoom(host, 'Orchard council')
  const link = await invite(host, 'tariq@example.org', 'Tariq', 'Kamal', 'Viewer')
  const guest = await site.person({ phone: true })
  await guest.goto(link)
  await expect(guest.getByLabel('Your email address')).toBeVisible()
  const dialog = await openInvite(host)

  await admin.goto('/admin')
  await admin.getByRole('checkbox', { name: /^Invitations/ }).click()
  await admin.getByRole('alertdialog').getByRole('button', { name: 'Turn off' }).click()
  await expect(admin.getByText('Invitations are off.')).toBeVisible()

  // The guest’s page was open before. What they send is refused, and the page says why.
  await sayWho(guest, 'tariq@example.org')
  await expect(guest.getByRole('heading', { name: 'The room is not available right now' })).toBeVisible()

  // So is the host’s invitation, and then the page behind the dialog says so too.
  await dialog.getByLabel('Email address').fill('wei@example.org')
  await dialog.getByLabel('First name').fill('Wei')
  await dialog.getByLabel('Last name').fill('Lin')
  await dialog.getByRole('radio', { name: 'Viewer' }).check()
  await dialog.getByRole('button', { name: 'Generate invite link' }).click()
  await expect(dialog.getByText('An administrator has turned off invitations.')).toBeVisible()
  await host.keyboard.press('Escape')
  await dialog.getByRole('button', { name: 'Discard' }).click()
  const says = host.getByRole('main').getByText('An administrator has turned off invitations.')
  await expect(says).toBeVisible()
  await expect(host.getByRole('button', { name: 'Invite users' })).toHaveCount(0)
  await expect(host.getByText('Does not work while invitations are off')).toBeVisible()
  await expect(host.getByRole('link', { name: 'Site rules' })).toHaveCount(0)
  await expectAccessible(host)

  // An administrator gets there from the room, and turns them on.
  await admin.goto(host.url())
  await admin.getByRole('link', { name: 'Site rules' }).click()
  await admin.getByRole('button', { name: 'Turn on' }).click()
  await expect(admin.getByText('Invitations are off.')).toBeHidden()
  await seeAgain(host)
  await expect(says).toBeHidden()
  await expect(host.getByRole('button', { name: 'Invite users' }).first()).toBeVisible()
  await guest.reload()
  await expect(guest.getByLabel('Your email address')).toBeVisible()

  // An open page that nobody uses shows it when it is seen again.
  await admin.getByRole('checkbox', { name: /^Invitations/ }).click()
  await admin.getByRole('alertdialog').getByRole('button', { name: 'Turn off' }).click()
  await expect(admin.getByText('Invitations are off.')).toBeVisible()
  await seeAgain(host)
  await expect(says).toBeVisible()
})
