import type { Page } from '@playwright/test'
import { act, actAs, createRoom, type Guest, inMinutes, inviteTo, type MadeRoom, redeemAlone } from './api'
import { expectAccessible } from './people'
import { expect, type Site, test } from './site'
import { open, start } from './walks/walk'

const activity = (page: Page) => page.getByRole('region', { name: 'Activity' })
const lines = (page: Page) => activity(page).locator('.feed > li')

async function guests(site: Site, room: MadeRoom, count: number): Promise<Guest[]> {
  const found: Guest[] = []
  for (let index = 1; index <= count; index++) found.push(await redeemAlone(site, await inviteTo(site.manager, room, `guest${index}@example.org`, `Guest ${index}`)))
  return found
}

test('the log has everything after a while elsewhere, also more than a page of it', { tag: '@night' }, async ({ site }) => {
  const { manager } = site
  const room = await createRoom(manager, 'Product launch', { startsAt: inMinutes(-1) })
  await open(manager, room)
  await expect(activity(manager).getByText('planned a session for')).toBeVisible()
  await act(manager, 'startSession', { sessionId: room.session.id })
  await manager.getByRole('link', { name: 'Enter room' }).click()
  await expect(manager.getByRole('link', { name: 'Manage room' })).toBeVisible()
  for (let index = 0; index < 3; index++) await act(manager, 'updateRoom', { input: { roomId: room.id, description: `Version ${index}` } })
  const all = await guests(site, room, 2)
  await manager.getByRole('link', { name: 'Manage room' }).click()
  await expect(activity(manager).getByText('edited the room')).toHaveCount(3)
  await expect(activity(manager).getByText('Guest 1 accepted the invitation')).toBeVisible()

  await manager.getByRole('link', { name: 'Enter room' }).click()
  await expect(manager.getByRole('link', { name: 'Manage room' })).toBeVisible()
  for (const guest of all) {
    for (let visit = 0; visit < 28; visit++) {
      await actAs(site, guest, 'enterRoom', { roomId: room.id })
      await actAs(site, guest, 'leaveRoom', { roomId: room.id })
    }
  }
  await manager.getByRole('link', { name: 'Manage room' }).click()
  await expect(activity(manager).getByText('Guest 2 came and went at least 28 times')).toBeVisible()
  await expect(activity(manager).getByText('Guest 1 came and went at least 22 times')).toBeVisible()
  await activity(manager).getByRole('button', { name: 'Show earlier' }).click()
  await expect(activity(manager).getByText('Guest 1 came and went 28 times')).toBeVisible()
  await expect(activity(manager).getByText('edited the room')).toHaveCount(3)
  await expect(activity(manager).getByText('planned a session for')).toBeVisible()
  await expect(activity(manager).getByRole('button', { name: 'Show earlier' })).toHaveCount(0)
})

test('history does not change with people’s roles and names', { tag: '@night' }, async ({ site }) => {
  const { manager } = site
  const room = await createRoom(manager, 'Product launch', { startsAt: inMinutes(-1) })
  await start(manager, room)
  const invited = await inviteTo(manager, room, 'vera@example.org', 'Vera Lindqvist')
  const vera = await redeemAlone(site, invited)
  await actAs(site, vera, 'enterRoom', { roomId: room.id })
  await open(manager, room)
  await expect(activity(manager).getByText('Vera Lindqvist entered as a Viewer')).toBeVisible()
  await act(manager, 'changeRole', { input: { participantId: vera.id, role: 'MODERATOR' } })
  await expect(activity(manager).getByText('made Vera Lindqvist a Moderator')).toBeVisible()
  await act(manager, 'revokeInvitation', { invitationId: invited.id })
  await inviteTo(manager, room, 'vera@example.org', 'Maria Falk', 'SPEAKER')
  await manager.reload()
  await expect(activity(manager).getByText('invited Maria Falk as a Speaker')).toBeVisible()
  await expect(activity(manager).getByText('Vera Lindqvist entered as a Viewer')).toBeVisible()
  await expect(activity(manager).getByText('invited Vera Lindqvist as a Viewer')).toBeVisible()
})

test('what many people do is one line, which opens; filters and arrow keys lead through the log', { tag: '@night' }, async ({ site }) => {
  const { manager } = site
  const room = await createRoom(manager, 'Product launch', { startsAt: inMinutes(-1), admission: 'APPROVAL' })
  await start(manager, room)
  const all = await guests(site, room, 6)
  await act(manager, 'updateRoom', { input: { roomId: room.id, description: 'A break in the log' } })
  for (const guest of all) await actAs(site, guest, 'enterRoom', { roomId: room.id })
  await act(manager, 'admitAll', { roomId: room.id })
  await open(manager, room)
  await expect(lines(manager).filter({ hasText: 'Amina Ruth admitted 6 people' })).toBeVisible()
  await expect(lines(manager).filter({ hasText: '6 people asked to enter' })).toBeVisible()
  await expect(lines(manager).filter({ hasText: '6 people accepted the invitation' })).toBeVisible()

  const admitted = lines(manager).filter({ hasText: 'admitted 6 people' })
  await admitted.getByRole('button', { name: 'Show each' }).focus()
  await manager.keyboard.press('Enter')
  await expect(admitted.getByText('Amina Ruth admitted Guest 3')).toBeVisible()
  await manager.keyboard.press('ArrowDown')
  await expect(admitted.getByRole('link', { name: 'Guest 6' })).toBeFocused()
  await manager.keyboard.press('Home')
  await expect(admitted.getByRole('button', { name: 'Show less' })).toBeFocused()
  await manager.keyboard.press('Tab')
  await expect(manager.locator('.feed :focus')).toHaveCount(0)
  await expectAccessible(manager)

  await activity(manager).getByRole('radio', { name: 'Changes' }).check()
  await expect(lines(manager)).toHaveText([/edited the room/, /invited 6 people/, /started the session/, /planned a session/])
  await activity(manager).getByRole('radio', { name: 'Problems' }).check()
  await expect(activity(manager).getByText('Nothing of this kind yet.')).toBeVisible()
})
