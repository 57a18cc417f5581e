import type { Page } from '@playwright/test'
import { expect } from './site'

// A page that misses a part of the app, and how it comes back.

export const updated = (page: Page) => page.getByRole('heading', { name: 'Usher was updated' })
export const loading = (page: Page) => page.getByText('This page is still loading. If nothing changes, check your connection and reload it.')
export const reload = (page: Page) => page.getByRole('button', { name: 'Reload' })
export const title = (page: Page) => page.locator('h1', { hasNotText: 'Usher was updated' })

/** Loads a page, also if it is the same one: an address that differs only behind # would load nothing. */
export async function open(page: Page, address: string): Promise<void> {
  await page.goto('about:blank')
  await page.goto(address)
}

/** Waits for the title, and reloads a page that says to. A page may show its title first, and miss its part only then. */
export async function comeBack(page: Page): Promise<void> {
  await page.addLocatorHandler(updated(page), () => reload(page).click())
  await expect(title(page)).toBeVisible()
  await page.removeLocatorHandler(updated(page))
}
