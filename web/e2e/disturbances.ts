import type { Page } from '@playwright/test'

/**
 * Throws a page's memory away as a phone does that needs room: the document is gone, with its connection. The tab keeps
 * its address, the state of its history and its sessionStorage, and loads the page again when somebody comes back to it.
 */
async function discard(page: Page) {
  await page.goto('about:blank')
  await page.goBack({ waitUntil: 'commit' })
}

/**
 * What happens to pages between two steps. A story is told once for each, disturbs a page after a step and looks again:
 * where somebody stands must not depend on what their page remembers.
 */
export const disturbances: { how: string; disturb: (page: Page) => Promise<unknown> }[] = [
  { how: 'undisturbed', disturb: async () => {} },
  { how: 'reloaded at every step', disturb: (page) => page.reload({ waitUntil: 'commit' }) },
  { how: 'discarded at every step', disturb: discard },
]
