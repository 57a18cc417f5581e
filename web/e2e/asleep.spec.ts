import { giveRole, invite, makeRoom, redeem, roleOf, startSession } from './people'
import { expect, test } from './site'

// The page notices a dead connection by a ping at most 15 seconds later, which has 5 seconds to be answered.
const lost = 'Reconnecting… Your place is kept.'

test('after an hour without a network the page catches up, and knows the time again', { tag: '@night' }, async ({ site }) => {
  const { manager } = site
  await makeRoom(manager, 'Spring forum')
  const link = await invite(manager, 'olena@example.org', 'Olena', 'Vira', 'Viewer')
  const guest = await site.person({ phone: true })
  await guest.clock.install()
  await redeem(guest, link, 'olena@example.org')
  await expect(guest.getByText('You’re all set, Olena Vira')).toBeVisible()

  // The device's clock goes an hour on; the server's does not. The page learns which one counts when it is back.
  await guest.context().setOffline(true)
  await guest.clock.fastForward('01:30:00')
  await expect(guest.getByText(lost)).toBeVisible({ timeout: 30_000 })
  await expect(guest.getByText('Amina Ruth hasn’t started the session yet')).toBeVisible()
  await guest.context().setOffline(false)
  await expect(guest.getByText(lost)).toBeHidden()
  await expect(guest.getByRole('timer')).toBeVisible()

  await guest.context().setOffline(true)
  await guest.clock.fastForward('01:00:00')
  await expect(guest.getByText(lost)).toBeVisible({ timeout: 30_000 })
  await startSession(manager)
  await guest.context().setOffline(false)
  await expect(guest.getByRole('button', { name: 'Enter as Viewer' })).toBeVisible()
  await expect(guest.getByText(lost)).toBeHidden()
})

test('a suspended page, as on a phone in a pocket, catches up when it resumes', async ({ site }) => {
  const { manager } = site
  await makeRoom(manager, 'Seed library')
  const link = await invite(manager, 'tariq@example.org', 'Tariq', 'Kamal', 'Viewer')
  const guest = await site.person({ phone: true })
  await redeem(guest, link, 'tariq@example.org')
  await startSession(manager)
  await guest.getByRole('button', { name: 'Enter as Viewer' }).click()
  await expect(roleOf(guest)).toHaveText('Viewer')
  // The debugger stops the page's next task, and so all after it.
  const browser = await guest.context().newCDPSession(guest)
  await browser.send('Debugger.enable')
  const sleep = () => browser.send('Debugger.pause')
  const wake = () => browser.send('Debugger.resume')

  // The connection lasts.
  await sleep()
  await giveRole(manager, 'Tariq Kamal', 'Viewer', 'Speaker')
  await expect(manager.getByText('On its way')).toBeVisible()
  await wake()
  await expect(roleOf(guest)).toHaveText('Speaker')
  await expect(manager.getByText('Seen', { exact: true })).toBeVisible()

  // The server restarts meanwhile.
  await sleep()
  await site.stop('SIGKILL')
  await site.start()
  await expect(manager.getByText(lost)).toBeHidden({ timeout: 30_000 })
  await giveRole(manager, 'Tariq Kamal', 'Speaker', 'Viewer')
  await wake()
  await expect(roleOf(guest)).toHaveText('Viewer', { timeout: 30_000 })
  await expect(guest.getByText(lost)).toBeHidden()
})
