import { act, createRoom, inviteTo } from './api'
import { expectAccessible, roleOf } from './people'
import { expect, password, test } from './site'
import { start } from './walks/walk'

test('where the site asks guests to sign in, the join page says so first, and to whom to turn', { tag: '@night' }, async ({ site }) => {
  const { manager } = site
  await act(manager, 'updateSitePolicy', { input: { requireSignIn: true } })
  const room = await createRoom(manager, 'Board meeting')
  const kit = await inviteTo(manager, room, 'kit@example.net', 'Kit Ito')
  const guest = await site.person({ phone: true })
  await guest.goto(kit.link)
  await expect(guest.getByText('This site asks guests to sign in.')).toBeVisible()
  await expect(guest.getByText('No account? Ask Amina Ruth.')).toBeVisible()
  await expect(guest.getByLabel('Your email address')).toHaveCount(0)
  await expect(guest.getByText('No account needed')).toHaveCount(0)
  await expectAccessible(guest)

  // Signed in as somebody else: the page says as whom, and how to change that.
  await site.account('hana@example.net', 'Hana', 'Sato')
  await site.account('kit@example.net', 'Kit', 'Ito')
  await guest.getByRole('link', { name: 'Sign in' }).click()
  await guest.getByLabel('Email address').fill('hana@example.net')
  await guest.getByLabel('Password').fill(password)
  await guest.getByRole('button', { name: 'Sign in' }).click()
  await expect(guest.getByText('You’re signed in as hana@example.net. This invitation is for another address.')).toBeVisible()
  await expectAccessible(guest)
  await guest.getByRole('link', { name: 'Switch account' }).click()
  await guest.getByLabel('Email address').fill('kit@example.net')
  await guest.getByLabel('Password').fill(password)
  await guest.getByRole('button', { name: 'Sign in' }).click()
  await guest.getByRole('button', { name: 'Continue as Kit Ito' }).click()
  await expect(guest.getByText('You’re all set, Kit Ito')).toBeVisible()
  await expect(guest.getByRole('button', { name: /your account/ })).toBeVisible()
  await start(manager, room)
  await guest.getByRole('button', { name: 'Enter as Viewer' }).click()
  await expect(roleOf(guest)).toHaveText('Viewer')
})

test('a wrong address leaves the way in with an account where it was', { tag: '@night' }, async ({ site }) => {
  const kit = await inviteTo(site.manager, await createRoom(site.manager, 'Board meeting'), 'kit@example.net', 'Kit Ito')
  const guest = await site.person()
  await guest.goto(kit.link)
  await expect(guest.getByText('Usher · No account needed')).toBeVisible()
  await guest.getByLabel('Your email address').fill('kim@example.net')
  await guest.getByRole('button', { name: 'Continue' }).click()
  await expect(guest.getByText('4 attempts left')).toBeVisible()
  await expect(guest.getByRole('link', { name: 'I have an account here' })).toBeVisible()
})

test('the page changes by itself when the site begins to ask for it', { tag: '@night' }, async ({ site }) => {
  const room = await createRoom(site.manager, 'Board meeting')
  const kit = await inviteTo(site.manager, room, 'kit@example.net', 'Kit Ito')
  const guest = await site.person()
  await guest.goto(kit.link)
  await expect(guest.getByLabel('Your email address')).toBeVisible()
  await act(site.manager, 'updateSitePolicy', { input: { requireSignIn: true } })
  await act(site.manager, 'updateRoom', { input: { roomId: room.id, title: 'Board meeting, moved' } })
  await expect(guest.getByText('This site asks guests to sign in.')).toBeVisible()
})
