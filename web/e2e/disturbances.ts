import type { Page } from '@playwright/test'
import { byDay } from './nightly'

/**
 * Throws a page's memory away as a phone does that needs room: the document is gone, with its connection. The tab keeps
 * its address, the state of its history and its sessionStorage, and loads the page again when somebody comes back to it.
 */
async function discard(page: Page) {
  await page.goto('about:blank')
  await page.goBack({ waitUntil: 'commit' })
}

const reload = (page: Page) => page.reload({ waitUntil: 'commit' })

/** Reloads and discards each page in turn. */
function alternate(): (page: Page) => Promise<unknown> {
  const times = new WeakMap<Page, number>()
  return (page) => {
    const before = times.get(page) ?? 0
    times.set(page, before + 1)
    return before % 2 === 0 ? reload(page) : discard(page)
  }
}

/**
 * Lists what happens to pages between two steps. A story runs once for each: it disturbs a page after a step and looks again. Where
 * somebody is must not depend on what their page remembers.
 */
export const disturbances: { how: string; disturb: (page: Page) => Promise<unknown> }[] = byDay(
  [
    { how: 'undisturbed', disturb: async () => {} },
    { how: 'reloaded and discarded in turn', disturb: alternate() },
    { how: 'reloaded at every step', disturb: reload },
    { how: 'discarded at every step', disturb: discard },
  ],
  (_, index) => index === 0,
)
