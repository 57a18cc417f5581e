import { execFile } from 'node:child_process'
import { resolve } from 'node:path'
import { promisify } from 'node:util'
import type { Page } from '@playwright/test'
import { walks } from './screens'
import { test } from './site'

// The pictures of docs/screens: the screens named here, wide and on a phone, light and dark. Where pngquant is installed
// they are made small by it.
const shown = new Set([
  'sign-in', 'rooms', 'room-new', 'room-before', 'room-managers', 'invite-suggestions', 'invite-errors', 'invite-link', 'room-live', 'in-room-manager', 'site',
  'join-who', 'join-wrong-email', 'join-before', 'lobby', 'queue', 'in-room', 'in-room-promoted', 'refused-used-on-other-device', 'refused-link-replaced', 'refused-too-many-attempts',
])
const folder = resolve('../docs/screens')
const sizes = [['wide', 1280, 800], ['phone', 390, 844]] as const

async function smaller(file: string) {
  await promisify(execFile)('pngquant', ['--force', '--skip-if-larger', '--strip', '--output', file, '64', file]).catch(() => {})
}

async function take(page: Page, name: string) {
  if (!shown.has(name)) return
  const before = page.viewportSize()
  for (const [size, width, height] of sizes) {
    await page.setViewportSize({ width, height })
    for (const colorScheme of ['dark', 'light'] as const) {
      await page.emulateMedia({ colorScheme })
      await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))))
      const path = `${folder}/${name}-${size}-${colorScheme}.png`
      await page.screenshot({ path, caret: 'hide' })
      await smaller(path)
    }
  }
  if (before) await page.setViewportSize(before)
}

for (const walk of walks) {
  test(walk.name, async ({ site }) => {
    await walk.go(site, take)
  })
}
