import { readFileSync } from 'node:fs'
import type { Download, Page } from '@playwright/test'
import { act, ask, createRoom, inMinutes, inviteTo } from './api'
import { findings } from './axe'
import { byDay } from './nightly'
import { expect, test } from './site'

/** Opens the dialog for several people from the button of the invitations. */
async function openSeveral(page: Page) {
  await page.getByRole('button', { name: 'Invite users' }).first().click()
  await page.getByRole('dialog').getByRole('button', { name: 'Several people' }).click()
  return page.getByRole('dialog', { name: 'Invite several people' })
}

const textOf = async (download: Download) => readFileSync(await download.path(), 'utf8')

test('a manager pastes a spreadsheet of 40 people, and gets a link for each', async ({ site }) => {
  const { manager } = site
  const room = await createRoom(manager, 'Spring forum')
  await manager.goto(`/rooms/${room.id}`)
  const dialog = await openSeveral(manager)
  const lines = ['E-Mail\tVorname\tNachname\tRolle', ...Array.from({ length: 40 }, (_, n) => `gast${n}@example.org\t${n === 0 ? '=Zoë' : 'Zoë'}\tMüller ${n}\t${n === 1 ? 'Sprecherin' : ''}`)]
  await dialog.getByLabel('Email addresses, with names where you have them').fill(lines.join('\n'))
  await dialog.getByRole('button', { name: 'Check the list' }).click()
  await expect(dialog.getByText('40 people will be invited')).toBeVisible()
  await expect(dialog.getByLabel('Role, row 2', { exact: true })).toHaveValue('SPEAKER')
  await dialog.getByRole('button', { name: 'Invite 40 people' }).click()
  const done = manager.getByRole('dialog', { name: '40 people are invited' })
  await expect(done.getByText('Each link is a personal key')).toBeVisible()
  const [download] = await Promise.all([manager.waitForEvent('download'), done.getByRole('button', { name: 'Download links (CSV)' }).click()])
  const file = await textOf(download)
  expect(file.startsWith('\ufeffEmail,First name,Last name,Role,Link,Works until\r\ngast0@example.org,\'=Zoë,Müller 0,Viewer,http')).toBe(true)
  expect(file.split('\r\n')).toHaveLength(42)
  await manager.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await done.getByRole('button', { name: 'Copy all' }).click()
  await expect(done.getByRole('button', { name: 'Copied' })).toBeVisible()
  expect((await manager.evaluate(() => navigator.clipboard.readText())).split('\n')).toHaveLength(40)
  await done.getByRole('button', { name: 'Done', exact: true }).click()

  // The list has them too.
  const panel = manager.getByRole('region', { name: 'Invitations' })
  await panel.getByRole('button', { name: 'More for the invitations' }).click()
  const [all] = await Promise.all([manager.waitForEvent('download'), manager.getByRole('menuitem', { name: 'Download links (CSV)' }).click()])
  expect((await textOf(all)).split('\r\n')).toHaveLength(42)
})

