import type { Page } from '@playwright/test'
import { act, actAs, ask, connect, createRoom, type Guest, inMinutes, type Invited, inviteTo, type MadeRoom, redeemAlone } from './api'
import { redeem } from './people'
import { expect, password, type Site } from './site'

/** What is done with a screen that stands: it is looked at by axe and the ruler, or its picture is taken. */
export type Show = (page: Page, name: string) => Promise<void>

/** A way through the site that comes by many screens, each by the name of its picture. */
export interface Walk {
  name: string
  go: (site: Site, show: Show) => Promise<void>
}

const open = (page: Page, room: MadeRoom) => page.goto(`/rooms/${room.id}`)
const start = (page: Page, room: MadeRoom) => act(page, 'startSession', { sessionId: room.session.id })
const heading = (page: Page, name: string | RegExp) => expect(page.getByRole('heading', { name })).toBeVisible()
const dialogOf = (page: Page) => page.getByRole('dialog').or(page.getByRole('alertdialog'))

/** Opens an item of the room's menu, for as long as what it leads to is shown. */
async function inMenu(page: Page, item: string, look: () => Promise<void>) {
  await page.getByRole('button', { name: 'More for this room' }).click()
  await page.getByRole('menuitem', { name: item }).click()
  await expect(dialogOf(page)).toBeVisible()
  await look()
  if (await dialogOf(page).isVisible()) await page.keyboard.press('Escape')
  await expect(dialogOf(page)).toBeHidden()
}

/** Opens a menu, for as long as it is shown. */
async function withMenu(page: Page, button: string | RegExp, look: () => Promise<void>) {
  await page.getByRole('button', { name: button }).first().click()
  await expect(page.getByRole('menu')).toBeVisible()
  await look()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('menu')).toBeHidden()
}

const accounts = [
  ['amelie.ostergaard@example.com', 'Amélie', 'Østergård'],
  ['amara.okafor@example.com', 'Amara', 'Okafor'],
  ['sean.obrien@example.com', 'Seán', 'O’Brien'],
  ['sakura.amano@example.org', 'さくら', '天野'],
  ['m.amrani@example.org', 'محمد', 'العمراني'],
] as const

const addAccount = (site: Site, [email, firstName, lastName]: readonly [string, string, string]) =>
  site.run(['user', 'add', '--email', email, '--first-name', firstName, '--last-name', lastName], `${password}\n`)

const doors: Walk = {
  name: 'the doors of the site',
  go: async (site, show) => {
    const { manager } = site
    await show(manager, 'rooms-empty')
    await manager.getByRole('button', { name: /your account/ }).click()
    await show(manager, 'account-menu')
    await manager.keyboard.press('Escape')
    expect((await manager.goto('/nowhere'))?.status()).toBe(404)
    await heading(manager, 'Nothing is here')
    await show(manager, 'not-found')
    await manager.goto('/rooms/nothing')
    await heading(manager, 'There is nothing here for you')
    await show(manager, 'nothing-signed-in')

    await manager.goto('/admin')
    await heading(manager, 'Blocked domains')
    await show(manager, 'site-empty')
    await act(manager, 'updateSitePolicy', { input: { blockedDomains: ['mailinator.example', 'a-rather-long-name-for-a-domain-of-nobody.example'], allowedDomains: ['example.org'] } })
    await manager.reload()
    await manager.getByRole('region', { name: 'Blocked domains' }).getByRole('button', { name: 'Add' }).click()
    await expect(manager.getByText('Type a domain')).toBeVisible()
    await show(manager, 'site')

    const nobody = await site.person()
    await nobody.goto('/sign-in')
    await heading(nobody, 'Sign in')
    await show(nobody, 'sign-in')
    await nobody.getByLabel('Email address').fill('amina@example.org')
    await nobody.getByLabel('Password').fill('not that one')
    await nobody.getByRole('button', { name: 'Sign in' }).click()
    await expect(nobody.getByRole('alert')).toBeVisible()
    await show(nobody, 'sign-in-refused')
    await nobody.goto('/rooms/nothing')
    await heading(nobody, 'There is nothing here for you')
    await show(nobody, 'nothing')
    await nobody.goto('/setup')
    await heading(nobody, 'Set up Usher')
    await show(nobody, 'set-up-no-link')
    await nobody.goto('/sign-in')
    await nobody.goto('/setup#that-was-used-already')
    await nobody.getByRole('button', { name: 'Create administrator' }).click()
    await expect(nobody.getByRole('button', { name: 'Create administrator' })).toBeEnabled()
    await show(nobody, 'set-up')
    await nobody.goto('/join')
    await heading(nobody, 'Open your link')
    await nobody.getByRole('button', { name: 'Open' }).click()
    await show(nobody, 'join-no-link')
  },
}

