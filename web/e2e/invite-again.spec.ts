import { act, ask, createRoom, inMinutes, inviteTo, redeemAlone } from './api'
import { giveRole } from './people'
import { expect, test } from './site'

test('after a new session is planned, one click invites everybody again, or those who are chosen', { tag: '@night' }, async ({ site }) => {
  const { manager } = site
  const room = await createRoom(manager, 'Spring forum')
  const noor = await inviteTo(manager, room, 'noor@example.net', 'Noor Haddad', 'MODERATOR')
  await inviteTo(manager, room, 'lou@example.org', 'Lou', 'SPEAKER', { lastName: '', oneName: true })
  const gone = await inviteTo(manager, room, 'gone@example.org', 'Gary Gone')
  await act(manager, 'revokeInvitation', { invitationId: gone.id })
  const guest = await redeemAlone(site, noor)
  await act(manager, 'startSession', { sessionId: room.session.id })
  await act(manager, 'endSession', { sessionId: room.session.id })
  await act(manager, 'scheduleSession', { input: { roomId: room.id, startsAt: inMinutes(60) } })
  expect(guest.id).toBeTruthy()

  await manager.goto(`/rooms/${room.id}`)
  const panel = manager.getByRole('region', { name: 'Invitations' })
  await expect(panel.getByText('3 people were invited last time.')).toBeVisible()
  await expect(panel.getByRole('button', { name: 'Noor Haddad', exact: true })).toBeHidden()
  await panel.getByRole('button', { name: 'Earlier sessions (3)' }).click()
  await expect(panel.getByRole('button', { name: 'Noor Haddad', exact: true })).toBeVisible()

  // One of them from their row.
  await panel.getByRole('button', { name: 'Invite Lou again' }).click()
  await expect(manager.getByText('1 person is invited again')).toBeVisible()
  await expect(panel.getByText('Speaker · lou@example.org')).toHaveCount(2)
  await expect(panel.getByText('were invited last time')).toBeHidden()
  await expect(panel.getByRole('button', { name: 'Copy the link of Lou' })).toHaveCount(1)

  // Everybody, in a room of their own.
  const second = await createRoom(manager, 'Autumn forum')
  for (let number = 1; number <= 102; number += 1) await inviteTo(manager, second, `guest${number}@example.org`, `Guest ${number}`)
  await act(manager, 'startSession', { sessionId: second.session.id })
  await act(manager, 'endSession', { sessionId: second.session.id })
  await act(manager, 'scheduleSession', { input: { roomId: second.id, startsAt: inMinutes(60) } })
  await manager.goto(`/rooms/${second.id}`)
  await expect(panel.getByText('102 people were invited last time.')).toBeVisible()
  await panel.getByRole('button', { name: 'Choose…' }).click()
  const dialog = manager.getByRole('dialog')
  await dialog.getByRole('checkbox', { name: 'Invite Guest 7', exact: true }).uncheck()
  await dialog.getByRole('button', { name: 'Invite 101 people' }).click()
  await expect(manager.getByRole('dialog', { name: '101 people are invited' })).toBeVisible()
  const data = await ask(manager, 'query($id: ID!) { room(id: $id) { counts { invited } } }', { id: second.id })
  expect(data['room']).toEqual({ counts: { invited: 101 } })
})

test('a row shows the present role and state, and offers only links that work', { tag: '@night' }, async ({ site }) => {
  const { manager } = site
  const room = await createRoom(manager, 'Spring forum')
  const vera = await inviteTo(manager, room, 'vera@example.org', 'Vera Lindqvist')
  await inviteTo(manager, room, 'sam@example.org', 'Sam Rivers')
  const { id } = await redeemAlone(site, vera)
  await act(manager, 'startSession', { sessionId: room.session.id })
  await manager.goto(`/rooms/${room.id}`)
  const panel = manager.getByRole('region', { name: 'Invitations' })
  await expect(panel.getByText(/^Redeemed/)).toBeVisible()
  await act(manager, 'changeRole', { input: { participantId: id, role: 'MODERATOR' } })
  await expect(panel.getByText('Moderator · invited as a Viewer · vera@example.org')).toBeVisible()
  const people = manager.getByRole('region', { name: 'People' })
  const tints = await Promise.all([panel, people].map((part) => part.locator('.avatar', { hasText: 'VL' }).first().getAttribute('data-tint')))
  expect(tints[0]).toBe(tints[1])

  // A role's Undo goes when it no longer applies.
  await giveRole(manager, 'Vera Lindqvist', 'Moderator', 'Speaker')
  const undo = manager.getByRole('button', { name: 'Undo' })
  await expect(undo).toBeVisible()
  await ask(manager, 'mutation($id: ID!) { removeParticipant(participantId: $id, block: true) { __typename } }', { id })
  await expect(panel.getByText('Blocked', { exact: true })).toBeVisible()
  await expect(undo).toBeHidden({ timeout: 3_000 })
  await expect(panel.getByText(/^Redeemed/)).toBeHidden()

  await expect(panel.getByRole('button', { name: 'Copy the link of Sam Rivers' })).toBeVisible()
  await act(manager, 'updateRoom', { input: { roomId: room.id, chatAndCollaboration: false } })
  await expect(panel.getByText('Does not work while Chat & Collaboration is off')).toBeVisible()
  await expect(panel.getByRole('button', { name: 'Copy the link of Sam Rivers' })).toBeHidden()
})
