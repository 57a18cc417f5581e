import { act, actAs, connect, createRoom, type Guest, inMinutes, type Invited, inviteTo, redeemAlone } from '../api'
import { tools } from '../people'
import { expect } from '../site'
import { heading, open, start, type Walk, withMenu } from './walk'

const guestsOfAll: [string, string, 'VIEWER' | 'SPEAKER' | 'MODERATOR'][] = [
  ['sakura@example.org', 'さくら 田中', 'MODERATOR'],
  ['noor@example.net', 'Noor Haddad', 'VIEWER'],
  ['jose@example.net', 'José Núñez', 'VIEWER'],
  ['sam@example.org', 'Sam Rivers', 'SPEAKER'],
  ['olga@example.org', 'Ольга Петрова', 'VIEWER'],
  ['m.elfassi@example.org', 'محمد الفاسي', 'VIEWER'],
  ['lena@example.org', 'Lena Fischer', 'VIEWER'],
]

export const running: Walk = {
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
    await heading(other, 'This link belongs to another device')
    await other.getByLabel('Message to the host').fill('My phone is broken, this is my sister’s.')
    await other.getByRole('button', { name: 'Ask Amina Ruth' }).click()
    await heading(other, 'Request sent to Amina Ruth')
    await show(other, 'refused-asked')

    await open(manager, room)
    await expect(manager.getByText('Waiting to enter · 2')).toBeVisible()
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
      await manager.getByRole('menuitem', { name: 'Change expiry' }).click()
      await heading(manager, 'Link expiry')
      await show(manager, 'room-invitation-extend')
    })
    await manager.getByRole('tab', { name: 'Activity' }).click()
    await show(manager, 'room-activity')

    await manager.getByRole('link', { name: 'Enter room' }).click()
    await expect(tools(manager)).toBeVisible()
    await show(manager, 'in-room-manager')
    await manager.getByRole('tab', { name: /^Polls/ }).click()
    await manager.getByRole('button', { name: 'New poll' }).click()
    await manager.getByRole('button', { name: 'Save draft' }).click()
    await expect(manager.getByText('Enter a question.')).toBeVisible()
    await show(manager, 'in-room-poll-form')
  },
}
