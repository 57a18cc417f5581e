import { giveRole, invite, leave, makeRoom, redeem, roleOf, startSession } from './people'
import { expect, test } from './site'

test('several tabs of one device are one person, and each tab works', async ({ site }) => {
  const { manager } = site
  await makeRoom(manager, 'Compost basics')
  const link = await invite(manager, 'tariq@example.org', 'Tariq', 'Kamal', 'Viewer')
  const first = await site.person()
  await redeem(first, link, 'tariq@example.org')
  await expect(first.getByText('You’re all set, Tariq Kamal')).toBeVisible()

  // The link again, and the room's address: no email is asked for, and nothing is taken from the first tab.
  const second = await first.context().newPage()
  await second.goto(link)
  await second.getByRole('button', { name: 'Continue' }).click()
  await expect(second.getByText('You’re all set, Tariq Kamal')).toBeVisible()
  const third = await first.context().newPage()
  await third.goto(first.url())
  await startSession(manager)
  await second.getByRole('button', { name: 'Enter as Viewer' }).click()
  for (const tab of [first, second, third]) await expect(roleOf(tab)).toHaveText('Viewer')
  await expect(manager.getByRole('region', { name: 'People' }).getByText('Tariq Kamal')).toHaveCount(1)

  await giveRole(manager, 'Tariq Kamal', 'Viewer', 'Speaker')
  for (const tab of [first, second, third]) await expect(roleOf(tab)).toHaveText('Speaker')

  // Closing tabs leaves the person in; leaving in one leaves in all.
  await second.close()
  await expect(roleOf(first)).toHaveText('Speaker')
  await leave(first)
  for (const tab of [first, third]) await expect(tab.getByRole('button', { name: 'Enter as Speaker' })).toBeVisible()
})
