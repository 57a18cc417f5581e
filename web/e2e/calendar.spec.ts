import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { act, createRoom, inMinutes, inviteTo } from './api'
import { expectAccessible, redeem } from './people'
import { expect, test } from './site'

/** Saves the calendar file of the page; answers its lines. */
async function save(page: Page, button: string): Promise<string[]> {
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: button }).click()])
  return (await readFile(await download.path(), 'utf8')).split('\r\n')
}

const value = (lines: string[], name: string) => lines.find((line) => line.startsWith(`${name}:`))?.slice(name.length + 1)

test('a session that moves says that the saved file is old, and the new file replaces the entry', { tag: '@night' }, async ({ site }) => {
  const { manager } = site
  const room = await createRoom(manager, 'Product launch', { startsAt: inMinutes(60) })
  const kit = await inviteTo(manager, room, 'kit@example.net', 'Kit Ito')
  const guest = await site.person({ phone: true })
  await redeem(guest, kit.link, kit.email)
  const first = await save(guest, 'Add to calendar')
  const secret = kit.link.slice(kit.link.indexOf('#') + 1)
  expect(first.join('')).not.toContain(secret.slice(0, 20))
  expect(value(first, 'URL')).toContain(`/rooms/${room.id}`)
  await expect(guest.getByText('The time changed.')).toHaveCount(0)

  // The page says so at once, and again in another tab days later.
  await act(manager, 'rescheduleSession', { input: { sessionId: room.session.id, startsAt: inMinutes(90) } })
  await expect(guest.getByText('The time changed. Save the file again to update your calendar.')).toBeVisible()
  await expectAccessible(guest)
  const tab = await guest.context().newPage()
  await tab.goto(`/rooms/${room.id}`)
  await expect(tab.getByText('The time changed.')).toBeVisible()
  const second = await save(guest, 'Save the file again')
  await expect(guest.getByText('The time changed.')).toHaveCount(0)
  expect([value(second, 'UID'), value(second, 'SEQUENCE')]).toEqual([value(first, 'UID'), '1'])
  expect(value(second, 'DTSTART')).not.toBe(value(first, 'DTSTART'))

  await act(manager, 'cancelSession', { sessionId: room.session.id })
  await expect(guest.getByText('Your calendar still has this session.')).toBeVisible()
  const last = await save(guest, 'Save the file again')
  expect([value(last, 'UID'), value(last, 'SEQUENCE'), value(last, 'STATUS')]).toEqual([value(first, 'UID'), '2', 'CANCELLED'])
})

test('calendars on the web open by a press, and get no secret and no referrer', async ({ site }) => {
  const room = await createRoom(site.manager, 'Product launch')
  const kit = await inviteTo(site.manager, room, 'kit@example.net', 'Kit Ito')
  const guest = await site.person()
  await redeem(guest, kit.link, kit.email)
  for (const name of ['Google Calendar', 'Outlook.com']) {
    const link = guest.getByRole('link', { name })
    await expect(link).toHaveAttribute('rel', 'noopener noreferrer')
    expect(await link.getAttribute('href')).toContain(encodeURIComponent(`/rooms/${room.id}`))
    expect(await link.getAttribute('href')).not.toContain(encodeURIComponent('/join'))
  }
})
