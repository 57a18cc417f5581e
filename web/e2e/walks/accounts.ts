import { expect, password } from '../site'
import { heading, type Walk, withMenu } from './walk'

/** An administrator adds a person, who chooses a password by the link. Then the account is disabled and erased. */
export const accounts: Walk = {
  name: 'the accounts of the site',
  go: async (site, show) => {
    const { manager } = site
    await manager.goto('/admin/people')
    await expect(manager.getByText('1 account')).toBeVisible()
    await show(manager, 'people')
    await manager.getByRole('button', { name: 'Add a person' }).click()
    const dialog = manager.getByRole('dialog')
    await dialog.getByRole('button', { name: 'Add and create link' }).click()
    await expect(dialog.getByText('Enter a first name.')).toBeVisible()
    await show(manager, 'people-add-errors')
    await dialog.getByLabel('Email address').fill('Maximiliana <max@straße.example>')
    await dialog.getByLabel('First name').fill('Maximiliana')
    await dialog.getByLabel('Last name').fill('Wolfeschlegelsteinhausenbergerdorff')
    await dialog.getByRole('button', { name: 'Add and create link' }).click()
    await heading(manager, /^Password link for Maximiliana/)
    await show(manager, 'people-link')
    const link = await dialog.getByLabel('Link', { exact: true }).inputValue()
    await dialog.getByRole('button', { name: 'Done' }).click()
    await expect(manager.getByText('2 accounts')).toBeVisible()

    const holder = await site.person()
    await holder.goto(link)
    await expect(holder.getByLabel('New password')).toBeFocused()
    await expect(holder.getByLabel('Email address')).toHaveValue('max@straße.example')
    expect(holder.url()).not.toContain('#')
    await show(holder, 'password')
    await holder.getByLabel('New password').fill(password)
    await holder.getByRole('button', { name: 'Set password' }).click()
    await expect(holder.getByRole('button', { name: /your account/ })).toBeVisible()
    await holder.goto(link)
    await expect(holder.getByText('This link no longer works')).toBeVisible()
    await show(holder, 'password-link-used')

    const row = /^Actions for Maximiliana/
    await manager.reload()
    await withMenu(manager, row, () => show(manager, 'people-menu'))
    await manager.getByRole('button', { name: row }).click()
    await manager.getByRole('menuitem', { name: 'Disable' }).click()
    await show(manager, 'people-disable')
    await manager.getByRole('alertdialog').getByRole('button', { name: 'Disable' }).click()
    await expect(manager.getByText('Disabled', { exact: true })).toBeVisible()
    await holder.goto('/')
    await heading(holder, 'Sign in')

    await manager.getByRole('button', { name: row }).click()
    await manager.getByRole('menuitem', { name: 'Erase' }).click()
    const question = manager.getByRole('dialog').or(manager.getByRole('alertdialog'))
    await expect(question.getByLabel('Enter the email address to erase')).toBeVisible()
    await show(manager, 'people-erase')
    await question.getByLabel('Enter the email address to erase').fill('max@straße.example')
    await question.getByRole('button', { name: 'Erase for good' }).click()
    await expect(manager.getByText('1 account')).toBeVisible()
  },
}