const planning: Walk = {
  name: 'planning a room',
  go: async (site, show) => {
    const { manager } = site
    for (const account of accounts) await addAccount(site, account)
    await manager.getByRole('button', { name: 'New room' }).first().click()
    await show(manager, 'room-new')
    await manager.getByRole('button', { name: 'Create room' }).click()
    await expect(manager.getByText('Type a title.')).toBeVisible()
    await show(manager, 'room-new-error')
    await manager.keyboard.press('Escape')

    const long = await createRoom(manager, 'Jahreshauptversammlung der Nachbarschaftsgenossenschaft für Gemeinschaftsgärten und Streuobstwiesen', { timeZone: 'Asia/Kathmandu', endsAt: null, access: 'MEMBERS', admission: 'APPROVAL' })
    const over = await createRoom(manager, 'Autumn retrospective')
    await start(manager, over)
    await act(manager, 'endSession', { sessionId: over.session.id })
    const cancelled = await createRoom(manager, 'Reading group', { startsAt: inMinutes(60 * 26), endsAt: null })
    await act(manager, 'cancelSession', { sessionId: cancelled.session.id })
    const forum = await createRoom(manager, 'Spring forum', { startsAt: inMinutes(60 * 24 * 9), endsAt: inMinutes(60 * 24 * 9 + 90) })
    const live = await createRoom(manager, 'Design review', { admission: 'APPROVAL' })
    await start(manager, live)
    for (const [email, name] of [['vera@example.org', 'Vera Lindqvist'], ['sam@example.org', 'Sam Rivers']] as const) {
      await actAs(site, await redeemAlone(site, await inviteTo(manager, live, email, name)), 'enterRoom', { roomId: live.id })
    }
    await manager.goto('/')
    await heading(manager, 'Rooms')
    await expect(manager.getByRole('link', { name: /Design review/ })).toContainText('2 wait to come in')
    await show(manager, 'rooms')
    await manager.getByLabel('Search rooms').fill('nothing of that name')
    await expect(manager.getByText('No room matches')).toBeVisible()
    await show(manager, 'rooms-none-found')

    await open(manager, forum)
    await heading(manager, 'Spring forum')
    await expect(manager.getByText('Nobody is invited yet')).toBeVisible()
    await show(manager, 'room-before')
    await withMenu(manager, 'More for this room', () => show(manager, 'room-menu'))
    await inMenu(manager, 'Edit', () => show(manager, 'room-edit'))
    await inMenu(manager, 'Reschedule', () => show(manager, 'room-reschedule'))
    await inMenu(manager, 'Cancel session', () => show(manager, 'room-cancel'))
    await inMenu(manager, 'Delete room', () => show(manager, 'room-delete'))
    await act(manager, 'addManager', { input: { roomId: forum.id, userId: await userNamed(manager, forum, 'sean'), role: 'CO_EDITOR' } })
    await manager.reload()
    await inMenu(manager, 'Managers', async () => {
      await show(manager, 'room-managers')
      await manager.getByRole('button', { name: 'Remove Seán O’Brien' }).click()
      await heading(manager, /Remove Seán O’Brien/)
      await show(manager, 'room-managers-remove')
      await manager.keyboard.press('Escape')
    })
    await inviting(manager, forum, show)
    await act(manager, 'updateRoom', { input: { roomId: forum.id, chatAndCollaboration: false } })
    await expect(manager.getByText('Chat & Collaboration is off')).toBeVisible()
    await show(manager, 'room-chat-off')

    await open(manager, long)
    await heading(manager, /^Jahreshauptversammlung/)
    await inviteTo(manager, long, 'maximiliane-theresia.olivia@gemeinschaftsgarten.example', 'Maximiliane-Theresia Olivia Annegret von und zu Wolkenstein', 'SPEAKER', { expiresAt: inMinutes(60 * 24 * 3) })
    await expect(manager.getByText('maximiliane-theresia').first()).toBeVisible()
    await show(manager, 'room-long-names')
    await open(manager, over)
    await heading(manager, 'Autumn retrospective')
    await show(manager, 'room-ended')
  },
}

