import type { Page } from '@playwright/test'
import { ask, createRoom, inviteTo } from './api'
import { expectAccessible, openWhatYouCanDo, redeem, roleOf } from './people'
import { expect, type Site, test } from './site'
import { heading, start } from './walks/walk'

// A guest continues on another device: W7, W9 and W10.

const iphone = 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1'

/** Somebody in a room, at a laptop. */
async function seated(site: Site) {
  const room = await createRoom(site.manager, 'Town hall')
  const invited = await inviteTo(site.manager, room, 'noor@example.net', 'Noor Haddad')
  await start(site.manager, room)
  const laptop = await site.person()
  await redeem(laptop, invited.link, invited.email)
  await laptop.getByRole('button', { name: 'Enter as Viewer' }).click()
  await expect(roleOf(laptop)).toHaveText('Viewer')
  return { room, invited, laptop }
}

/** Opens the window with the code, by the keyboard alone, and returns the digits. */
async function offer(laptop: Page): Promise<string> {
  await openWhatYouCanDo(laptop)
  const button = laptop.getByRole('button', { name: 'Continue on another device' })
  await button.focus()
  await laptop.keyboard.press('Enter')
  const dialog = laptop.getByRole('dialog', { name: 'Continue on another device' })
  await expect(dialog.getByRole('img', { name: 'QR code for the other device' })).toBeVisible()
  await expect(dialog.getByText('Do not show this while you share your screen.')).toBeVisible()
  const digits = await dialog.getByText(/^\d{3} \d{3}$/).textContent()
  return digits ?? ''
}

/** Returns the URL in the QR code, as the page got it. */
function urlsOf(page: Page): string[] {
  const urls: string[] = []
  page.on('response', (response) => {
    if (!response.url().includes('/graphql') || response.request().method() !== 'POST') return
    void response.text().then(
      (text) => {
        const url = /"url":"([^"]*#h1_[^"]*)"/.exec(text)?.[1]
        if (url) urls.push(url)
      },
      () => {},
    )
  })
  return urls
}

const fits = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth)

test('a guest continues on a phone by the QR code, and the laptop says where (W9, W10)', async ({ site }) => {
  const { room, laptop } = await seated(site)
  const urls = urlsOf(laptop)
  await offer(laptop)
  await expectAccessible(laptop)
  await expect.poll(() => urls.length).toBe(1)
  const phone = await site.person({ phone: true, userAgent: iphone })
  await phone.setViewportSize({ width: 320, height: 640 })
  await phone.goto(urls[0] ?? '')
  await heading(phone, 'Continue on this device?')
  expect(phone.url()).not.toContain('h1_')
  await expectAccessible(phone)
  expect(await fits(phone)).toBe(true)
  await phone.getByRole('button', { name: 'Continue here' }).click()
  await expect(phone.getByText('Now allow it on the other device')).toBeVisible()

  const asks = laptop.getByRole('alertdialog', { name: 'Safari on iPhone wants to take over.' })
  await expect(asks.getByRole('button', { name: 'No' })).toBeFocused()
  await expectAccessible(laptop)
  await laptop.keyboard.press('Tab')
  await expect(asks.getByRole('button', { name: 'Allow' })).toBeFocused()
  await laptop.keyboard.press('Enter')

  await expect(phone.getByRole('heading', { name: 'Town hall' })).toBeVisible()
  await expect(phone).toHaveURL(new RegExp(`/rooms/${room.id}`))
  await heading(laptop, 'You continued on another device')
  await expect(laptop.getByText(/^Safari on iPhone · /)).toBeVisible()
  await expectAccessible(laptop)
  const data = await ask(site.manager, 'query($id: ID!) { room(id: $id) { participants { nodes { displayName state } } } }', { id: room.id })
  expect(data['room']).toEqual({ participants: { nodes: [{ displayName: 'Noor Haddad', state: 'IN_ROOM' }] } })

  // And back, by the digits that the phone shows. The laptop has no link any more.
  await phone.getByRole('button', { name: 'More' }).click()
  await phone.getByRole('button', { name: 'Continue on another device' }).click()
  const digits = await phone.getByText(/^\d{3} \d{3}$/).textContent()
  expect(await fits(phone)).toBe(true)
  await expectAccessible(phone)
  await laptop.getByRole('button', { name: 'Move back to this device' }).click()
  await laptop.getByLabel('Six digits').fill(digits ?? '')
  await laptop.keyboard.press('Enter')
  await phone.getByRole('button', { name: 'Allow' }).click()
  await expect(roleOf(laptop)).toHaveText('Viewer')
  await heading(phone, 'You continued on another device')
})