test('broken rows of a file are mended in place, and others are left out', { tag: '@night' }, async ({ site }) => {
  const { manager } = site
  await site.account('noor@example.net', 'Noor', 'Haddad')
  const room = await createRoom(manager, 'Spring forum')
  await inviteTo(manager, room, 'sam@example.org', 'Sam Rivers', 'SPEAKER')
  await manager.goto(`/rooms/${room.id}`)
  const dialog = await openSeveral(manager)
  await dialog.getByRole('button', { name: 'File', exact: true }).click()
  const choose = (name: string, content: Buffer) => dialog.getByLabel('CSV file').setInputFiles({ name, mimeType: 'text/csv', buffer: content })
  await choose('people.xlsx', Buffer.from('PK\u0003\u0004[Content_Types].xml xl/workbook.xml'))
  await dialog.getByRole('button', { name: 'Check the list' }).click()
  await expect(dialog.getByText('This is an Excel workbook (.xlsx); in Excel, choose Save As, then CSV UTF-8.')).toBeVisible()
  await choose('long.csv', Buffer.alloc((1 << 20) + 1, 'a'))
  await dialog.getByRole('button', { name: 'Check the list' }).click()
  await expect(dialog.getByText('This file has more than 1 MB.')).toBeVisible()
  const rows = ['Guest list', '', 'email;first name;last name', 'lena@example.org;Lena;Fischer', 'kofi@example;Kofi;Mensah', '4711@example.org;;', 'noor@example.net;;', 'sam@example.org;Sam;Rivers', 'LENA@example.org;Lena;Fischer', 'amara.okafor@example.org;;', 'zo\xeb@example.org;Zo\xeb;M\xfcller']
  await choose('people.csv', Buffer.from(rows.join('\r\n'), 'latin1'))
  await dialog.getByRole('button', { name: 'Check the list' }).click()
  await expect(dialog.getByText('4 people will be invited · 1 person is invited already · 2 rows to fix')).toBeVisible()
  await expect(dialog.getByText('It was read as Windows-1252')).toBeVisible()
  await expect(dialog.getByText('Ready, names from the account')).toBeVisible()
  await expect(dialog.getByText('Ready, name guessed from the address')).toBeVisible()
  await expect(dialog.getByText('Already invited as Speaker')).toBeVisible()
  await expect(dialog.getByText('Twice: row 1 is kept')).toBeVisible()

  // What needs a look comes first, and is mended by the keyboard.
  const email = dialog.getByRole('textbox', { name: 'Email, row 2' })
  await expect(dialog.getByRole('row').nth(1)).toContainText('The part after the @ needs a dot')
  await email.fill('kofi@example.org')
  await email.press('Enter')
  await expect(dialog.getByText('5 people will be invited · 1 person is invited already · 1 row to fix')).toBeVisible()
  await dialog.getByRole('textbox', { name: 'First name, row 3' }).fill('Ana')
  await manager.keyboard.press('Tab')
  await expect(dialog.getByText('6 people will be invited · 1 person is invited already', { exact: true })).toBeVisible()
  await dialog.getByRole('checkbox', { name: 'Invite Amara Okafor' }).uncheck()
  await dialog.getByRole('button', { name: 'Invite 5 people' }).click()
  await expect(manager.getByRole('dialog', { name: '5 people are invited' })).toBeVisible()
  const data = await ask(manager, 'query($id: ID!) { room(id: $id) { counts { invited } } }', { id: room.id })
  expect(data['room']).toEqual({ counts: { invited: 6 } })
})

test('after an interrupted network the same key goes on where it stopped, and closing asks first', async ({ site }) => {
  const { manager } = site
  const room = await createRoom(manager, 'Spring forum')
  await manager.goto(`/rooms/${room.id}`)
  const dialog = await openSeveral(manager)
  await dialog.getByLabel('Email addresses, with names where you have them').fill(Array.from({ length: 250 }, (_, n) => `guest.${String.fromCodePoint(97 + Math.floor(n / 26))}${String.fromCodePoint(97 + (n % 26))}@example.org`).join(', '))
  await dialog.getByRole('button', { name: 'Check the list' }).click()
  const keys: string[] = []
  await manager.route('**/graphql', async (route) => {
    const body = route.request().postDataJSON() as { query?: string; variables?: { input?: { key?: string } } } | null
    if (!body?.query?.includes('inviteUsers')) return route.continue()
    keys.push(body.variables?.input?.key ?? '')
    if (keys.length !== 2) return route.continue()
    await route.fetch() // the server does it, and the answer is lost
    return route.abort('connectionreset')
  })
  await dialog.getByRole('button', { name: 'Invite 250 people' }).click()
  await expect(dialog.getByText('100 of 250 are invited. The server cannot be reached.')).toBeVisible()
  await manager.keyboard.press('Escape')
  await expect(dialog.getByText('Not everybody is invited yet. Stop here?')).toBeVisible()
  await dialog.getByRole('button', { name: 'Go on' }).click()
  await dialog.getByRole('button', { name: 'Try again' }).click()
  await expect(manager.getByRole('dialog', { name: '250 people are invited' })).toBeVisible()
  expect(keys).toHaveLength(4)
  expect(keys[2]).toBe(keys[1])
  expect(new Set(keys).size).toBe(3)
})

