import { readFile } from 'node:fs/promises'
import { act, createRoom } from './api'
import { expectAccessible } from './people'
import { expect, test } from './site'

test('a manager exports the chat of a session', { tag: '@night' }, async ({ site }) => {
  const room = await createRoom(site.manager, 'Spring forum')
  await act(site.manager, 'startSession', { sessionId: room.session.id })
  const { manager } = site
  await manager.goto(`/rooms/${room.id}`)
  await manager.getByRole('link', { name: 'Enter room' }).click()
  await manager.getByRole('textbox', { name: 'To everyone in the room' }).fill('=1+1')
  await manager.keyboard.press('Enter')
  await expect(manager.getByRole('group', { name: 'Chat, newest last' }).getByText('=1+1')).toBeVisible()
  await manager.goto(`/rooms/${room.id}`)
  await manager.getByRole('button', { name: 'More for this room' }).click()
  await manager.getByRole('menuitem', { name: 'Export…' }).click()
  const dialog = manager.getByRole('dialog', { name: 'Export this session' })
  for (const width of [1280, 390, 320]) {
    await manager.setViewportSize({ width, height: 800 })
    await expectAccessible(manager)
  }
  await dialog.getByRole('combobox', { name: 'What' }).selectOption('Chat')
  const [file] = await Promise.all([manager.waitForEvent('download'), dialog.getByRole('button', { name: 'Save file' }).click()])
  expect(file.suggestedFilename()).toMatch(/^chat-\d{4}-\d\d-\d\d\.csv$/)
  expect(await readFile(await file.path(), 'utf8')).toContain(",SHOWN,'=1+1,")
  await expect(dialog).toHaveCount(0)
  await manager.setViewportSize({ width: 1280, height: 800 })
  await expect(manager.getByText('exported the chat')).toBeVisible()
})
