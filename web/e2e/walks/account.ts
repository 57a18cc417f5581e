import { expect } from '../site'
import { heading, type Walk } from './walk'

/** Somebody changes their own account, and how this browser shows things. */
export const ownAccount: Walk = {
  name: 'one’s own account',
  go: async (site, show) => {
    const { manager } = site
    await manager.goto('/')
    await manager.getByRole('button', { name: /your account/ }).click()
    await manager.getByRole('menuitem', { name: 'Account settings' }).click()
    await heading(manager, 'Your account')
    await expect(manager.getByText(/^Usher /)).toBeVisible()
    await show(manager, 'account')
    await manager.getByLabel('First name').fill('')
    await manager.getByRole('button', { name: 'Save name' }).click()
    await manager.getByRole('button', { name: 'Change password' }).click()
    await expect(manager.getByText('Enter a new password.')).toBeVisible()
    await expect(manager.getByText('Enter a first name.')).toBeVisible()
    await show(manager, 'account-errors')
    await manager.getByRole('button', { name: 'Sign out everywhere' }).click()
    await expect(manager.getByRole('alertdialog')).toBeVisible()
    await show(manager, 'account-sign-out')
    await manager.keyboard.press('Escape')

    const nobody = await site.person()
    await nobody.goto('/join')
    await nobody.getByRole('button', { name: 'Display and sound' }).click()
    await expect(nobody.getByRole('dialog')).toBeVisible()
    await show(nobody, 'display')
    await nobody.getByRole('radio', { name: 'Dark' }).check()
    await show(nobody, 'display-dark')
    await nobody.keyboard.press('Escape')
    await show(nobody, 'join-dark')
  },
}
