import type { Page } from '@playwright/test'
import { act, ask, createRoom, inviteTo, type MadeRoom, redeemAlone } from './api'
import { byDay } from './nightly'
import { firstParts, laterParts, partOf, parts, takeAway, takeAwayTheRest, watchParts } from './parts'
import { comeBack, loading, open, reload, title, updated } from './reload'
import { giveRole, inviteByForm, redeem, roleOf, sayWho, showPeople } from './people'
import { expect, type Site, test } from './site'

// Parts of the app that are gone, as after an upgrade of the server. Each says what to do, and its reload keeps one's place.

const people = (page: Page) => page.getByRole('region', { name: 'People' })
/** The list of people as only hosts and moderators have it. */
const runs = (page: Page) => people(page).getByRole('searchbox')

test('every part that the app loads later is taken away by a story', () => {
  expect(laterParts()).toEqual(Object.values(parts).flat().toSorted())
})

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

test('the page from before the app says what to do, and its reload keeps the link', { tag: '@night' }, async ({ site }) => {
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
    const watched = watchParts(page)
    await open(page, address)
    await title(page).waitFor()
    const all = byDay([...watched], (name) => named.includes(name))
    for (const part of all.filter((name) => !tried.has(name))) {
      tried.add(part)
      const bringBack = await takeAway(page, part)
      await open(page, address)
      await (first.has(part) ? loading(page) : updated(page).or(title(page)).first()).waitFor()
      await bringBack()
      if (first.has(part)) await reload(page).click()
      await comeBack(page)
    }
  }
  for (const part of named) expect(tried).toContain(part)
}

test('every page of an invitee says what to do without any one of its parts, and comes back by its reload', { tag: '@night' }, async ({ site }) => {
  const room = await openRoom(site)
  const { link } = await inviteTo(site.manager, room, 'ada@example.org', 'Ada Lin')
  const stranger = await site.person({ phone: true })
  const used = await inviteTo(site.manager, room, 'kit@example.org', 'Kit Ito')
  await redeemAlone(site, used)
  const asker = await site.person({ phone: true, userAgent: 'Mozilla/5.0 (iPhone) AppleWebKit/605.1.15 Mobile/15E148 Instagram' })
  const named = [...firstParts().filter((one) => one.startsWith('index-')), ...parts.invitee.map(partOf)]
  const pages: [Page, string][] = [
    [stranger, link],
    [asker, used.link],
    [stranger, '/join'],
    [stranger, '/join#u1_forged'],
    [await guestOf(site, room, 'Wei', false), `/rooms/${room.id}`],
    [await guestOf(site, room, 'Noor'), `/rooms/${room.id}`],
  ]
  const tried = new Set<string>()
  await tryEach(pages, named, tried)
  await open(asker, used.link)
  await asker.getByRole('button', { name: 'Ask Amina Ruth' }).click()
  await expect(asker.getByRole('heading', { name: 'Request sent to Amina Ruth' })).toBeVisible()
  await tryEach([[asker, used.link]], parts.asked.map(partOf), tried)
})

test('every page of a manager says what to do without any one of its parts, and comes back by its reload', { tag: '@night' }, async ({ site }) => {
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
    [manager, '/admin/servers'],
  ]
  const named = parts.manager.map(partOf)
  await tryEach(pages, named, new Set(firstParts()))
})

test('a dialog or file that cannot be loaded says so where somebody wants it, and the page stays as it is', { tag: '@night' }, async ({ site }) => {
  const room = await openRoom(site)
  const guest = await guestOf(site, room, 'Wei')
  const missing = guest.getByRole('dialog', { name: 'Usher was updated' })
  for (const [part, width, name] of [['MySheet', 390, 'More'], ['MyPopover', 1280, 'Wei Lin Viewer'], ['DeviceSettings', 1280, 'Display and sound']] as const) {
    await guest.setViewportSize({ width, height: 844 })
    const opener = guest.getByRole('button', { name, exact: true })
    const bringBack = await takeAway(guest, partOf(part))
    await opener.click()
    await expect(missing.getByRole('button', { name: 'Reload' }), part).toBeFocused()
    await guest.keyboard.press('Escape')
    await expect(opener, part).toBeFocused()
    await opener.click()
    await missing.getByRole('button', { name: 'Close' }).click()
    await expect(missing).toBeHidden()
    await expect(roleOf(guest).first()).toBeAttached()
    await opener.click()
    await bringBack()
    await Promise.all([guest.waitForEvent('load'), reload(guest).click()])
    await expect(roleOf(guest).first()).toBeAttached()
    await guest.waitForLoadState('networkidle')
    await opener.click()
    await expect(guest.getByRole('dialog'), part).toBeVisible()
    await expect(missing).toBeHidden()
    await guest.keyboard.press('Escape')
  }

  const later = await createRoom(site.manager, 'Product launch')
  const kit = await inviteTo(site.manager, later, 'kit@example.org', 'Kit Ito')
  const waiting = await site.person({ phone: true })
  await redeem(waiting, kit.link, kit.email)
  const bringBack = await takeAway(waiting, partOf('calendarFile'))
  const save = waiting.getByRole('button', { name: 'Add to calendar' })
  await save.click()
  await expect(waiting.getByText('Usher was updated. Reload the page')).toBeVisible()
  await bringBack()
  await waiting.reload()
  const [file] = await Promise.all([waiting.waitForEvent('download'), save.click()])
  expect(file.suggestedFilename()).toBe('session.ics')
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

test('a guest gets from the page of the link into the room though everything else is gone by then, and sees a promotion after a reload', { tag: '@night' }, async ({ site }) => {
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
  await showPeople(guest)
})

test('without any one of the parts of a live promotion, it counts as seen once it is shown', { tag: '@night' }, async ({ site }) => {
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
  await showPeople(guest)
  await give('MODERATOR')
  await expect(people(guest)).toBeVisible()
  await expect(seen).toBeVisible()
  const named = parts.promotion.map(partOf)
  for (const part of new Set([...byDay([...loaded], (name) => named.includes(name)), ...named])) {
    await give('VIEWER')
    await expect(roleOf(guest)).toHaveText('Viewer')
    await guest.reload({ waitUntil: 'commit' })
    await showPeople(guest)
    await expect(guest.getByRole('heading', { name: /^Viewers/ })).toBeVisible()
    await expect(seen).toBeVisible()
    const bringBack = await takeAway(guest, part)
    await give('MODERATOR')
    await expect(roleOf(guest)).toHaveText('Moderator')
    await expect(updated(guest).or(runs(guest))).toBeVisible() // the page reloads by itself once, and shows the people again
    if (await updated(guest).isVisible()) {
      await expect(underWay, `without ${part}`).toBeVisible()
      await expect(seen).toBeHidden()
      expect(part, 'a sound is no reason to withhold a role').not.toBe(partOf('chime'))
      await bringBack()
      await reload(guest).click()
      await showPeople(guest)
    }
    await expect(runs(guest)).toBeVisible()
    await expect(seen).toBeVisible()
    await guest.unrouteAll()
  }
})

test('a manager gets from the rooms to a promotion without any one of the parts, by a reload', { tag: '@night' }, async ({ site }) => {
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
  for (const part of byDay(later, (name) => parts.room.map(partOf).includes(name))) {
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

test('GraphiQL says what to do without one of its parts, and comes back by its reload', { tag: '@night' }, async ({ site, browser }) => {
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
