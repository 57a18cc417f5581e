import { act, actAs, createRoom, inviteTo, redeemAlone } from './api'
import { expectAccessible, redeem, tools } from './people'
import { expect, test } from './site'

// Somebody who comes back to the chat: the line where they left off says how much came meanwhile.

test('after a reload, the chat shows where one left off, and how much came meanwhile', async ({ site }) => {
  const room = await createRoom(site.manager, 'Spring forum')
  await act(site.manager, 'startSession', { sessionId: room.session.id })
  const noor = await redeemAlone(site, await inviteTo(site.manager, room, 'noor@example.org', 'Noor Haddad', 'MODERATOR'))
  await actAs(site, noor, 'enterRoom', { roomId: room.id })
  let sent = 0
  const write = (text: string) => actAs(site, noor, 'sendMessage', { input: { roomId: room.id, channel: 'CHAT', text, key: `the-key-of-the-message-${(sent += 1)}` } })
  await write('Before you go')

  const { link, email } = await inviteTo(site.manager, room, 'wei@example.org', 'Wei Lin')
  const wei = await site.person({ phone: true })
  await wei.clock.install()
  await redeem(wei, link, email)
  await wei.getByRole('button', { name: 'Enter as Viewer' }).click()
  await expect(tools(wei)).toBeVisible()
  const chat = wei.getByRole('group', { name: 'Chat, newest last' })
  await expect(chat.getByText('Before you go')).toBeVisible()
  await wei.reload() // a short look away is no absence
  await expect(chat.getByText('Before you go')).toBeVisible()
  await expect(chat.getByText(/ since \d/)).toHaveCount(0)

  await wei.goto('/nowhere')
  await write('First news')
  await write('Second news')
  await actAs(site, noor, 'askQuestion', { input: { roomId: room.id, text: 'Why?', key: 'the-key-of-the-question' } })
  await wei.evaluate((ms) => {
    for (const key of Object.keys(sessionStorage).filter((name) => name.startsWith('usher.left.'))) {
      const left = JSON.parse(sessionStorage.getItem(key) ?? '') as { left: number }
      sessionStorage.setItem(key, JSON.stringify({ ...left, left: left.left - ms }))
    }
  }, 90_000)
  await wei.goto(`/rooms/${room.id}`)
  const line = chat.getByText(/^2 messages and 1 question since \d+:\d\d/)
  await expect(line).toBeVisible()
  const order = await chat.getByRole('listitem').allInnerTexts()
  const at = (text: string) => order.findIndex((row) => row.includes(text))
  expect([at('Before you go'), at(' since ')]).toEqual([at(' since ') - 1, at('First news') - 1])

  await tools(wei).getByRole('tab', { name: /^People/ }).click()
  await write('Third news')
  await expect(tools(wei).getByRole('tab', { name: /^Chat.*something new/ })).toBeVisible()
  await wei.clock.fastForward(90_000)
  await tools(wei).getByRole('tab', { name: /^Chat/ }).click()
  await expect(chat.getByText(/^1 message since \d+:\d\d/)).toBeVisible()
  await expect(line).toHaveCount(0)
  for (const [width, height] of [[1280, 800], [390, 844], [320, 640]] as const) {
    await wei.setViewportSize({ width, height })
    await expectAccessible(wei)
  }
})
