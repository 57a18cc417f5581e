import type { Page, Request } from '@playwright/test'
import { act, actAs, connect, createRoom, type Guest, inviteTo, type MadeRoom, redeemAlone } from './api'
import { leave, redeem } from './people'
import { expect, type Site, test } from './site'

/** Notes the operations that a page sends over HTTP, and those that it subscribes to, from now on. */
function noteOperations(page: Page): { asked: string[]; answered: string[]; subscribed: string[] } {
  const asked: string[] = []
  const answered: string[] = []
  const subscribed: string[] = []
  const nameOf = (text: string) => /(?:query|mutation|subscription) (\w+)/.exec(text)?.[1] ?? text
  const posts = (request: Request) => request.url().endsWith('/graphql') && request.method() === 'POST'
  page.on('request', (request) => posts(request) && asked.push(nameOf(request.postData() ?? '')))
  page.on('requestfinished', (request) => posts(request) && answered.push(nameOf(request.postData() ?? '')))
  page.on('websocket', (socket) =>
    socket.on('framesent', ({ payload }) => {
      if (String(payload).includes('"type":"subscribe"')) subscribed.push(nameOf(String(payload)))
    }),
  )
  return { asked, answered, subscribed }
}

async function inviteSpeakers(site: Site, room: MadeRoom, count: number): Promise<Guest[]> {
  const guests: Guest[] = []
  for (let number = 1; number <= count; number++) {
    guests.push(await redeemAlone(site, await inviteTo(site.manager, room, `speaker${number}@example.org`, `Speaker ${String(number).padStart(2, '0')}`, 'SPEAKER')))
  }
  await connect(site, room, guests)
  return guests
}

async function openRoom(site: Site): Promise<MadeRoom> {
  const room = await createRoom(site.manager, 'Spring forum')
  await act(site.manager, 'startSession', { sessionId: room.session.id })
  return room
}

const list = (page: Page) => page.getByRole('region', { name: 'People' })
const names = (page: Page) => list(page).getByRole('listitem')
const enterAll = (site: Site, room: MadeRoom, guests: Guest[]) => Promise.all(guests.map((guest) => actAs(site, guest, 'enterRoom', { roomId: room.id })))
const leaveAll = (site: Site, room: MadeRoom, guests: Guest[]) => Promise.all(guests.map((guest) => actAs(site, guest, 'leaveRoom', { roomId: room.id })))

/** Chooses the tab People. The chat is shown first. */
async function showPeople(page: Page) {
  await page.getByRole('tab', { name: /^People/ }).click()
  await expect(list(page)).toBeVisible()
}

async function enterAsViewer(site: Site, room: MadeRoom): Promise<Page> {
  const { link, email } = await inviteTo(site.manager, room, 'nia@example.org', 'Nia Okafor')
  const page = await site.person({ phone: true })
  await redeem(page, link, email)
  await page.getByRole('button', { name: 'Enter as Viewer', exact: true }).click()
  await showPeople(page)
  return page
}

test('entering takes one request, and twenty speakers who come and go take none', { tag: '@night' }, async ({ site }) => {
  const room = await openRoom(site)
  const speakers = await inviteSpeakers(site, room, 20)
  const [first, second, third, ...rest] = speakers as [Guest, Guest, Guest, ...Guest[]]
  await enterAll(site, room, [first])
  const { link, email } = await inviteTo(site.manager, room, 'nia@example.org', 'Nia Okafor')
  const nia = await site.person({ phone: true })
  const sent = noteOperations(nia)
  await redeem(nia, link, email)
  const enter = nia.getByRole('button', { name: 'Enter as Viewer', exact: true })
  await expect(enter).toBeVisible()
  // An answer that comes later than newer events has the page read again.
  await expect.poll(() => sent.answered).toContain('AcknowledgeRole')
  await expect.poll(() => sent.subscribed).toContain('PlaceEvents')

  sent.asked.length = sent.subscribed.length = 0
  await enter.click()
  await showPeople(nia)
  await expect(names(nia)).toContainText(['Speaker 01', 'Nia Okafor'])
  await expect.poll(() => sent.subscribed).toEqual(['Tally'])
  expect(sent.asked).toEqual(['EnterRoom'])
  await expect.poll(() => sent.answered).toContain('EnterRoom')

  await enterAll(site, room, [second, third, ...rest])
  await expect(names(nia)).toHaveCount(21)
  await leaveAll(site, room, [first, ...rest])
  await enterAll(site, room, [first])
  await expect(names(nia)).toHaveText([/Speaker 01/, /Speaker 02/, /Speaker 03/, /Nia Okafor/])
  await expect(list(nia).getByText('4', { exact: true })).toBeVisible()

  // Somebody whom viewers see becomes one of those whom they only count, and back.
  await act(site.manager, 'changeRole', { input: { participantId: second.id, role: 'VIEWER' } })
  await expect(names(nia)).toHaveText([/Speaker 01/, /Speaker 03/, /Nia Okafor/])
  await expect(list(nia).getByText('And 1 other viewer.')).toBeVisible()
  await act(site.manager, 'changeRole', { input: { participantId: second.id, role: 'SPEAKER' } })
  await expect(names(nia)).toHaveText([/Speaker 01/, /Speaker 02/, /Speaker 03/, /Nia Okafor/])
  await act(site.manager, 'removeParticipant', { participantId: third.id })
  await expect(names(nia)).toHaveText([/Speaker 01/, /Speaker 02/, /Nia Okafor/])
  expect(sent.asked, 'everything else came with events').toHaveLength(1)
})

test('a second tab, a reload and a server that starts again show the same people', { tag: '@night' }, async ({ site }) => {
  const room = await openRoom(site)
  const [wei, omar] = (await inviteSpeakers(site, room, 2)) as [Guest, Guest]
  const nia = await enterAsViewer(site, room)
  await enterAll(site, room, [wei])
  await expect(names(nia)).toHaveText([/Speaker 01/, /Nia Okafor/])

  const tab = await nia.context().newPage()
  await tab.goto(`/rooms/${room.id}`)
  await showPeople(tab)
  await expect(names(tab)).toHaveText([/Speaker 01/, /Nia Okafor/])
  await enterAll(site, room, [omar])
  for (const page of [nia, tab]) await expect(names(page)).toHaveText([/Speaker 01/, /Speaker 02/, /Nia Okafor/])
  await nia.reload()
  await showPeople(nia)
  await expect(names(nia)).toHaveText([/Speaker 01/, /Speaker 02/, /Nia Okafor/])

  // One tab leaves and enters again: its list is that of now, in both.
  await leave(tab)
  await expect(nia.getByRole('button', { name: 'Enter as Viewer', exact: true })).toBeVisible()
  await leaveAll(site, room, [wei])
  await nia.getByRole('button', { name: 'Enter as Viewer', exact: true }).click()
  for (const page of [nia, tab]) await showPeople(page)
  for (const page of [nia, tab]) await expect(names(page)).toHaveText([/Speaker 02/, /Nia Okafor/])

  await site.stop()
  await site.start()
  await connect(site, room, [wei, omar])
  await enterAll(site, room, [wei])
  for (const page of [nia, tab]) await expect(names(page)).toHaveText([/Speaker 01/, /Speaker 02/, /Nia Okafor/])
})