async function userNamed(page: Page, room: MadeRoom, query: string): Promise<string> {
  const data = await ask(page, 'query($roomId: ID!, $query: String!) { userSearch(roomId: $roomId, query: $query) { user { id } } }', { roomId: room.id, query })
  return (data['userSearch'] as unknown as { user: { id: string } }[])[0]?.user.id ?? ''
}

/** Types an address to the end, past what is suggested. */
async function withoutSuggestions(page: Page, address: string) {
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Email address').fill(address)
  await dialog.getByLabel('First name').focus()
  await expect(page.locator('.option')).toHaveCount(0)
}

/** The invite window: empty, with suggestions, with errors, with a standing invitation, and with its link. */
async function inviting(page: Page, room: MadeRoom, show: Show) {
  await inviteTo(page, room, 'amara.okafor@example.com', 'Amara Okafor')
  await inMenu(page, 'Invite users', async () => {
    const dialog = page.getByRole('dialog')
    await show(page, 'invite')
    await dialog.getByLabel('Email address').fill('am')
    await expect(dialog.getByRole('option', { name: /Amélie/ })).toBeVisible()
    await page.keyboard.press('ArrowDown')
    await show(page, 'invite-suggestions')
    await withoutSuggestions(page, 'amara@')
    await dialog.getByLabel('Link works until').selectOption('fixed')
    await dialog.getByRole('button', { name: 'Generate invite link' }).click()
    await expect(dialog.getByText('Choose a type.')).toBeVisible()
    await show(page, 'invite-errors')
    await dialog.getByLabel('Link works until').selectOption('session')
    await withoutSuggestions(page, 'amara.okafor@example.com')
    await dialog.getByLabel('First name').fill('Amara')
    await dialog.getByLabel('Last name').fill('Okafor')
    await dialog.getByRole('radio', { name: 'Speaker' }).check()
    await dialog.getByRole('button', { name: 'Generate invite link' }).click()
    await expect(dialog.getByText('is invited already')).toBeVisible()
    await show(page, 'invite-already')
    await dialog.getByRole('button', { name: 'Change role to Speaker' }).click()
    await heading(page, 'The link is ready')
    await show(page, 'invite-link')
  })
}

