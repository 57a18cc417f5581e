import type { Page } from '@playwright/test'
import { invite, redeem } from './people'
import { expect, test } from './site'

const day = 86_400_000

/** What clocks in a zone show at an instant, by the system and not by the app: 2027-03-28 09:30. */
const clocks = (at: number, timeZone: string) =>
  new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' }).format(at)
const time = (at: number, timeZone: string) => clocks(at, timeZone).slice(11)

/** The first midnight (UTC) of a day to come, at least two weeks away, on which clocks of Berlin change forward or back. */
function changeOfClocks(which: 'forward' | 'back'): { date: string; at: number } {
  const offset = (at: number) => Date.parse(`${clocks(at, 'Europe/Berlin').replace(' ', 'T')}:00Z`) - at
  const midnight = Math.ceil(Date.now() / day) * day
  for (let at = midnight + 14 * day; at < midnight + 400 * day; at += day) {
    const step = offset(at + day) - offset(at)
    if (which === 'forward' ? step > 0 : step < 0) return { date: new Date(at).toISOString().slice(0, 10), at }
  }
  throw new Error('find a change of clocks: Berlin has none')
}

/** Fills in the form of a new room, up to its last button. */
async function plan(page: Page, title: string, when: { date: string; time: string; zone: string; length?: string }) {
  await page.goto('/')
  await page.getByRole('button', { name: 'New room' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Title').fill(title)
  await dialog.getByLabel('Time zone').fill(when.zone.split('/')[1] ?? when.zone)
  await dialog.getByRole('option', { name: when.zone }).click()
  await dialog.getByLabel('Date').fill(when.date)
  await dialog.getByLabel('Start').fill(when.time)
  if (when.length) await dialog.getByLabel('Length').selectOption(when.length)
  return dialog
}

/** Signs Amina in again, in a browser whose clocks show Berlin's time. */
async function inBerlin(site: { manager: Page; person: (options: { timeZone: string }) => Promise<Page> }): Promise<Page> {
  const page = await site.person({ timeZone: 'Europe/Berlin' })
  await page.context().addCookies(await site.manager.context().cookies())
  return page
}

test('three zones agree on a session after clocks have changed, and the countdown with them', { tag: '@night' }, async ({ site }) => {
  const manager = await inBerlin(site)
  // Clocks of Kolkata never change, so its time gives the instant without help. Berlin changes between now and then.
  const date = new Date(changeOfClocks('forward').at + 2 * day).toISOString().slice(0, 10)
  const start = Date.parse(`${date}T15:00:00+05:30`)
  const end = start + 3_600_000
  const dialog = await plan(manager, 'Spring forum', { date, time: '15:00', zone: 'Asia/Kolkata' })
  await dialog.getByRole('button', { name: 'Create room' }).click()
  await expect(manager.getByRole('heading', { name: 'Spring forum' })).toBeVisible()
  await expect(manager.locator('.page-head')).toContainText(`${time(start, 'Europe/Berlin')}–${time(end, 'Europe/Berlin')} your time`)
  await expect(manager.locator('.page-head')).toContainText('15:00–16:00 in Kolkata, the room’s time')
  const link = await invite(manager, 'noor@example.net', 'Noor', 'Haddad', 'Viewer')

  const guest = await site.person({ phone: true, timeZone: 'America/New_York' })
  await redeem(guest, link, 'noor@example.net')
  await expect(guest.getByText('You’re all set, Noor Haddad')).toBeVisible()
  await expect(guest.locator('.meta')).toContainText(`${time(start, 'America/New_York')}–${time(end, 'America/New_York')} your time`)
  await expect(guest.locator('.meta')).toContainText('15:00–16:00 in Kolkata, the room’s time')
  // The page shows the day, too, by the invitee's own clocks, and only once.
  const own = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'America/New_York' }).format(start)
  await expect(guest.locator('.meta')).toContainText(own)
  await expect(guest.getByText('your time')).toHaveCount(1)

  const parts = ((await guest.getByRole('timer').textContent()) ?? '').match(/\d+/g)?.map(Number) ?? []
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = parts
  const shown = Date.now() + (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000
  expect(Math.abs(shown - start)).toBeLessThan(5_000)

  // Moved to where the weekday differs between the two: late in the evening of New York it is the next day in Kolkata.
  const evening = `${date}T07:00`
  await manager.getByRole('button', { name: 'More for this room' }).click()
  await manager.getByRole('menuitem', { name: 'Reschedule' }).click()
  await manager.getByRole('dialog').getByLabel('Start').fill('07:00')
  await manager.getByRole('button', { name: 'Reschedule session' }).click()
  const moved = Date.parse(`${evening}:00+05:30`)
  const weekday = new Intl.DateTimeFormat('en-GB', { weekday: 'short', timeZone: 'Asia/Kolkata' }).format(moved)
  await expect(guest.locator('.meta')).toContainText(`${time(moved, 'America/New_York')}–${time(moved + 3_600_000, 'America/New_York')} your time`)
  await expect(guest.locator('.meta')).toContainText(`${weekday} 07:00–08:00 in Kolkata`)
})

for (const [which, ends, hint, starts] of [
  ['forward', '06:00', 'Clocks go forward that night. The time will be 03:30.', '03:30–04:30'],
  ['back', '04:00', 'Clocks go back that night. The first of the two times counts.', '02:30–02:30'],
] as const) {
  test(`a session of the night when clocks go ${which} keeps its length, and the form says what is meant`, { tag: '@night' }, async ({ site }) => {
    const manager = await inBerlin(site)
    const { date } = changeOfClocks(which)
    const dialog = await plan(manager, 'Night watch', { date, time: '01:00', zone: 'Europe/Berlin', length: '240' })
    await expect(dialog.getByText('that night')).toHaveCount(0)
    await dialog.getByRole('button', { name: 'Create room' }).click()
    await expect(manager.locator('.page-head')).toContainText(`01:00–${ends} your time`)

    const again = await plan(manager, 'Late watch', { date, time: '02:30', zone: 'Europe/Berlin', length: '60' })
    await expect(again.getByText(hint)).toBeVisible()
    await again.getByRole('button', { name: 'Create room' }).click()
    await expect(manager.getByRole('heading', { name: 'Late watch' })).toBeVisible()
    await expect(manager.locator('.page-head')).toContainText(`${starts} your time`)
  })
}
