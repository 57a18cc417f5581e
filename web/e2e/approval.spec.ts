import { expectAccessible, invite, makeRoom, redeem, startSession } from './people'
import { expect, test } from './site'

test('people who wait are let in one by one, denied, let in together, and by a change of mind', async ({ site }) => {
  const { manager } = site
  await makeRoom(manager, 'Seed library', { approval: true })
  const room = manager.url()
  const links = {
    olena: await invite(manager, 'olena@example.org', 'Olena', 'Vira', 'Viewer'),
    tariq: await invite(manager, 'tariq@example.org', 'Tariq', 'Kamal', 'Speaker'),
  }
  await startSession(manager)
  const olena = await site.person({ phone: true })
  const tariq = await site.person()
  await redeem(olena, links.olena, 'olena@example.org')
  await redeem(tariq, links.tariq, 'tariq@example.org')

  // Each sees their place; the manager sees both before anything else of the list, and in the tab.
  await olena.getByRole('button', { name: 'Enter as Viewer' }).click()
  await expect(olena.getByRole('heading', { name: 'Waiting for Amina Ruth to let you in' })).toBeVisible()
  await expect(olena.getByText('You are number 1 in the queue for Seed library.')).toBeVisible()
  await expectAccessible(olena)
  await tariq.getByRole('button', { name: 'Enter as Speaker' }).click()
  await expect(tariq.getByText('You are number 2 in the queue for Seed library.')).toBeVisible()
  const people = manager.getByRole('region', { name: 'People' })
  await expect(people.getByRole('listitem').nth(0)).toContainText('Olena Vira')
  await expect(people.getByRole('listitem').nth(1)).toContainText('Tariq Kamal')
  await expect(people.getByRole('button', { name: 'Admit all' })).toBeVisible()
  await expect(manager).toHaveTitle(/^\(2\) Seed library/)
  await expectAccessible(manager)
  const wide = manager.viewportSize() ?? { width: 1280, height: 800 }
  await manager.setViewportSize({ width: 390, height: 844 })
  await expect(manager.getByRole('tab', { name: 'People 2' })).toBeVisible()
  await manager.setViewportSize(wide)

  // The first is admitted, the second is denied, asks again, and is denied again.
  await manager.getByRole('button', { name: 'Admit Olena Vira' }).click()
  await expect(olena.getByRole('heading', { name: 'What you can do' })).toBeVisible()
  await manager.getByRole('button', { name: 'Deny Tariq Kamal' }).click()
  await expect(tariq.getByRole('heading', { name: 'The host did not let you in' })).toBeVisible()
  await expect(tariq.getByText('You can ask one more time, or contact Amina Ruth.')).toBeVisible()
  await expect(manager).toHaveTitle(/^Seed library/)
  await tariq.getByRole('button', { name: 'Ask to enter again' }).click()
  await expect(tariq.getByRole('heading', { name: 'Waiting for Amina Ruth to let you in' })).toBeVisible()
  await manager.getByRole('button', { name: 'Deny Tariq Kamal' }).click()
  await expect(tariq.getByText('You have asked twice')).toBeVisible()
  await expect(tariq.getByText(/^Questions\? Contact Amina Ruth/)).toBeVisible()
  await expect(tariq.getByRole('button')).toHaveCount(0)
  await tariq.reload()
  await expect(tariq.getByText('You have asked twice')).toBeVisible()

  // A manager gives another chance; who left comes back without asking; who was admitted stays admitted.
  await people.getByRole('button', { name: 'More for Tariq Kamal' }).click()
  await manager.getByRole('menuitem', { name: 'Let them ask again' }).click()
  await tariq.getByRole('button', { name: 'Ask to enter again' }).click()
  await olena.getByRole('button', { name: 'Leave' }).click()
  await olena.getByRole('button', { name: 'Enter as Viewer' }).click()
  await expect(olena.getByRole('heading', { name: 'What you can do' })).toBeVisible()
  await manager.getByRole('button', { name: 'Admit Tariq Kamal' }).click()
  await expect(tariq.getByRole('heading', { name: 'What you can do' })).toBeVisible()

  // Both are taken out and ask again; the manager lets all in at once.
  for (const name of ['Olena Vira', 'Tariq Kamal']) {
    await people.getByRole('button', { name: `More for ${name}` }).click()
    await manager.getByRole('menuitem', { name: 'Remove…', exact: true }).click()
    await manager.getByRole('alertdialog').getByRole('button', { name: 'Remove' }).click()
  }
  for (const page of [olena, tariq]) {
    await expect(page.getByRole('heading', { name: 'You were removed from the room' })).toBeVisible()
    await page.getByRole('button', { name: 'Ask to enter again' }).click()
    await expect(page.getByRole('heading', { name: 'Waiting for Amina Ruth to let you in' })).toBeVisible()
  }
  await manager.getByRole('button', { name: 'Admit all' }).click()
  for (const page of [olena, tariq]) await expect(page.getByRole('heading', { name: 'What you can do' })).toBeVisible()
  expect(manager.url()).toBe(room)
})
