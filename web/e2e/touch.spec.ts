import type { Locator } from '@playwright/test'
import { inviteByForm, makeRoomByForm, openInvite } from './people'
import { expect, test } from './site'

/** Lists the controls that a finger misses: lower than 44 px. A label or a whole row counts where that is what one touches. */
const tooSmall = (within: Locator) =>
  within.locator('button, input, select, textarea, summary').evaluateAll((controls) =>
    controls.flatMap((control) => {
      const target = control.matches('[type=radio], [type=checkbox]') ? (control.closest('label') ?? control) : (control.matches('.row__open') && control.closest('.row')) || control
      const { width, height } = target.getBoundingClientRect()
      if (width < 2 || !control.checkVisibility() || height >= 43.5) return []
      return [`${control.getAttribute('aria-label') ?? (control.textContent || control.getAttribute('name'))}: ${width} × ${height}`]
    }),
  )

test('at 320 px, a manager creates a room and invites somebody by the forms, and every control fits a finger', { tag: '@night' }, async ({ site }) => {
  const page = await site.person({ phone: true })
  await page.context().addCookies(await site.manager.context().cookies())
  await page.setViewportSize({ width: 320, height: 640 })
  const narrow = async () => expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320)
  await page.goto('/')
  expect(await page.evaluate(() => matchMedia('(pointer: coarse)').matches)).toBe(true)
  await page.getByRole('button', { name: 'New room' }).tap()
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByLabel('Title')).toBeVisible()
  expect(await tooSmall(dialog), 'New room').toEqual([])
  await narrow()
  await page.keyboard.press('Escape')
  await makeRoomByForm(page, 'Garden council', { approval: true })
  await narrow()

  await openInvite(page)
  await expect(dialog.getByLabel('Email address')).toBeVisible()
  expect(await tooSmall(dialog), 'Invite users').toEqual([])
  await narrow()
  await page.keyboard.press('Escape')
  const link = await inviteByForm(page, 'wei@example.org', 'Wei', 'Lin', 'Speaker')
  await narrow()
  await page.getByRole('tab', { name: 'Invitations' }).tap()
  const row = page.getByRole('region', { name: 'Invitations' }).getByRole('listitem').filter({ hasText: 'wei@example.org' })
  await expect(row).toBeVisible()
  expect(await tooSmall(row), 'the row').toEqual([])

  const guest = await site.person({ phone: true })
  await guest.goto(link)
  await expect(guest.getByRole('heading', { name: 'Garden council' })).toBeVisible()
})
