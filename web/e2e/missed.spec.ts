import { act, actAs, createRoom, inviteTo, redeemAlone } from './api'
import { expectAccessible, redeem, tools } from './people'
import { expect, test } from './site'

// The chat of somebody who was not there: where they left off, and what was written before.

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

test('somebody who comes late reads the chat back to its beginning, page by page', { tag: '@night' }, async ({ site }) => {
  const room = await createRoom(site.manager, 'Spring forum')
  await act(site.manager, 'startSession', { sessionId: room.session.id })
  let sent = 0
  for (let guest = 1; sent < 260; guest++) {
    const one = await redeemAlone(site, await inviteTo(site.manager, room, `guest${guest}@example.org`, `Guest ${guest}`, 'SPEAKER'))
    await actAs(site, one, 'enterRoom', { roomId: room.id })
    for (let n = 0; n < 5; n++) await actAs(site, one, 'sendMessage', { input: { roomId: room.id, channel: 'CHAT', text: `Message ${(sent += 1)}.`, key: `the-key-of-the-message-${sent}` } })
  }
  const { link, email } = await inviteTo(site.manager, room, 'wei@example.org', 'Wei Lin')
  const wei = await site.person()
  const asked: string[] = []
  wei.on('request', (request) => asked.push(...(/query (MessageCursors|Messages)\b/.exec(request.postData() ?? '')?.slice(1) ?? [])))
  await redeem(wei, link, email)
  await wei.getByRole('button', { name: 'Enter as Viewer' }).click()
  const chat = wei.getByRole('group', { name: 'Chat, newest last' })
  await expect(chat.getByText('Message 260.', { exact: true })).toBeVisible()
  for (const first of [161, 111, 61, 11, 1]) {
    await chat.getByRole('button', { name: 'Show older messages' }).click()
    await expect(chat.getByText(`Message ${first}.`, { exact: true })).toBeAttached()
  }
  await expect(chat.getByRole('button', { name: 'Show older messages' })).toHaveCount(0)
  expect(await chat.getByText(/^Message \d+\.$/).allInnerTexts()).toEqual(Array.from({ length: 200 }, (_, n) => `Message ${n + 1}.`))
  expect(asked, 'one request for each page').toEqual(Array.from({ length: 5 }, () => 'Messages'))
  await wei.getByRole('button', { name: 'Newest messages' }).click()
  await expect(chat.getByText('Message 260.', { exact: true })).toBeVisible()
})