const running: Walk = {
  name: 'a room while its session runs',
  go: async (site, show) => {
    const { manager } = site
    const room = await createRoom(manager, 'Product launch', { startsAt: inMinutes(-3), endsAt: inMinutes(60), admission: 'APPROVAL' })
    const invited: Invited[] = []
    for (const [email, name, role] of guestsOfAll) invited.push(await inviteTo(manager, room, email, name, role))
    const guests: Guest[] = []
    for (const one of invited.slice(0, 6)) guests.push(await redeemAlone(site, one))
    await connect(site, room, guests.slice(0, 5))
    await start(manager, room)
    for (const guest of guests.slice(0, 4)) await actAs(site, guest, 'enterRoom', { roomId: room.id })
    await act(manager, 'admitAll', { roomId: room.id })
    for (const guest of guests.slice(4)) await actAs(site, guest, 'enterRoom', { roomId: room.id })
    const [, second, third] = guests as [Guest, Guest, Guest]
    await act(manager, 'changeRole', { input: { participantId: second.id, role: 'SPEAKER' } })

    // Somebody else opens a link that is in use, and asks the host.
    const other = await site.person({ phone: true })
    await other.goto(invited[2]?.link ?? '')
    await heading(other, 'This link is in use on another device')
    await other.getByLabel('A word to the host').fill('My phone is broken, this is my sister’s.')
    await other.getByRole('button', { name: 'Ask the host' }).click()
    await heading(other, 'The host has been asked')
    await show(other, 'refused-asked')

    await open(manager, room)
    await expect(manager.getByText('Waiting to come in · 2')).toBeVisible()
    await expect(manager.getByText('My phone is broken')).toBeVisible()
    await show(manager, 'room-live')
    await withMenu(manager, /^Role of Noor Haddad/, () => show(manager, 'room-role-menu'))
    await withMenu(manager, 'More for Noor Haddad', async () => {
      await show(manager, 'room-person-menu')
      await manager.getByRole('menuitem', { name: 'Remove and block…' }).click()
      await heading(manager, /Remove and block/)
      await show(manager, 'room-block')
    })
    await act(manager, 'removeParticipant', { participantId: third.id })
    await manager.getByRole('button', { name: 'End session' }).click()
    await show(manager, 'room-end')
    await manager.keyboard.press('Escape')

    await manager.setViewportSize({ width: 390, height: 844 })
    await manager.getByRole('tab', { name: 'Invitations' }).click()
    await show(manager, 'room-invitations')
    const row = manager.getByRole('button', { name: 'Lena Fischer', exact: true })
    await row.click()
    await expect(manager.getByText(/is invited as|invited Lena/).first()).toBeVisible()
    await show(manager, 'room-invitation-opened')
    await row.click()
    await withMenu(manager, 'Status: All statuses', () => show(manager, 'room-invitations-filter'))
    await withMenu(manager, 'More for Lena Fischer', async () => {
      await show(manager, 'room-invitation-menu')
      await manager.getByRole('menuitem', { name: 'QR code' }).click()
      await heading(manager, 'QR code')
      await show(manager, 'room-invitation-qr')
    })
    await withMenu(manager, 'More for Lena Fischer', async () => {
      await manager.getByRole('menuitem', { name: 'Extend' }).click()
      await heading(manager, 'Until when the link works')
      await show(manager, 'room-invitation-extend')
    })
    await manager.getByRole('tab', { name: 'Activity' }).click()
    await show(manager, 'room-activity')

    await manager.getByRole('link', { name: 'Enter room' }).click()
    await show(manager, 'lobby-manager')
    await manager.getByRole('button', { name: 'Enter as Moderator' }).click()
    await heading(manager, 'What you can do')
    await show(manager, 'in-room-manager')
  },
}

const guestsOfAll: [string, string, 'VIEWER' | 'SPEAKER' | 'MODERATOR'][] = [
  ['sakura@example.org', 'さくら 田中', 'MODERATOR'],
  ['noor@example.net', 'Noor Haddad', 'VIEWER'],
  ['jose@example.net', 'José Núñez', 'VIEWER'],
  ['sam@example.org', 'Sam Rivers', 'SPEAKER'],
  ['olga@example.org', 'Ольга Петрова', 'VIEWER'],
  ['m.elfassi@example.org', 'محمد الفاسي', 'VIEWER'],
  ['lena@example.org', 'Lena Fischer', 'VIEWER'],
]

