import { act, ask, createRoom, inviteTo } from './api'
import { redeem } from './people'
import { expect, test } from './site'

test('a row that moves to another group keeps its open menu and its question', { tag: '@night' }, async ({ site }) => {
  const { manager } = site
  const room = await createRoom(manager, 'Garden council')
  await act(manager, 'startSession', { sessionId: room.session.id })
  const { link, email } = await inviteTo(manager, room, 'wei@example.org', 'Wei Lin', 'VIEWER')
  const guest = await site.person()
  await redeem(guest, link, email)
  await guest.getByRole('button', { name: 'Enter as Viewer' }).click()
  await manager.goto(`/rooms/${room.id}`)
  const people = manager.getByRole('region', { name: 'People' })
  const { node } = (await ask(manager, 'query ($id: ID!) { node(id: $id) { ... on Room { participants(search: "Wei") { nodes { id } } } } }', { id: room.id })) as unknown as {
    node: { participants: { nodes: { id: string }[] } }
  }
  const give = (role: string) => act(manager, 'changeRole', { input: { participantId: node.participants.nodes[0]?.id, role } })

  await people.getByRole('button', { name: 'More for Wei Lin' }).click()
  const remove = manager.getByRole('menuitem', { name: 'Remove…' })
  await expect(remove).toBeVisible()
  await give('MODERATOR')
  await expect(people.getByRole('heading', { name: /^Viewers/ })).toHaveCount(0)
  await remove.click()
  const question = manager.getByRole('alertdialog')
  await expect(question).toBeVisible()
  await give('SPEAKER')
  await expect(people.getByRole('heading', { name: /^Speakers/ })).toBeAttached()
  await question.getByRole('button', { name: 'Remove' }).click()
  await expect(people.getByRole('heading', { name: /^Kept out/ })).toBeVisible()
})
