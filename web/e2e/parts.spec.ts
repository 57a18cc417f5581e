import type { Page } from '@playwright/test'
import { act, ask, createRoom, inviteTo, type MadeRoom } from './api'
import { byDay } from './nightly'
import { firstParts, partOf, takeAway, takeAwayTheRest, watchParts } from './parts'
import { giveRole, inviteByForm, redeem, roleOf, sayWho } from './people'
import { expect, type Site, test } from './site'

// Parts of the app that are gone, as after an upgrade of the server. Each says what to do, and its reload keeps one's place.

const updated = (page: Page) => page.getByRole('heading', { name: 'Usher was updated' })
const loading = (page: Page) => page.getByText('This page is still loading. If nothing changes, check your connection and reload it.')
const reload = (page: Page) => page.getByRole('button', { name: 'Reload' })
const people = (page: Page) => page.getByRole('region', { name: 'People' })
const title = (page: Page) => page.locator('h1', { hasNotText: 'Usher was updated' })

async function openRoom(site: Site): Promise<MadeRoom> {
  const room = await createRoom(site.manager, 'Garden council')
  await act(site.manager, 'startSession', { sessionId: room.session.id })
  return room
}

/** A guest in the lobby, or inside, on a page that has loaded what it needs for that. */
async function guestOf(site: Site, room: MadeRoom, name: string, inside = true): Promise<Page> {
  const { link, email } = await inviteTo(site.manager, room, `${name.toLowerCase()}@example.org`, `${name} Lin`)
  const guest = await site.person({ phone: true })
  await redeem(guest, link, email)
  const enter = guest.getByRole('button', { name: 'Enter as Viewer' })
  await expect(enter).toBeVisible()
  if (!inside) return guest
  await enter.click()
  await expect(roleOf(guest)).toHaveText('Viewer')
  return guest
}

test('the page from before the app says what to do, and its reload keeps the link', async ({ site }) => {
  const room = await openRoom(site)
  const { link } = await inviteTo(site.manager, room, 'wei@example.org', 'Wei Lin')
  const entry = firstParts().find((name) => name.startsWith('index-')) ?? ''
  const guest = await site.person({ phone: true })
  await takeAway(guest, entry)
  await guest.route('**/first-*.js', (route) => route.fulfill({ status: 404 }))
  await guest.goto(link)
  await expect(loading(guest)).toBeVisible()
  await guest.unrouteAll()
  await reload(guest).click()
  await expect(guest.getByLabel('Your email address')).toBeVisible()
})

/** Opens each page without any one of its parts that is not in `tried` yet, and then reloads it with the part. By day it tries only `named` parts. */
async function tryEach(screens: [Page, string][], named: string[], tried = new Set<string>()): Promise<void> {
  const first = new Set(firstParts())
  for (const [page, address] of screens) {
    const open = async () => {
      await page.goto('about:blank') // an address that differs only behind # would load nothing
      await page.goto(address)
    }
    const watched = watchParts(page)
    await open()
    await title(page).waitFor()
    const parts = byDay([...watched], (name) => named.includes(name))
    for (const part of parts.filter((name) => !tried.has(name))) {
      tried.add(part)
      const bringBack = await takeAway(page, part)
      await open()
      await (first.has(part) ? loading(page) : updated(page).or(title(page))).waitFor()
      await bringBack()
      if (!(await title(page).isVisible())) await reload(page).click()
      await title(page).waitFor()
    }
  }
  for (const part of named) expect(tried).toContain(part)
}

test('every page of an invitee says what to do without any one of its parts, and comes back by its reload', async ({ site }) => {
  const room = await openRoom(site)
  const { link } = await inviteTo(site.manager, room, 'ada@example.org', 'Ada Lin')
  const stranger = await site.person({ phone: true })
  const named = [...firstParts().filter((one) => one.startsWith('index-')), partOf('RoomRoute')]
  const pages: [Page, string][] = [
    [stranger, link],
    [stranger, '/join'],
    [stranger, '/join#u1_forged'],
    [await guestOf(site, room, 'Wei', false), `/rooms/${room.id}`],
    [await guestOf(site, room, 'Noor'), `/rooms/${room.id}`],
  ]
  await tryEach(pages, named)
})

test('every page of a manager says what to do without any one of its parts, and comes back by its reload', async ({ site }) => {
  const room = await openRoom(site)
  const { manager } = site
  const stranger = await site.person()
  const pages: [Page, string][] = [
    [stranger, '/sign-in'],
    [stranger, '/setup'],
    [stranger, '/password'],
    [manager, '/'],
    [manager, `/rooms/${room.id}/inside`],
    [manager, '/account'],
    [manager, '/nowhere'],
    [manager, '/admin'],
    [manager, '/admin/people'],
  ]
  const named = ['SignInPage', 'SetUpPage', 'PasswordPage', 'RoomsPage', 'TopBar', 'SitePage', 'PeoplePage', 'AccountPage', 'NotFound'].map(partOf)
  await tryEach(pages, named, new Set(firstParts()))
})

test('a guest keeps the place that a link gave where the next page cannot be loaded', async ({ site }) => {
  const room = await openRoom(site)
  for (const [number, source] of ['RoomRoute', 'Refusal', 'useRun'].entries()) {
    const { link, email } = await inviteTo(site.manager, room, `guest${number}@example.org`, 'Wei Lin')
    const guest = await site.person({ phone: true })
    const bringBack = await takeAway(guest, partOf(source))
    await guest.goto(link)
    await sayWho(guest, email)
    await expect(updated(guest)).toBeVisible()
    await bringBack()
    await reload(guest).click()
    await expect(guest.getByRole('button', { name: 'Enter as Viewer' })).toBeVisible()
  }
})

