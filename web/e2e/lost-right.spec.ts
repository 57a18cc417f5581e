import type { Page } from '@playwright/test'
import { makeRoom, makeRoomByForm, startSession } from './people'
import { expect, test } from './site'

/** Amina makes Wei a co-editor; the dialog stays open. */
async function makeManager(manager: Page) {
  await manager.getByRole('button', { name: 'More for this room' }).click()
  await manager.getByRole('menuitem', { name: 'Managers' }).click()
  const dialog = manager.getByRole('dialog')
  await dialog.getByLabel('Person').fill('wei')
  await dialog.getByRole('option', { name: /Wei Lin/ }).click()
  await dialog.getByLabel('Manager role', { exact: true }).selectOption('CO_EDITOR')
  await dialog.getByRole('button', { name: 'Add manager' }).click()
  await expect(dialog.getByLabel('Manager role of Wei Lin')).toBeVisible()
  return dialog
}

async function removeManager(manager: Page) {
  await manager.getByRole('button', { name: 'Remove Wei Lin' }).click()
  await manager.getByRole('alertdialog').getByRole('button', { name: 'Remove manager' }).click()
}

test('a manager who is removed while the page is open leaves it at once, reads why, and sends few requests', async ({ site }) => {
  const { manager } = site
  await makeRoom(manager, 'Garden council')
  const wei = await site.member('wei@example.org', 'Wei', 'Lin')
  await makeManager(manager)
  await wei.goto(manager.url())
  await startSession(wei)
  await wei.waitForLoadState('networkidle')
  const asked: string[] = []
  wei.on('request', (request) => {
    if (request.url().endsWith('/graphql')) asked.push(request.postData() ?? '')
  })

  await removeManager(manager)
  await expect(wei.getByRole('heading', { name: 'You don’t have access to this room' })).toBeVisible()
  await expect(wei.getByRole('button', { name: 'More for this room' })).toHaveCount(0)
  await wei.getByRole('link', { name: 'Go to rooms' }).click()
  await expect(wei.getByRole('heading', { name: 'Create your first room' })).toBeVisible()
  expect(asked.length, asked.join('\n')).toBeLessThan(12)
})

test('gaining, losing and changing rights updates the open page of a person who also has a place', { tag: '@night' }, async ({ site }) => {
  const { manager } = site
  await makeRoomByForm(manager, 'Town hall', { members: true })
  const wei = await site.member('wei@example.org', 'Wei', 'Lin')
  await wei.goto(manager.url())
  await expect(wei.getByRole('timer')).toBeVisible()

  const dialog = await makeManager(manager)
  const more = wei.getByRole('button', { name: 'More for this room' })
  await more.click()
  await expect(wei.getByRole('menuitem', { name: 'Edit' })).toBeVisible()
  await wei.keyboard.press('Escape')

  await dialog.getByLabel('Manager role of Wei Lin').selectOption('CO_PUBLISHER')
  await expect(wei.getByText('Amina Ruth made Wei Lin a Co-publisher')).toBeVisible()
  await more.click()
  await expect(wei.getByRole('menuitem', { name: 'Invite users' })).toBeVisible()
  await expect(wei.getByRole('menuitem', { name: 'Edit' })).toHaveCount(0)
  await wei.keyboard.press('Escape')

  await removeManager(manager)
  await expect(more).toHaveCount(0)
  await expect(wei.getByRole('timer')).toBeVisible()
  await manager.getByRole('dialog').getByRole('button', { name: 'Done' }).click()
  await startSession(manager)
  await expect(wei.getByRole('button', { name: 'Enter as Viewer' })).toBeVisible()
})