test('a guest types the digits where the link belongs to another device, and the other device may refuse (W9)', { tag: '@night' }, async ({ site }) => {
  const { invited, laptop } = await seated(site)
  const digits = await offer(laptop)
  const phone = await site.person({ phone: true, userAgent: iphone })
  await phone.setViewportSize({ width: 320, height: 640 })
  await phone.goto(invited.link)
  await heading(phone, 'This link belongs to another device')
  await phone.getByRole('button', { name: 'I have the other device with me' }).click()
  await expectAccessible(phone)
  expect(await fits(phone)).toBe(true)
  const field = phone.getByLabel('Six digits')
  await field.fill('12')
  await phone.getByRole('button', { name: 'Ask the other device' }).click()
  await expect(phone.getByText('Type the six digits that the other device shows.')).toBeVisible()
  await field.fill(digits === '000 000' ? '000001' : '000000')
  await phone.getByRole('button', { name: 'Ask the other device' }).click()
  await expect(phone.getByText('These digits are wrong. 4 attempts left.')).toBeVisible()
  await field.fill(digits)
  await phone.getByRole('button', { name: 'Ask the other device' }).click()
  await laptop.keyboard.press('Tab') // focus stays in the window
  await laptop.getByRole('alertdialog').getByRole('button', { name: 'No' }).click()
  await expect(phone.getByText('The other device said no.')).toBeVisible()
  await expect(laptop.getByText('You said no. Your place stays here.')).toBeVisible()

  await laptop.getByRole('button', { name: 'New code' }).click()
  const again = await laptop.getByText(/^\d{3} \d{3}$/).textContent()
  await field.fill(again ?? '')
  await phone.getByRole('button', { name: 'Ask the other device' }).click()
  await laptop.getByRole('alertdialog').getByRole('button', { name: 'Allow' }).click()
  await expect(phone.getByRole('heading', { name: 'Town hall' })).toBeVisible()
  await heading(laptop, 'You continued on another device')
})

test('a window that is closed ends its code, and a site may let no place move (W7, W9)', { tag: '@night' }, async ({ site }) => {
  const { invited, laptop } = await seated(site)
  const digits = await offer(laptop)
  await laptop.keyboard.press('Escape')
  await expect(laptop.getByRole('dialog', { name: 'Continue on another device' })).toBeHidden()
  const phone = await site.person({ phone: true, userAgent: iphone })
  await phone.goto(invited.link)
  await phone.getByRole('button', { name: 'I have the other device with me' }).click()
  await phone.getByLabel('Six digits').fill(digits)
  await phone.getByRole('button', { name: 'Ask the other device' }).click()
  await expect(phone.getByText('This hand-over has ended. Make a new code on the other device.')).toBeVisible()

  await site.manager.goto('/admin')
  await site.manager.getByRole('checkbox', { name: 'Guests can continue on another device' }).click()
  await expect(site.manager.getByText('Saved')).toBeVisible()
  await expectAccessible(site.manager)
  await phone.reload()
  await heading(phone, 'This link belongs to another device')
  await expect(phone.getByRole('button', { name: /^Ask / })).toBeVisible()
  await expect(phone.getByRole('button', { name: 'I have the other device with me' })).toBeHidden()
  await openWhatYouCanDo(laptop)
  await laptop.getByRole('button', { name: 'Continue on another device' }).click()
  await expect(laptop.getByText('This site does not let people move to another device.')).toBeVisible()
})

test('a guest moves before the start, and the window stays while the session starts (W9)', { tag: '@night' }, async ({ site }) => {
  const room = await createRoom(site.manager, 'Town hall')
  const invited = await inviteTo(site.manager, room, 'noor@example.net', 'Noor Haddad')
  const laptop = await site.person()
  await redeem(laptop, invited.link, invited.email)
  const urls = urlsOf(laptop)
  await laptop.getByRole('button', { name: 'Continue on another device' }).click()
  const dialog = laptop.getByRole('dialog', { name: 'Continue on another device' })
  await expect(dialog.getByText(/^\d{3} \d{3}$/)).toBeVisible()
  await start(site.manager, room)
  await expect(laptop.getByRole('button', { name: 'Enter as Viewer', includeHidden: true })).toBeAttached()
  await expect(dialog.getByText(/^\d{3} \d{3}$/)).toBeVisible()
  await expectAccessible(laptop)

  const phone = await site.person({ phone: true, userAgent: iphone })
  await phone.goto(urls[0] ?? '')
  await phone.getByRole('button', { name: 'Continue here' }).click()
  await laptop.getByRole('alertdialog').getByRole('button', { name: 'Allow' }).click()
  await phone.getByRole('button', { name: 'Enter as Viewer' }).click()
  await expect(phone.getByRole('heading', { name: 'Town hall' })).toBeVisible()
  await heading(laptop, 'You continued on another device')
})
