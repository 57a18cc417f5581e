import { createRoom, inMinutes } from './api'
import { watchParts } from './parts'
import { expectAccessible } from './people'
import { expect, test } from './site'
import type { Page } from '@playwright/test'

// Everybody's browser asks for German, as in Austria.
test.use({ locale: 'de-AT' })

const fits = async (page: Page) => {
  for (const width of [320, 390, 1280]) {
    await page.setViewportSize({ width, height: 800 })
    expect(await page.evaluate(() => document.documentElement.scrollWidth), `${width} px`).toBeLessThanOrEqual(width)
    if (width === 320) await expectAccessible(page)
  }
}

test('in German, a manager invites somebody, who opens the link and enters', async ({ site }) => {
  const { manager } = site
  await createRoom(manager, 'Frühjahrstagung', { timeZone: 'Europe/Paris', startsAt: inMinutes(90), endsAt: inMinutes(150) })
  await manager.goto('/')
  await expect(manager.locator('html')).toHaveAttribute('lang', 'de')
  await manager.getByRole('link', { name: /Frühjahrstagung/ }).click()
  await expect(manager.getByText(/beginnt in/)).toBeVisible()
  await fits(manager)

  await manager.getByRole('button', { name: 'Mehr zu diesem Raum' }).click()
  await manager.getByRole('menuitem', { name: 'Einladen' }).click()
  const dialog = manager.getByRole('dialog')
  await dialog.getByLabel('E-Mail-Adresse').fill('olena@example.org')
  await dialog.getByLabel('Vorname').fill('Olena')
  await dialog.getByRole('textbox', { name: 'Nachname' }).fill('Vira')
  await dialog.getByRole('radio', { name: 'Podium' }).check()
  await fits(manager)
  await dialog.getByRole('button', { name: 'Link erstellen' }).click()
  await expect(dialog.getByRole('heading', { name: 'Der Link ist fertig' })).toBeVisible()
  await expect(dialog.getByRole('combobox', { name: 'Sprache der Nachricht' })).toHaveValue('de')
  const link = await dialog.getByLabel('Einladungslink').inputValue()
  await dialog.getByRole('button', { name: 'Fertig' }).click()

  const guest = await site.person()
  await guest.goto(link)
  await expect(guest.getByText('Amina Ruth lädt Sie zum Sprechen ein:')).toBeVisible()
  await expect(guest.getByText(/^(Heute|Morgen), .* Ihrer Zeit/)).toBeVisible()
  await fits(guest)
  await guest.getByLabel('Ihre E-Mail-Adresse').fill('jemand@example.org')
  await guest.getByRole('button', { name: 'Weiter' }).click()
  await expect(guest.getByText('Sie haben noch 4 Versuche')).toBeVisible()
  await guest.getByLabel('Ihre E-Mail-Adresse').fill('olena@example.org')
  await guest.getByRole('button', { name: 'Weiter' }).click()
  await expect(guest.getByText('Alles bereit, Olena Vira')).toBeVisible()
  await fits(guest)

  await manager.getByRole('button', { name: 'Sitzung starten' }).click()
  await guest.getByRole('button', { name: 'Eintreten · Podium' }).click()
  await expect(guest.getByRole('tablist', { name: 'Werkzeuge des Raums' })).toBeVisible()
  await fits(guest)
  await expect(manager.getByText('Olena Vira').first()).toBeVisible()
  await fits(manager)
})

test('people choose another language than their browser’s, and no page loads both', { tag: '@night' }, async ({ site }) => {
  const nobody = await site.person()
  const loaded = watchParts(nobody)
  await nobody.goto('/sign-in')
  await expect(nobody.getByRole('heading', { name: 'Anmelden' })).toBeVisible()
  const german = new Set(loaded)
  await nobody.getByRole('button', { name: 'Anzeige und Ton' }).click()
  await expect(nobody.getByRole('radio', { name: 'Wie im Browser' })).toBeChecked()
  await fits(nobody)
  loaded.clear()
  await nobody.getByRole('radio', { name: 'English' }).click()
  await expect(nobody.getByRole('heading', { name: 'Sign in' })).toBeVisible()
  await expect(nobody.locator('html')).toHaveAttribute('lang', 'en')
  const both = [...german].filter((name) => loaded.has(name))
  expect(both.some((name) => name.startsWith('styles-')), 'both languages share the styles').toBe(true)
  expect(both.filter((name) => name.startsWith('basics-')), 'no page loads texts of both').toEqual([])

  // The choice stays in this browser, also for links that other sites show.
  const other = await nobody.context().newPage()
  await other.goto('/join')
  await expect(other.getByRole('heading', { name: 'Open your invitation' })).toBeVisible()
  await nobody.getByRole('button', { name: 'Display and sound' }).click()
  await nobody.getByRole('radio', { name: 'As in the browser' }).click()
  await expect(nobody.getByRole('heading', { name: 'Anmelden' })).toBeVisible()
  expect(await nobody.context().cookies()).not.toContainEqual(expect.objectContaining({ name: 'usher_language' }))

  // The other tab may hold what somebody typed, so it asks before it follows.
  await expect(other.getByRole('status').getByText('You chose another language in another tab.')).toBeVisible()
  await fits(other)
  await other.getByRole('button', { name: 'Reload' }).click()
  await expect(other.locator('html')).toHaveAttribute('lang', 'de')
  await expect(other.getByRole('heading', { level: 1 })).toBeVisible()
  await expect(other.getByText(/andere Sprache gewählt/)).toHaveCount(0)
})