test('the people of the last session are a list too, without those who were put out', { tag: '@night' }, async ({ site }) => {
  const { manager } = site
  const room = await createRoom(manager, 'Spring forum')
  await inviteTo(manager, room, 'noor@example.net', 'Noor Haddad', 'MODERATOR')
  const gone = await inviteTo(manager, room, 'gone@example.org', 'Gary Gone')
  await act(manager, 'revokeInvitation', { invitationId: gone.id })
  await act(manager, 'startSession', { sessionId: room.session.id })
  await act(manager, 'endSession', { sessionId: room.session.id })
  await act(manager, 'scheduleSession', { input: { roomId: room.id, startsAt: inMinutes(60) } })
  await manager.goto(`/rooms/${room.id}`)
  await manager.getByRole('button', { name: 'Choose…' }).click()
  const dialog = manager.getByRole('dialog', { name: 'Invite several people' })
  await expect(dialog.getByText('1 person will be invited')).toBeVisible()
  await expect(dialog.getByRole('checkbox', { name: 'Invite Gary Gone' })).not.toBeChecked()
  await expect(dialog.getByRole('textbox', { name: 'Email, row 1' })).toHaveValue(/noor|gone/)
  await dialog.getByRole('button', { name: 'Invite 1 person' }).click()
  await expect(manager.getByRole('dialog', { name: '1 person is invited' })).toBeVisible()
})

test('a ready message goes into a mail of one’s own, in German too', { tag: '@night' }, async ({ site }) => {
  const { manager } = site
  const room = await createRoom(manager, 'Spring forum')
  const { link } = await inviteTo(manager, room, 'noor@example.net', 'Noor Haddad', 'SPEAKER')
  await manager.goto(`/rooms/${room.id}`)
  const panel = manager.getByRole('region', { name: 'Invitations' })
  await panel.getByRole('button', { name: 'Noor Haddad', exact: true }).click()
  await panel.getByRole('button', { name: 'New link' }).click()
  await manager.getByRole('alertdialog').getByRole('button', { name: 'Make a new link' }).click()
  const dialog = manager.getByRole('dialog', { name: 'The link is ready' })
  const newest = await dialog.getByLabel('Invite link').inputValue()
  expect(newest).not.toBe(link)
  const mail = dialog.getByRole('link', { name: 'Email…' })
  const written = async () => new URL((await mail.getAttribute('href')) ?? '')
  expect((await written()).pathname).toBe('noor%40example.net')
  expect((await written()).searchParams.get('body')).toContain(`Hello Noor,\n\nyou are invited as a Speaker on`)
  await dialog.getByLabel('Language of the message').selectOption('Deutsch')
  expect((await written()).searchParams.get('body')).toContain(newest)
  await manager.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await dialog.getByRole('button', { name: 'Copy message' }).click()
  await expect(dialog.getByRole('button', { name: 'Copied' })).toBeVisible()
  const text = await manager.evaluate(() => navigator.clipboard.readText())
  expect(text).toContain('Guten Tag Noor,')
  expect(text).toContain(newest)
  expect(await findings(manager)).toEqual([])
})

for (const [width, height] of byDay([[1280, 800], [390, 844], [320, 640]] as const, ([width]) => width === 320)) {
  for (const scheme of byDay(['light', 'dark'] as const, (one) => one === 'dark')) {
    test(`the list has no barrier and fits at ${width} pixels, ${scheme}`, { tag: '@night' }, async ({ site }) => {
      const { manager } = site
      const room = await createRoom(manager, 'Spring forum: gardens for everyone')
      await manager.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' })
      await manager.setViewportSize({ width, height })
      await manager.goto(`/rooms/${room.id}`)
      await manager.getByRole('button', { name: 'More for this room' }).click()
      await manager.getByRole('menuitem', { name: 'Invite users' }).click()
      await manager.getByRole('dialog').getByRole('button', { name: 'Several people' }).click()
      const dialog = manager.getByRole('dialog', { name: 'Invite several people' })
      const look = async () => {
        expect(await findings(manager)).toEqual([])
        expect(await dialog.evaluate((element) => [...element.querySelectorAll('*')].some((one) => one.getBoundingClientRect().right > innerWidth + 1))).toBe(false)
      }
      await expect(dialog.getByLabel('Email addresses, with names where you have them')).toBeVisible()
      await look()
      await dialog.getByLabel('Email addresses, with names where you have them').fill('noor@example.org; Noor; Haddad; Speaker\nno address@\nsakura.tanaka@example.org\nNOOR@example.org\nmax.mustermann.vertretung.der.geschaeftsleitung@eine-sehr-lange-domain.example.org')
      await dialog.getByRole('button', { name: 'Check the list' }).click()
      await expect(dialog.getByRole('table', { name: 'People of the list' })).toBeVisible()
      await look()
      if (process.env['SHOTS']) await manager.screenshot({ path: `${process.env['SHOTS']}/check-${width}-${scheme}.png` })
    })
  }
}