test('a guest gets from the page of the link into the room though everything else is gone by then, and sees a promotion after a reload', async ({ site }) => {
  const room = await openRoom(site)
  const { manager } = site
  await manager.goto(`/rooms/${room.id}`)
  await expect(people(manager)).toBeVisible()
  const { link, email } = await inviteTo(manager, room, 'wei@example.org', 'Wei Lin')
  const guest = await site.person({ phone: true })
  const loaded = watchParts(guest)
  await guest.goto(link)
  await guest.waitForLoadState('networkidle')
  const bringBack = await takeAwayTheRest(guest, loaded)
  await sayWho(guest, email)
  await guest.getByRole('button', { name: 'Enter as Viewer' }).click()
  await expect(roleOf(guest)).toHaveText('Viewer')
  await giveRole(manager, 'Wei Lin', 'Viewer', 'Moderator')
  await expect(updated(guest)).toBeVisible()
  await expect(roleOf(guest)).toHaveText('Moderator') // the page itself stays
  await expect(people(manager).getByText('On its way')).toBeVisible()
  await bringBack()
  await reload(guest).click()
  await expect(people(manager).getByText('Seen', { exact: true })).toBeVisible()
  await expect(people(guest)).toBeVisible()
})

test('without any one of the parts of a live promotion, it counts as seen once it is shown', async ({ site }) => {
  const room = await openRoom(site)
  const { manager } = site
  const guest = await guestOf(site, room, 'Wei')
  await manager.goto(`/rooms/${room.id}`)
  await expect(people(manager)).toBeVisible()
  const { node } = (await ask(manager, 'query ($id: ID!) { node(id: $id) { ... on Room { participants(search: "Wei") { nodes { id } } } } }', { id: room.id })) as unknown as {
    node: { participants: { nodes: { id: string }[] } }
  }
  const participantId = node.participants.nodes[0]?.id
  const give = (role: string) => act(manager, 'changeRole', { input: { participantId, role } })
  const seen = people(manager).getByText('Seen', { exact: true })
  const underWay = people(manager).getByText('On its way')

  const loaded = watchParts(guest)
  await give('MODERATOR')
  await expect(people(guest)).toBeVisible()
  await expect(seen).toBeVisible()
  const parts = new Set(loaded)
  expect(parts).toContain(partOf('ModeratorPeople'))
  for (const part of [...byDay([...parts], (name) => name === partOf('ModeratorPeople')), partOf('chime')]) {
    await give('VIEWER')
    await expect(roleOf(guest)).toHaveText('Viewer')
    await guest.reload({ waitUntil: 'commit' })
    await expect(guest.getByRole('heading', { name: /^Viewers/ })).toBeVisible()
    await expect(seen).toBeVisible()
    const bringBack = await takeAway(guest, part)
    await give('MODERATOR')
    await updated(guest).or(people(guest)).waitFor()
    await expect(roleOf(guest)).toHaveText('Moderator')
    if (await updated(guest).isVisible()) {
      await expect(underWay, `without ${part}`).toBeVisible()
      await expect(seen).toBeHidden()
      expect(part, 'a sound is no reason to withhold a role').not.toBe(partOf('chime'))
      await bringBack()
      await reload(guest).click()
    }
    await expect(people(guest)).toBeVisible()
    await expect(seen).toBeVisible()
    await guest.unrouteAll()
  }
})

test('a manager gets from the rooms to a promotion without any one of the parts, by a reload', async ({ site }) => {
  const room = await openRoom(site)
  const { manager } = site
  const guest = await guestOf(site, room, 'Wei')
  const first = watchParts(manager)
  await manager.goto('/')
  await expect(title(manager)).toBeVisible()
  await manager.waitForLoadState('networkidle')
  const before = new Set(first)
  const open = () => manager.getByRole('link', { name: 'Garden council' }).click()
  await open()
  await expect(people(manager)).toBeVisible()
  const later = [...first].filter((name) => !before.has(name))
  expect(later).toContain(partOf('RoomPage'))
  for (const part of byDay(later, (name) => name === partOf('RoomPage'))) {
    const bringBack = await takeAway(manager, part)
    await manager.goto('/', { waitUntil: 'commit' })
    await open()
    await updated(manager).or(people(manager)).waitFor()
    await bringBack()
    if (await updated(manager).isVisible()) await reload(manager).click()
    await people(manager).waitFor()
  }
  // What the page of a room needs, it has from the beginning.
  await takeAwayTheRest(manager, first)
  await inviteByForm(manager, 'noor@example.net', 'Noor', 'Haddad', 'Viewer')
  await giveRole(manager, 'Wei Lin', 'Viewer', 'Speaker')
  await expect(people(manager).getByText('Seen', { exact: true })).toBeVisible()
  await expect(roleOf(guest)).toHaveText('Speaker')
  await expect(updated(manager)).toBeHidden()
})

test('GraphiQL says what to do without one of its parts, and comes back by its reload', async ({ site, browser }) => {
  const context = await browser.newContext({ baseURL: site.url }) // its libraries throw without their parts
  const page = await context.newPage()
  const tabs = page.getByRole('tablist', { name: 'Select active operation' })
  const missing = page.getByText('Usher was updated. Reload the page to get the new version.')
  for (const source of ['graphiql', 'libraries', 'monaco-editor']) {
    const bringBack = await takeAway(page, partOf(source))
    await page.goto('/graphiql')
    await expect(source === 'monaco-editor' ? missing : loading(page)).toBeVisible()
    await bringBack()
    await reload(page).click()
    await expect(tabs).toBeVisible()
    await expect(reload(page)).toBeHidden()
  }
  await page.route('**/graphql', (route) => route.abort())
  await page.reload()
  await expect(tabs).toBeVisible()
  await context.close()
})
