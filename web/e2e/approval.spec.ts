import { act, actAs, createRoom, inMinutes, inviteTo, redeemAlone } from './api'
import { expectAccessible, invite, leave, makeRoomByForm, redeem, startSession, tools } from './people'
import { expect, test } from './site'

test('people who wait are admitted one by one, denied, admitted together, and admitted after a denial', async ({ site }) => {
  const { manager } = site
  await makeRoomByForm(manager, 'Seed library', { approval: true })
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
  await expect(people.getByRole('button', { name: 'Waiting 2' })).toBeVisible()
  await expect(people.getByText('Host, managing')).toBeVisible()
  await expectAccessible(manager)
  const wide = manager.viewportSize() ?? { width: 1280, height: 800 }
  await manager.setViewportSize({ width: 390, height: 844 })
  await expect(manager.getByRole('tab', { name: 'People 2' })).toBeVisible()
  await manager.setViewportSize(wide)

  // The first is admitted, the second is denied, asks again, and is denied again.
  await manager.getByRole('button', { name: 'Admit Olena Vira' }).click()
  await expect(tools(olena)).toBeVisible()
  await manager.getByRole('button', { name: 'Deny Tariq Kamal' }).click()
  await expect(tariq.getByRole('heading', { name: 'The host did not let you in' })).toBeVisible()
  await expect(tariq.getByText('You can ask one more time, or contact Amina Ruth.')).toBeVisible()
  await expect(manager).toHaveTitle(/^Seed library/)
  await tariq.getByRole('button', { name: 'Ask to enter again' }).click()
  await expect(tariq.getByRole('heading', { name: 'Waiting for Amina Ruth to let you in' })).toBeVisible()
  await manager.getByRole('button', { name: 'Deny Tariq Kamal' }).click()
  await expect(tariq.getByText('You have asked twice')).toBeVisible()
  await expect(tariq.getByText(/^Questions\? Contact Amina Ruth/)).toBeVisible()
  await expect(tariq.getByRole('main').getByRole('button')).toHaveCount(0)
  await tariq.reload()
  await expect(tariq.getByText('You have asked twice')).toBeVisible()

  // A manager gives another chance; who left comes back without asking; who was admitted stays admitted.
  await people.getByRole('button', { name: 'More for Tariq Kamal' }).click()
  await manager.getByRole('menuitem', { name: 'Unblock' }).click()
  await tariq.getByRole('button', { name: 'Ask to enter again' }).click()
  await leave(olena)
  await olena.getByRole('button', { name: 'Enter as Viewer' }).click()
  await expect(tools(olena)).toBeVisible()
  await manager.getByRole('button', { name: 'Admit Tariq Kamal' }).click()
  await expect(tools(tariq)).toBeVisible()

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
  for (const page of [olena, tariq]) await expect(tools(page)).toBeVisible()
  expect(manager.url()).toBe(room)
})

test('a queue of many is searched, answered by role, in part, and whole, and says who is away', { tag: '@night' }, async ({ site }) => {
  const { manager } = site
  const room = await createRoom(manager, 'Harvest', { startsAt: inMinutes(-3), endsAt: inMinutes(60), admission: 'APPROVAL' })
  await act(manager, 'startSession', { sessionId: room.session.id })
  for (let n = 1; n <= 24; n += 1) {
    const guest = await redeemAlone(site, await inviteTo(manager, room, `guest${n}@example.org`, `Guest ${n}`, n <= 2 ? 'SPEAKER' : 'VIEWER'))
    await actAs(site, guest, 'enterRoom', { roomId: room.id })
  }
  // One of them has the page open, in two tabs, and closes one.
  const vera = await site.person()
  await redeem(vera, (await inviteTo(manager, room, 'vera@example.org', 'Vera Lee')).link, 'vera@example.org')
  await vera.getByRole('button', { name: 'Ask to enter as Viewer' }).click()
  const second = await vera.context().newPage()
  await second.goto(vera.url())
  await expect(second.getByRole('heading', { name: /Waiting for/ })).toBeVisible()
  await second.close()

  await manager.goto(`/rooms/${room.id}`)
  const people = manager.getByRole('region', { name: 'People' })
  await expect(people.getByRole('heading', { name: 'Waiting to enter · 25' })).toBeVisible()
  await expect(people.getByRole('button', { name: 'Admit all 25 (24 are away)' })).toBeVisible()
  await expect(manager).toHaveTitle(/^\(25\) Harvest/)
  const rows = people.getByRole('list', { name: 'Waiting to enter' }).getByRole('listitem')
  await expect(rows.filter({ hasText: 'Vera Lee' })).not.toContainText('away')
  await expect(rows.first()).toContainText('away')
  await expectAccessible(manager)

  // Speakers first, then some, then those a search finds.
  await people.getByLabel('Role', { exact: true }).selectOption('SPEAKER')
  await people.getByRole('button', { name: 'Admit all 2 speakers (2 are away)' }).click()
  await expect(manager.getByText('2 people were admitted')).toBeVisible()
  await people.getByLabel('Role', { exact: true }).selectOption('')
  await expect(people.getByRole('heading', { name: 'Waiting to enter · 23' })).toBeVisible()
  await people.getByRole('checkbox', { name: 'Select Guest 3' }).check()
  await people.getByRole('checkbox', { name: 'Select Guest 5' }).check()
  await people.getByRole('button', { name: 'Admit 2' }).click()
  await expect(people.getByRole('heading', { name: 'Waiting to enter · 21' })).toBeVisible()
  await people.getByRole('searchbox').fill('Vera')
  await people.getByRole('button', { name: 'Admit Vera Lee' }).click()
  await expect(tools(vera)).toBeVisible()
  await people.getByRole('searchbox').fill('')

  // The rest is more than one answers by accident only.
  await people.getByRole('button', { name: 'Deny all' }).click()
  const question = manager.getByRole('alertdialog')
  await expect(question.getByRole('heading', { name: 'Deny 20 people?' })).toBeVisible()
  await question.getByRole('button', { name: 'Deny 20' }).click()
  await expect(people.getByRole('list', { name: 'Waiting to enter' })).toHaveCount(0)

  // The numbers say where everybody is, and filter the list.
  await expect(people.getByRole('button', { name: 'In the room 1' })).toBeVisible()
  await expect(people.getByRole('button', { name: 'Kept out 20' })).toBeVisible()
  await people.getByRole('button', { name: 'Away 4' }).click()
  await expect(people.getByRole('listitem').filter({ has: manager.getByRole('button') })).toHaveCount(4)
  await expectAccessible(manager)
  await manager.setViewportSize({ width: 320, height: 640 })
  expect(await manager.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320)
})
