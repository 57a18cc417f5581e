import { act, createRoom } from './api'
import { byDay } from './nightly'
import { partOf, parts, takeAway } from './parts'
import { tools } from './people'
import { expect, test } from './site'

test('without any one part of its tools, the page of the room stays, and people go on writing', { tag: '@night' }, async ({ site }) => {
  const room = await createRoom(site.manager, 'Garden council')
  await act(site.manager, 'startSession', { sessionId: room.session.id })
  const { manager } = site
  await manager.goto(`/rooms/${room.id}`)
  await manager.getByRole('link', { name: 'Enter room' }).click()
  const field = manager.getByRole('textbox', { name: 'To everyone in the room' })
  await expect(field).toBeVisible()
  for (const [number, part] of byDay(parts.tools, (name) => ['Questions', 'Polls', 'HandQueue'].includes(name)).entries()) {
    const bringBack = await takeAway(manager, partOf(part))
    await manager.reload()
    for (const name of [/^Q&A/, /^Polls/, /^People/, /^Chat/]) {
      await tools(manager).getByRole('tab', { name }).click()
      await expect(tools(manager).getByRole('tab', { name }), part).toHaveAttribute('aria-selected', 'true')
    }
    await field.fill(`Message ${number}`)
    await field.press('Enter')
    await expect(manager.getByRole('group', { name: 'Chat, newest last' }).getByText(`Message ${number}`), part).toBeVisible()
    await bringBack()
  }
})