const invitees: Walk = {
  name: 'an invitee from the link to the room',
  go: async (site, show) => {
    const { manager } = site
    const room = await createRoom(manager, 'Product launch', { startsAt: inMinutes(47), endsAt: inMinutes(107), admission: 'APPROVAL' })
    await act(manager, 'updateRoom', { input: { roomId: room.id, description: 'What is new this spring, with questions and answers.\nBring your own tea.' } })
    const invited = await inviteTo(manager, room, 'noor@example.net', 'Noor Haddad')
    const guest = await site.person({ phone: true })
    await guest.goto(invited.link)
    await expect(guest.getByRole('timer')).toBeVisible()
    await show(guest, 'join-who')
    await guest.getByLabel('Your email address').fill('someone@example.org')
    await guest.getByRole('button', { name: 'Continue' }).click()
    await expect(guest.getByText('4 tries left')).toBeVisible()
    await show(guest, 'join-wrong-email')
    await redeem(guest, invited.link, invited.email)
    await expect(guest.getByText('You are in, Noor Haddad')).toBeVisible()
    await show(guest, 'join-before')

    const late = await createRoom(manager, 'Late start', { startsAt: inMinutes(-4) })
    const waits = await site.person({ phone: true })
    await waits.goto((await inviteTo(manager, late, 'noor@example.net', 'Noor Haddad')).link)
    await expect(waits.getByText('The host has not opened the session yet')).toBeVisible()
    await show(waits, 'join-late')

    await start(manager, room)
    await expect(guest.getByRole('button', { name: 'Enter as Viewer' })).toBeVisible()
    await show(guest, 'lobby')
    await guest.getByRole('button', { name: 'Enter as Viewer' }).click()
    await heading(guest, 'The host will let you in')
    await show(guest, 'queue')
    await act(manager, 'denyParticipant', { participantId: await placeOf(manager, room, 'Noor Haddad') })
    await heading(guest, 'The host did not let you in')
    await show(guest, 'denied')
    await guest.getByRole('button', { name: 'Ask to come in again' }).click()
    await heading(guest, 'The host will let you in')
    await act(manager, 'admitAll', { roomId: room.id })
    await heading(guest, 'What you can do')
    await show(guest, 'in-room')
    await act(manager, 'changeRole', { input: { participantId: await placeOf(manager, room, 'Noor Haddad'), role: 'SPEAKER' } })
    await expect(guest.locator('.banner')).toContainText('made you a Speaker')
    await show(guest, 'in-room-promoted')
    await act(manager, 'changeRole', { input: { participantId: await placeOf(manager, room, 'Noor Haddad'), role: 'MODERATOR' } })
    await expect(guest.getByText('Let people in', { exact: true })).toBeVisible()
    await heading(guest, 'People')
    await show(guest, 'in-room-moderator')
    await guest.getByRole('button', { name: 'Leave' }).click()
    await expect(guest.getByText('You have left')).toBeVisible()
    await show(guest, 'left')
    await guest.getByRole('button', { name: 'Enter as Moderator' }).click()
    await heading(guest, 'What you can do')
    await act(manager, 'removeParticipant', { participantId: await placeOf(manager, room, 'Noor Haddad') })
    await heading(guest, 'You were taken out of the room')
    await show(guest, 'removed')

    await addAccount(site, ['noor@example.net', 'Noor', 'Haddad'])
    const member = await site.person({ phone: true })
    await member.goto(invited.link)
    await heading(member, 'This link is in use on another device')
    await member.goto('/sign-in')
    await member.getByLabel('Email address').fill('noor@example.net')
    await member.getByLabel('Password').fill(password)
    await member.getByRole('button', { name: 'Sign in' }).click()
    await heading(member, 'Rooms')
    await show(member, 'rooms-member')
    const next = await createRoom(manager, 'Second session', { startsAt: inMinutes(30) })
    await member.goto((await inviteTo(manager, next, 'noor@example.net', 'Noor Haddad', 'SPEAKER')).link)
    await expect(member.getByRole('button', { name: 'Continue as Noor Haddad' })).toBeVisible()
    await show(member, 'join-signed-in')
  },
}

async function placeOf(page: Page, room: MadeRoom, name: string): Promise<string> {
  const data = await ask(page, 'query($id: ID!, $search: String) { room(id: $id) { participants(search: $search) { nodes { id } } } }', { id: room.id, search: name })
  const found = (data['room'] as unknown as { participants: { nodes: { id: string }[] } }).participants.nodes[0]
  if (!found) throw new Error(`find ${name}: not there`)
  return found.id
}

// Every refusal of a link: what makes it, and the heading of its page.
const refusals: [code: string, heading: string, make: (site: Site, room: MadeRoom, invited: Invited) => Promise<void>][] = [
  ['link-replaced', 'There is a newer link', ({ manager }, _, { id }) => act(manager, 'regenerateLink', { invitationId: id })],
  ['invitation-revoked', 'This invitation was taken back', ({ manager }, _, { id }) => act(manager, 'revokeInvitation', { invitationId: id })],
  ['used-on-other-device', 'This link is in use on another device', async (site, _, invited) => void (await redeemAlone(site, invited))],
  ['room-deleted', 'This room is gone', ({ manager }, { id }) => act(manager, 'deleteRoom', { roomId: id })],
  ['room-not-available', 'The room is closed just now', ({ manager }, { id }) => act(manager, 'updateRoom', { input: { roomId: id, chatAndCollaboration: false } })],
  ['session-cancelled', 'The session was cancelled', ({ manager }, { session }) => act(manager, 'cancelSession', { sessionId: session.id })],
  [
    'participant-blocked',
    'You cannot come in any more',
    async (site, { session }, invited) => {
      const { id } = await redeemAlone(site, invited)
      await act(site.manager, 'startSession', { sessionId: session.id })
      await ask(site.manager, 'mutation($id: ID!) { removeParticipant(participantId: $id, block: true) { __typename } }', { id })
    },
  ],
]

