import { makeRoom, startSession } from './people'
import { expect, test } from './site'

test('a manager who is removed while the page is open is out at once, in words, and asks no more', async ({ site }) => {
  const { manager } = site
  await makeRoom(manager, 'Garden council')
  const room = manager.url()
  const wei = await site.member('wei@example.org', 'Wei', 'Lin')
  await manager.getByRole('button', { name: 'More for this room' }).click()
  await manager.getByRole('menuitem', { name: 'Managers' }).click()
  const dialog = manager.getByRole('dialog')
  await dialog.getByLabel('Person').fill('wei')
  await dialog.getByRole('option', { name: /Wei Lin/ }).click()
  await dialog.getByLabel('Manages as', { exact: true }).selectOption('CO_EDITOR')
  await dialog.getByRole('button', { name: 'Add manager' }).click()
  await expect(dialog.getByLabel('What Wei Lin manages as')).toBeVisible()

  await wei.goto(room)
  await startSession(wei)
  await wei.getByRole('button', { name: 'More for this room' }).click()
  await expect(wei.getByRole('menuitem', { name: 'Invite users' })).toBeVisible()
  await wei.keyboard.press('Escape')
  const asked: string[] = []
  wei.on('request', (request) => asked.push(request.postData() ?? request.url()))

  await dialog.getByRole('button', { name: 'Remove Wei Lin' }).click()
  await manager.getByRole('alertdialog').getByRole('button', { name: 'Remove manager' }).click()
  await expect(wei.getByRole('heading', { name: 'There is nothing here for you' })).toBeVisible()
  await expect(wei.getByRole('button', { name: 'More for this room' })).toHaveCount(0)
  await expect(wei.getByRole('link', { name: 'To the rooms' })).toBeVisible()
  await wei.getByRole('link', { name: 'To the rooms' }).click()
  await expect(wei.getByRole('heading', { name: 'Make your first room' })).toBeVisible()
  expect(asked.length, asked.join('\n')).toBeLessThan(12)
})
