import { expectAccessible, giveRole, makeRoom, makeRoomByForm, openWhatYouCanDo, roleOf, startSession } from './people'
import { expect, test } from './site'

test('a person with an account finds a room that is open to all, enters as Viewer and is promoted', async ({ site }) => {
  const { manager } = site
  await makeRoomByForm(manager, 'Town hall', { members: true })
  const closed = await manager.context().newPage()
  await makeRoom(closed, 'Budget round')
  await closed.close()

  const noor = await site.member('noor@example.org', 'Noor', 'Haddad')
  await noor.goto('/')
  await expect(noor.getByRole('link', { name: /Town hall/ })).toBeVisible()
  await expect(noor.getByText('Budget round')).toHaveCount(0)
  await noor.getByRole('link', { name: /Town hall/ }).click()
  await expect(noor.getByRole('timer')).toBeVisible()
  await expect(noor.getByText('No account needed')).toHaveCount(0)

  await startSession(manager)
  await noor.getByRole('button', { name: 'Enter as Viewer' }).click()
  await expect(roleOf(noor)).toHaveText('Viewer')
  await expect(await openWhatYouCanDo(noor)).toHaveText(['Chat', 'Answer polls', 'Ask questions', /^Answer questions: Not/, /^Backchannel: Not/, /^Start polls: Not/])
  await expectAccessible(noor)
  await noor.keyboard.press('Escape')
  await expect(noor.locator('.who')).toBeFocused()

  await giveRole(manager, 'Noor Haddad', 'Viewer', 'Moderator')
  await expect(noor.getByText('Amina Ruth made you a Moderator.').first()).toBeVisible()
  await expect(noor.getByRole('region', { name: 'Amina Ruth made you a Moderator.' }).getByRole('listitem')).toHaveCount(6)
  await expect(manager.getByText('Seen', { exact: true })).toBeVisible()
  await expect(noor.getByRole('button', { name: 'More for Amina Ruth' })).toHaveCount(0)
  await noor.reload()
  await expect(roleOf(noor)).toHaveText('Moderator')
})