const refused: Walk = {
  name: 'every refusal',
  go: async (site, show) => {
    const { manager } = site
    // Made first, because it has to wait for its hour: the page says so by itself when the link expires.
    const brief = await createRoom(manager, 'Spring forum', { startsAt: inMinutes(-4) })
    const expiring = await inviteTo(manager, brief, 'olena@example.org', 'Olena Vira', 'VIEWER', { expiresAt: inMinutes(0.1) })
    const expires = await site.person({ phone: true })
    await expires.goto(expiring.link)

    const guest = await site.person({ phone: true })
    await guest.goto('/join#u1_forged')
    await heading(guest, 'This link is not valid')
    await show(guest, 'refused-link-not-valid')
    for (const [code, title, make] of refusals) {
      const room = await createRoom(manager, 'Spring forum')
      const invited = await inviteTo(manager, room, 'olena@example.org', 'Olena Vira')
      await make(site, room, invited)
      await guest.goto(invited.link)
      await heading(guest, title)
      await show(guest, `refused-${code}`)
    }
    await heading(expires, 'This link has expired')
    await show(expires, 'refused-link-expired')

    const tried = await inviteTo(manager, await createRoom(manager, 'Spring forum'), 'olena@example.org', 'Olena Vira')
    await guest.goto(tried.link)
    for (let left = 4; left >= 0; left -= 1) {
      await guest.getByLabel('Your email address').fill(`olena${left}@example.org`)
      await guest.getByRole('button', { name: 'Continue' }).click()
      if (left > 0) await expect(guest.getByText(left === 1 ? '1 try left' : `${left} tries left`)).toBeVisible()
    }
    await heading(guest, 'Too many tries')
    await show(guest, 'refused-too-many-attempts')

    const entering = await createRoom(manager, 'Spring forum', { admission: 'APPROVAL' })
    const denied = await site.person({ phone: true })
    await redeem(denied, (await inviteTo(manager, entering, 'olena@example.org', 'Olena Vira')).link, 'olena@example.org')
    await start(manager, entering)
    await denied.getByRole('button', { name: 'Enter as Viewer' }).click()
    await heading(denied, 'The host will let you in')
    await act(manager, 'denyParticipant', { participantId: await placeOf(manager, entering, 'Olena Vira') })
    await denied.getByRole('button', { name: 'Ask to come in again' }).click()
    await heading(denied, 'The host will let you in')
    await act(manager, 'denyParticipant', { participantId: await placeOf(manager, entering, 'Olena Vira') })
    await expect(denied.getByText('You have asked twice')).toBeVisible()
    await show(denied, 'refused-entry-denied')
    await act(manager, 'endSession', { sessionId: entering.session.id })
    await heading(denied, 'The session has ended')
    await show(denied, 'refused-session-ended')

    const link = (await inviteTo(manager, await createRoom(manager, 'Spring forum'), 'olena@spam.example', 'Olena Vira')).link
    await act(manager, 'updateSitePolicy', { input: { blockedDomains: ['spam.example'] } })
    await redeem(guest, link, 'olena@spam.example')
    await heading(guest, 'This address cannot be used here')
    await show(guest, 'refused-email-domain-blocked')
    await act(manager, 'updateSitePolicy', { input: { blockedDomains: [], requireSignIn: true } })
    const closed = await inviteTo(manager, await createRoom(manager, 'Spring forum'), 'olena@example.org', 'Olena Vira')
    await redeem(guest, closed.link, 'olena@example.org')
    await heading(guest, 'Sign in to go on')
    await show(guest, 'refused-sign-in-required')
  },
}

export const walks: Walk[] = [doors, planning, running, invitees, refused]
