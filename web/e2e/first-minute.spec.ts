import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test as base } from '@playwright/test'
import { expect, freePort, password, start, stop } from './site'

/** A program that somebody has just started for the first time, with what it printed. */
const test = base.extend<{ args: string[]; fresh: { url: string; printed: string } }>({
  args: [[], { option: true }],
  fresh: async ({ args }, use) => {
    const directory = await mkdtemp(join(tmpdir(), 'usher-first-'))
    const port = await freePort()
    const { child, output } = await start(directory, port, port, ...args)
    await use({ url: `http://localhost:${port}`, printed: output() })
    await stop(child)
    await rm(directory, { recursive: true, force: true })
  },
})

const noAccount = 'No account here yet. Open the set-up link in the terminal (valid for 30 minutes), or restart Usher for a new one.'

test('an empty site says where its set-up link is, and the link makes an administrator, also after a reload', async ({ fresh, page, context }) => {
  await page.goto(`${fresh.url}/`)
  await expect(page.getByText(noAccount)).toBeVisible()
  await page.goto(`${fresh.url}/sign-in`)
  await expect(page.getByText(noAccount)).toBeVisible()

  const link = /http:\S+\/setup#\S+/.exec(fresh.printed)?.[0] ?? ''
  await page.goto(link)
  await expect(page).toHaveTitle('Set-up · Usher')
  await expect(page.getByLabel('Email address')).toBeFocused()
  expect(page.url(), 'the token left the address').toBe(`${fresh.url}/setup`)
  await page.reload()
  await expect(page.getByLabel('Email address')).toBeFocused()
  await page.keyboard.type('amina@example.org')
  await page.getByLabel('First name').fill('Amina')
  await page.getByRole('textbox', { name: 'Last name' }).fill('Ruth')
  await page.getByLabel('Password').fill(password)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'Rooms' })).toBeVisible()

  const other = await context.browser()?.newPage()
  await other?.goto(`${fresh.url}/sign-in`)
  await expect(other!.getByLabel('Email address')).toBeFocused()
  await expect(other!.getByText(noAccount)).toBeHidden()
  await other?.close()
})

test.describe('the demo', () => {
  test.use({ args: ['--demo'] })

  test('a link signs in with one press, once', { tag: '@night' }, async ({ fresh, page, browser }) => {
    const [manage = '', administer = ''] = fresh.printed.match(/http:\S+\/demo\/\S+/g) ?? []
    await page.goto(manage)
    await expect(page.getByRole('button', { name: 'Continue as Mia Keller' })).toBeFocused()
    await page.keyboard.press('Enter')
    await expect(page.getByRole('link', { name: /Product launch/ })).toBeVisible()
    await page.goto(manage)
    await expect(page.getByRole('heading', { name: 'This link has been used' })).toBeVisible()
    await page.getByRole('link', { name: 'Go to Usher' }).click()
    await expect(page.getByRole('link', { name: /Product launch/ })).toBeVisible()

    const admin = await browser.newPage()
    await admin.goto(administer)
    await admin.getByRole('button', { name: 'Continue as Amélie Østergård' }).click()
    await admin.goto(`${fresh.url}/admin/people`)
    await expect(admin.getByText('mia@example.com')).toBeVisible()
    await admin.close()
  })
})
