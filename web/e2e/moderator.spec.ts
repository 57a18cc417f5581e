import { invite, makeRoomByForm, redeem, startSession, tools } from './people'
import { expect, test } from './site'

test('a moderator admits people, and those who wait enter once approval is no longer needed', { tag: '@night' }, async ({ site }) => {
  const { manager } = site
  await makeRoomByForm(manager, 'Compost basics', { approval: true })
  const links = {
    wei: await invite(manager, 'wei@example.org', 'Wei', 'Lin', 'Moderator'),
    olena: await invite(manager, 'olena@example.org', 'Olena', 'Vira', 'Viewer'),
    tariq: await invite(manager, 'tariq@example.org', 'Tariq', 'Kamal', 'Speaker'),
  }
  await startSession(manager)
  const wei = await site.person()
  await redeem(wei, links.wei, 'wei@example.org')
  // Approval holds nobody who may admit others.
  await expect(wei.getByText('Amina Ruth admits people one by one.')).toHaveCount(0)
  await wei.getByRole('button', { name: 'Enter as Moderator', exact: true }).click()
  await tools(wei).getByRole('tab', { name: /^People/ }).click()

  const olena = await site.person({ phone: true })
  await redeem(olena, links.olena, 'olena@example.org')
  await expect(olena.getByText('Amina Ruth admits people one by one.')).toBeVisible()
  await olena.getByRole('button', { name: 'Ask to enter as Viewer' }).click()
  const tariq = await site.person()
  await redeem(tariq, links.tariq, 'tariq@example.org')
  await tariq.getByRole('button', { name: 'Enter as Speaker' }).click()
  await expect(tariq.getByText('You are number 2 in the queue for Compost basics.')).toBeVisible()

  // What the moderator did is done at the manager's too, and the queue moves up.
  await wei.getByRole('button', { name: 'Admit Olena Vira' }).click()
  await expect(tools(olena)).toBeVisible()
  await expect(manager.getByRole('button', { name: 'Admit Tariq Kamal' })).toBeVisible()
  await expect(manager.getByRole('button', { name: 'Admit Olena Vira' })).toHaveCount(0)
  await expect(wei.getByRole('button', { name: /^Role of/ })).toHaveCount(0)

  await manager.getByRole('button', { name: 'More for this room' }).click()
  await manager.getByRole('menuitem', { name: 'Edit' }).click()
  await manager.getByRole('dialog').getByRole('radio', { name: 'Guests enter right away' }).check()
  await manager.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
  await expect(tools(tariq)).toBeVisible()
  await expect(manager).toHaveTitle(/^Compost basics/)

  // A moderator removes speakers, but no other moderator: the open page follows each change of role.
  const more = wei.getByRole('button', { name: 'More for Tariq Kamal' })
  await expect(more).toBeVisible()
  for (const [role, buttons] of [['Moderator', 0], ['Viewer', 1]] as const) {
    await manager.getByRole('button', { name: /^Role of Tariq Kamal/ }).click()
    await manager.getByRole('menuitemradio', { name: role }).click()
    await expect(more).toHaveCount(buttons)
  }
  for (const page of [manager, wei]) await expect(page.getByRole('list', { name: 'Waiting to enter' })).toHaveCount(0)

  // A moderator makes a viewer a speaker, but offers nobody the role of a moderator.
  await more.click()
  await expect(wei.getByRole('menuitemradio')).toHaveText([/^Speaker/, /^Viewer/])
  await wei.getByRole('menuitemradio', { name: 'Speaker' }).click()
  await expect(tariq.getByRole('tab', { name: 'Backchannel' })).toBeVisible()
  await expect(manager.getByRole('button', { name: /^Role of Tariq Kamal: Speaker/ })).toBeVisible()
})
