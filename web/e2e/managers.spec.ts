import type { Page } from '@playwright/test'
import { makeRoom } from './people'
import { expect, test } from './site'

async function openManagers(page: Page) {
  await page.getByRole('button', { name: 'More for this room' }).click()
  await page.getByRole('menuitem', { name: 'Managers' }).click()
  return page.getByRole('dialog')
}

test('managers are added, changed and removed; the last owner stays', { tag: '@night' }, async ({ site }) => {
  const { manager } = site
  await makeRoom(manager, 'Spring forum')
  const wei = await site.member('wei@example.org', 'Wei', 'Lin', true)
  await site.account('noor@example.org', 'Noor', 'Haddad')

  const dialog = await openManagers(manager)
  for (const [typed, name, role] of [['wei', 'Wei Lin', 'CO_OWNER'], ['hadd', 'Noor Haddad', 'CO_EDITOR']] as const) {
    await dialog.getByLabel('Person').fill(typed)
    await dialog.getByRole('option', { name: new RegExp(name) }).click()
    await dialog.getByLabel('Manager role', { exact: true }).selectOption(role)
    await dialog.getByRole('button', { name: 'Add manager' }).click()
    await expect(dialog.getByLabel(`Manager role of ${name}`)).toHaveValue(role)
  }
  await dialog.getByLabel('Manager role of Noor Haddad').selectOption('CO_PUBLISHER')
  await expect(manager.getByText('Noor Haddad is now a co-publisher')).toBeVisible()
  await dialog.getByRole('button', { name: 'Add manager' }).click()
  await expect(dialog.getByText('Choose a person from the list.')).toBeVisible()
  await expect(dialog.getByText('You', { exact: true })).toBeVisible()
  await expect(dialog.getByLabel('Manager role of Amina Ruth')).toHaveCount(0)

  // Another administrator may touch owners, but not the last one.
  await wei.goto(manager.url())
  const theirs = await openManagers(wei)
  await theirs.getByLabel('Manager role of Amina Ruth').selectOption('CO_EDITOR')
  await expect(theirs.getByRole('alert')).toContainText('owner')
  await expect(theirs.getByLabel('Manager role of Amina Ruth')).toHaveValue('OWNER')
  await theirs.getByRole('button', { name: 'Remove Amina Ruth' }).click()
  await wei.getByRole('alertdialog').getByRole('button', { name: 'Remove manager' }).click()
  await expect(wei.getByRole('alert')).toContainText('owner')
  await expect(wei.getByRole('dialog').getByText('Amina Ruth')).toBeVisible()

  // With a second owner beside her, she may go; her own page tells at once.
  await wei.getByRole('dialog').getByLabel('Manager role of Noor Haddad').selectOption('OWNER')
  await expect(wei.getByText('Noor Haddad is now an owner')).toBeVisible()
  await wei.getByRole('dialog').getByLabel('Manager role of Amina Ruth').selectOption('CO_OWNER')
  await expect(wei.getByText('Amina Ruth is now a co-owner')).toBeVisible()
  await expect(manager.getByText('Wei Lin made Amina Ruth a co-owner')).toBeVisible()
})
