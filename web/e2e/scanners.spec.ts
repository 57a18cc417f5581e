import type { Page } from '@playwright/test'
import { invite, makeRoom, redeem } from './people'
import { expect, type Site, test } from './site'

// Mail scanners open every link, with browsers that run scripts; some fill in forms and press what they find.

async function invited(site: Site) {
  await makeRoom(site.manager, 'Spring forum')
  return invite(site.manager, 'olena@example.org', 'Olena', 'Vira', 'Viewer')
}

async function open(site: Site, link: string): Promise<Page> {
  const scanner = await site.person()
  await scanner.goto(link)
  await expect(scanner.getByRole('button', { name: 'Continue' })).toBeVisible()
  return scanner
}

/** The link was opened and is not spent: it has all its tries, and the one it was made for gets in. */
async function expectUnspent(site: Site, link: string) {
  const { manager } = site
  await expect(manager.getByText(/^Opened/)).toBeVisible()
  await manager.getByRole('button', { name: 'Olena Vira', exact: true }).click()
  const timeline = manager.getByRole('region', { name: 'Invitations' })
  await expect(timeline.getByText('Olena Vira opened the link')).toBeVisible()
  await expect(timeline.getByText(/different email address|accepted the invitation/)).toHaveCount(0)

  const guest = await site.person({ phone: true })
  await redeem(guest, link, 'wrong@example.org')
  await expect(guest.getByText('4 attempts left')).toBeVisible()
  await redeem(guest, link, 'olena@example.org')
  await expect(guest.getByText('You’re all set, Olena Vira')).toBeVisible()
  await expect(manager.getByText(/^Redeemed on/)).toBeVisible()
}

test('a visitor that runs scripts and clicks nothing spends no link', async ({ site }) => {
  const link = await invited(site)
  const scanner = await open(site, link)
  await scanner.waitForLoadState('networkidle')
  await scanner.close()
  await expectUnspent(site, link)
})

test('a preview of the link gets a card with a picture of this site, and changes nothing', async ({ site }) => {
  const link = await invited(site)
  const preview = await (await site.person()).context().request.get(link, { headers: { 'User-Agent': 'Slackbot-LinkExpanding 1.0' } })
  const page = await preview.text()
  expect(page).toContain('content="You are invited to a live session"')
  expect(page).not.toContain('Spring forum')
  const picture = /property="og:image" content="([^"]+)"/.exec(page)?.[1] ?? ''
  expect(new URL(picture).origin).toBe(site.url)
  const answer = await (await site.person()).context().request.get(picture)
  expect([answer.status(), answer.headers()['content-type']]).toEqual([200, 'image/png'])
  await expect(site.manager.getByText('Not opened yet')).toBeVisible()
})

test('a visitor that submits every form as it is spends no link', { tag: '@night' }, async ({ site }) => {
  const link = await invited(site)
  const scanner = await open(site, link)
  await scanner.evaluate(() => {
    for (const form of document.forms) form.requestSubmit()
  })
  await expect(scanner.getByText('Enter an email address.')).toBeVisible()
  // Past the page's own script too: a form that the browser itself sends goes nowhere.
  await scanner.evaluate(() => {
    for (const form of document.forms) form.submit()
  })
  await scanner.waitForLoadState('load')
  await expect(scanner.getByRole('heading', { level: 1 })).toBeVisible()
  await scanner.close()
  await expectUnspent(site, link)
})

test('a visitor that presses every button and follows every link spends no link', { tag: '@night' }, async ({ site }) => {
  const link = await invited(site)
  const scanner = await open(site, link)
  const buttons = await scanner.getByRole('button').all()
  for (const button of buttons) await button.click()
  await expect(scanner.getByText('Enter an email address.')).toBeVisible()
  const addresses = await scanner.getByRole('link').evaluateAll((links) => links.map((one) => (one as HTMLAnchorElement).href))
  for (const address of addresses) {
    await scanner.goto(address)
    await scanner.waitForLoadState('networkidle')
    await scanner.getByRole('button').first().click()
  }
  await scanner.close()
  await expectUnspent(site, link)
})
