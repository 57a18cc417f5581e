import { act, actAs, ask, createRoom, type Guest } from './api'
import { inviteCrowd, redeemCrowd } from './crowd'
import { expectAccessible, tools } from './people'
import { expect, test } from './site'

// A poll with more answers than the page reads at once.

test('a poll shows the first 50 texts, and the others by a button', { tag: '@night' }, async ({ site }) => {
  const { manager } = site
  const room = await createRoom(manager, 'Spring forum')
  await act(manager, 'startSession', { sessionId: room.session.id })
  const input = { roomId: room.id, key: 'the-key-of-the-only-poll-1', interaction: { kind: 'TEXT', title: 'What do you grow?' } }
  const made = await ask(manager, 'mutation($input: CreateInteractionInput!) { createInteraction(input: $input) { ... on InteractionSuccess { interaction { id } } } }', { input })
  const { interaction } = made['createInteraction'] as unknown as { interaction: { id: string } }
  await ask(manager, 'mutation($id: ID!) { startInteraction(interactionId: $id) { __typename } }', { id: interaction.id })
  const guests = await redeemCrowd(site, await inviteCrowd(manager, room, 51))
  const answer = async (guest: Guest, number: number) => {
    await actAs(site, guest, 'enterRoom', { roomId: room.id })
    await actAs(site, guest, 'answerInteraction', { input: { interactionId: interaction.id, texts: [`Plant ${number}`] } })
  }
  await Promise.all(guests.slice(1).map(answer))

  await manager.goto(`/rooms/${room.id}`)
  await manager.getByRole('link', { name: 'Enter room' }).click()
  await tools(manager).getByRole('tab', { name: /^Polls/ }).click()
  const panel = manager.getByRole('tabpanel', { name: /^Polls/ })
  const texts = panel.getByRole('list', { name: 'Results' }).getByRole('listitem')
  const more = panel.getByRole('button', { name: 'Show more answers' })
  await expect(texts).toHaveCount(50)
  await expect(more).toHaveCount(0)
  await Promise.all(guests.slice(0, 1).map((guest) => answer(guest, 51)))
  await expect(panel.getByText('51 people have answered').first()).toBeVisible()
  await expect(more).toBeVisible()
  await expectAccessible(manager)
  await more.focus()
  await manager.keyboard.press('Enter')
  await expect(texts).toHaveCount(51)
  await expect(more).toHaveCount(0)
})
