import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expectAccessible, invite, makeRoom, redeem } from './people'
import { expect, test } from './site'

const mailApp = 'Mozilla/5.0 (Linux; Android 14; Pixel 8 Build/AP1A; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/124.0 Mobile Safari/537.36'

test('the browser of a mail app says that it may lose the place, and hands the link on', { tag: '@night' }, async ({ site }) => {
  await makeRoom(site.manager, 'Spring forum')
  const link = await invite(site.manager, 'olena@example.org', 'Olena', 'Vira', 'Viewer')
  const app = await site.person({ phone: true, userAgent: mailApp })
  await app.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await app.goto(link)
  await expect(app.getByText('This app’s built-in browser may lose your place.')).toBeVisible()
  await app.getByRole('button', { name: 'Copy link for your browser' }).click()
  await expect(app.getByRole('button', { name: 'Copied' })).toBeVisible()
  const copied = await app.evaluate(() => navigator.clipboard.readText())
  expect(copied).toBe(link)

  const phone = await site.person({ phone: true })
  await redeem(phone, copied, 'olena@example.org')
  await expect(phone.getByText('You’re all set, Olena Vira')).toBeVisible()
  await expect(app.getByRole('heading', { name: 'This link belongs to another device' })).toBeVisible()
})

test('a browser without storage says so, and spends no link', { tag: '@night' }, async ({ site, playwright }, { project }) => {
  await makeRoom(site.manager, 'Spring forum')
  const link = await invite(site.manager, 'olena@example.org', 'Olena', 'Vira', 'Viewer')
  const profile = await mkdtemp(join(tmpdir(), 'usher-profile-'))
  await mkdir(join(profile, 'Default'))
  const blocked = { profile: { default_content_setting_values: { cookies: 2 } } }
  await writeFile(join(profile, 'Default', 'Preferences'), JSON.stringify(blocked))
  // Only a Chromium that could have a window reads these settings.
  const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium'
  const context = await playwright.chromium.launchPersistentContext(profile, { ...project.use.launchOptions, executablePath, locale: 'en-GB' })
  const page = await context.newPage()
  await page.goto(link)
  await expect(page.getByRole('heading', { name: 'This browser stores nothing for this page' })).toBeVisible()
  expect(page.url()).toBe(`${site.url}/join`)
  await expect(page.getByLabel('Your email address')).toHaveCount(0)
  await expectAccessible(page)
  const opened = context.waitForEvent('page')
  await page.getByRole('link', { name: 'Open in a new tab' }).click()
  await expect((await opened).getByRole('heading', { name: 'This browser stores nothing for this page' })).toBeVisible()
  await context.close()
  await rm(profile, { recursive: true, force: true })

  const guest = await site.person()
  await redeem(guest, link, 'olena@example.org')
  await expect(guest.getByText('You’re all set, Olena Vira')).toBeVisible()
})
