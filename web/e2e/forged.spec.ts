import { expectAccessible, invite, makeRoom } from './people'
import { expect, test } from './site'

test('a forged link names no room, and the whole one can be pasted', { tag: '@night' }, async ({ site }) => {
  await makeRoom(site.manager, 'Seed library')
  const link = await invite(site.manager, 'rosa@example.org', 'Rosa', 'Tomás', 'Viewer')
  const guest = await site.person({ phone: true })
  await guest.goto(link.slice(0, -9))
  await expect(guest.getByRole('heading', { name: 'This link is not valid' })).toBeVisible()
  await expect(guest.getByText('Seed library')).toHaveCount(0)
  await expectAccessible(guest)
  await guest.getByLabel('Your link').fill(` ${link.slice(0, 40)}\n${link.slice(40)} `)
  await guest.getByRole('button', { name: 'Open' }).click()
  await expect(guest.getByRole('heading', { name: 'Seed library' })).toBeVisible()
})
