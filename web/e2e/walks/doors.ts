import { act } from '../api'
import { expect } from '../site'
import { heading, type Walk } from './walk'

export const doors: Walk = {
  name: 'the doors of the site',
  go: async (site, show) => {
    const { manager } = site
    await manager.goto('/')
    await expect(manager.getByRole('heading', { level: 1 })).toBeVisible()
    await show(manager, 'rooms-empty')
    await manager.getByRole('button', { name: /your account/ }).click()
    await show(manager, 'account-menu')
    await manager.keyboard.press('Escape')
    expect((await manager.goto('/nowhere'))?.status()).toBe(404)
    await heading(manager, 'Page not found')
    await show(manager, 'not-found')
    await manager.goto('/rooms/nothing')
    await heading(manager, 'You don’t have access to this room')
    await show(manager, 'nothing-signed-in')

    await manager.goto('/admin')
    await heading(manager, 'Blocked domains')
    await show(manager, 'site-empty')
    await act(manager, 'updateSitePolicy', { input: { blockedDomains: ['mailinator.example', 'a-rather-long-name-for-a-domain-of-nobody.example'], allowedDomains: ['example.org'] } })
    await manager.reload()
    await manager.getByRole('region', { name: 'Blocked domains' }).getByRole('button', { name: 'Add' }).click()
    await expect(manager.getByText('Enter a domain')).toBeVisible()
    await show(manager, 'site')

    const nobody = await site.person()
    await nobody.goto('/sign-in')
    await heading(nobody, 'Sign in')
    await show(nobody, 'sign-in')
    await nobody.getByLabel('Email address').fill('amina@example.org')
    await nobody.getByLabel('Password').fill('not that one')
    await nobody.getByRole('button', { name: 'Sign in' }).click()
    await expect(nobody.getByRole('alert')).toBeVisible()
    await show(nobody, 'sign-in-refused')
    await nobody.goto('/rooms/nothing')
    await heading(nobody, 'You don’t have access to this room')
    await show(nobody, 'nothing')
    await nobody.goto('/setup')
    await heading(nobody, 'Set up Usher')
    await show(nobody, 'set-up-no-link')
    await nobody.goto('/sign-in')
    await nobody.goto('/setup#that-was-used-already')
    await nobody.getByRole('button', { name: 'Create administrator' }).click()
    await expect(nobody.getByRole('button', { name: 'Create administrator' })).toBeEnabled()
    await show(nobody, 'set-up')
    await nobody.goto('/join')
    await heading(nobody, 'Open your invitation')
    await nobody.getByRole('button', { name: 'Open' }).click()
    await show(nobody, 'join-no-link')
  },
}
