import type { Page } from '@playwright/test'
import { act, actAs, ask, createRoom, inMinutes, inviteTo, type MadeRoom, redeemAlone } from '../api'
import { expect } from '../site'
import { heading, inMenu, open, type Show, start, type Walk, withMenu } from './walk'

const accounts = [
  ['amelie.ostergaard@example.com', 'Amélie', 'Østergård'],
  ['amara.okafor@example.com', 'Amara', 'Okafor'],
  ['sean.obrien@example.com', 'Seán', 'O’Brien'],
  ['sakura.amano@example.org', 'さくら', '天野'],
  ['m.amrani@example.org', 'محمد', 'العمراني'],
] as const

export const planning: Walk = {
  name: 'planning a room',
  go: async (site, show) => {
    const { manager } = site
    await manager.goto('/')
    for (const [email, firstName, lastName] of accounts) await site.account(email, firstName, lastName)
    await manager.getByRole('button', { name: 'New room' }).first().click()
    await show(manager, 'room-new')
    await manager.getByRole('button', { name: 'Create room' }).click()
    await expect(manager.getByText('Enter a title.')).toBeVisible()
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
    await expect(manager.getByRole('link', { name: /Design review/ })).toContainText('2 waiting')
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
    await expect(manager.getByText('Chat & Collaboration is off for this room')).toBeVisible()
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
    await withoutSuggestions(page, 'amara@example.com')
    await dialog.getByLabel('Link expires').selectOption('fixed')
    await dialog.getByRole('button', { name: 'Generate invite link' }).click()
    await expect(dialog.getByText('Choose a role.')).toBeVisible()
    await show(page, 'invite-errors')
    await dialog.getByLabel('Link expires').selectOption('session')
    await withoutSuggestions(page, 'amara.okafor@example.com')
    await dialog.getByLabel('First name').fill('Amara')
    await dialog.getByLabel('Last name').fill('Okafor')
    await dialog.getByRole('radio', { name: 'Speaker' }).check()
    await dialog.getByRole('button', { name: 'Generate invite link' }).click()
    await expect(dialog.getByText('is already invited')).toBeVisible()
    await show(page, 'invite-already')
    await dialog.getByRole('button', { name: 'Change role to Speaker' }).click()
    await heading(page, 'The link is ready')
    await show(page, 'invite-link')
  })
}
