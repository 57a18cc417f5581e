import type { Page } from '@playwright/test'
import { act, ask, createRoom, inviteTo, type Invited, type MadeRoom } from './api'
import { disturbances } from './disturbances'
import { giveRole, invite, leave, makeRoomByForm, redeem, roleOf, startSession } from './people'
import { expect, type Site, test } from './site'
import { heading, start } from './walks/walk'

// Two people in one browser: each tab is the person whose link was opened in it.

interface Couple {
  room: MadeRoom
  links: { noor: Invited; sam: Invited }
  noor: Page
  sam: Page
}

async function couple(site: Site): Promise<Couple> {
  const room = await createRoom(site.manager, 'Family evening')
  const links = {
    noor: await inviteTo(site.manager, room, 'noor@example.net', 'Noor Haddad'),
    sam: await inviteTo(site.manager, room, 'sam@example.net', 'Sam Lee'),
  }
  const noor = await site.person()
  await redeem(noor, links.noor.link, links.noor.email)
  await expect(noor.getByText('You’re all set, Noor Haddad')).toBeVisible()
  const sam = await noor.context().newPage()
  await redeem(sam, links.sam.link, links.sam.email)
  await expect(sam.getByText('You’re all set, Sam Lee')).toBeVisible()
  return { room, links, noor, sam }
}

const hereAs = (page: Page, name: string) => expect(page.getByText(`You are here as ${name}.`)).toBeVisible()

/** Returns the states of all people, as the manager reads them. */
async function states(site: Site, room: MadeRoom): Promise<string[]> {
  const data = await ask(site.manager, 'query($id: ID!) { room(id: $id) { participants { nodes { displayName state online } } } }', { id: room.id })
  const { participants } = data['room'] as unknown as { participants: { nodes: { displayName: string; state: string; online: boolean }[] } }
  return participants.nodes.map(({ displayName, state, online }) => `${displayName} ${state}${online ? '' : ', away'}`).toSorted()
}

for (const { how, disturb } of disturbances) {
  test(`two people in one browser stay who they are, ${how}`, async ({ site }) => {
    const { room, noor, sam } = await couple(site)
    const disturbed = async () => {
      await disturb(noor)
      await disturb(sam)
    }
    await disturbed()
    await hereAs(noor, 'Noor Haddad')
    await hereAs(sam, 'Sam Lee')
    await start(site.manager, room)
    await noor.getByRole('button', { name: 'Enter as Viewer' }).click()
    await expect(roleOf(noor)).toHaveText('Viewer')
    await disturbed()
    await expect(sam.getByRole('button', { name: 'Enter as Viewer' })).toBeVisible()
    await sam.getByRole('button', { name: 'Enter as Viewer' }).click()
    await expect(roleOf(sam)).toHaveText('Viewer')
    await disturbed()
    await expect.poll(() => states(site, room)).toEqual(['Noor Haddad IN_ROOM', 'Sam Lee IN_ROOM'])

    await site.manager.goto(`/rooms/${room.id}`)
    await giveRole(site.manager, 'Noor Haddad', 'Viewer', 'Speaker')
    await expect(roleOf(noor)).toHaveText('Speaker')
    await expect(site.manager.getByText('Seen', { exact: true })).toBeVisible()
    await disturbed()
    await expect(roleOf(noor)).toHaveText('Speaker')
    await expect(roleOf(sam)).toHaveText('Viewer')

    await leave(noor)
    await expect(noor.getByRole('button', { name: 'Enter as Speaker' })).toBeVisible()
    await disturbed()
    await hereAs(noor, 'Noor Haddad')
    await expect(roleOf(sam)).toHaveText('Viewer')
    await expect.poll(() => states(site, room)).toEqual(['Noor Haddad LEFT', 'Sam Lee IN_ROOM'])
  })
}

test('a new tab is the person whose link was opened last, and stays that person', { tag: '@night' }, async ({ site }) => {
  const { room, links, noor, sam } = await couple(site)
  const tab = await noor.context().newPage()
  await tab.goto(`/rooms/${room.id}`)
  await hereAs(tab, 'Sam Lee')
  const kim = await inviteTo(site.manager, room, 'kim@example.net', 'Kim Oh')
  const third = await noor.context().newPage()
  await redeem(third, kim.link, kim.email)
  await hereAs(third, 'Kim Oh')
  for (const page of [tab, sam]) {
    await page.reload()
    await hereAs(page, 'Sam Lee')
    await expect(page.getByText('This browser also has a place for Noor Haddad, Kim Oh.')).toBeVisible()
  }

  // Another link in a tab makes it the person of that link; her own tab is still hers.
  await tab.goto(links.noor.link)
  await tab.getByRole('button', { name: 'Continue' }).click()
  await hereAs(tab, 'Noor Haddad')
  await hereAs(noor, 'Noor Haddad')

  // The choice, by keyboard.
  await tab.getByRole('button', { name: 'Continue as Kim Oh' }).focus()
  await tab.keyboard.press('Enter')
  await hereAs(tab, 'Kim Oh')
  await expect(tab.getByRole('heading', { name: 'Family evening' })).toBeFocused()
  await tab.reload()
  await hereAs(tab, 'Kim Oh')
})

test('people stay who they are after lost connections and a restart of the server', { tag: '@night' }, async ({ site }) => {
  const { room, noor, sam } = await couple(site)
  await start(site.manager, room)
  for (const page of [noor, sam]) await page.getByRole('button', { name: 'Enter as Viewer' }).click()
  for (const page of [noor, sam]) await expect(roleOf(page)).toHaveText('Viewer')
  await site.restart()
  await expect.poll(() => states(site, room), { timeout: 40_000 }).toEqual(['Noor Haddad IN_ROOM', 'Sam Lee IN_ROOM'])
  await site.manager.goto(`/rooms/${room.id}`)
  await giveRole(site.manager, 'Sam Lee', 'Viewer', 'Moderator')
  await expect(roleOf(sam)).toHaveText('Moderator')
  await expect(roleOf(noor)).toHaveText('Viewer')
  await leave(sam)
  await expect(sam.getByRole('button', { name: 'Enter as Moderator' })).toBeVisible()
  await expect(roleOf(noor)).toHaveText('Viewer')
  await sam.close()
  await expect.poll(() => states(site, room), { timeout: 40_000 }).toEqual(['Noor Haddad IN_ROOM', 'Sam Lee LEFT, away'])
})

test('a person who loses their place reads why, and becomes another only by choice', { tag: '@night' }, async ({ site }) => {
  const { room, links, noor, sam } = await couple(site)
  await start(site.manager, room)
  for (const page of [noor, sam]) await page.getByRole('button', { name: 'Enter as Viewer' }).click()
  for (const page of [noor, sam]) await expect(roleOf(page)).toHaveText('Viewer')
  await act(site.manager, 'revokeInvitation', { invitationId: links.noor.id })
  await heading(noor, 'This invitation was withdrawn')
  await noor.reload()
  await heading(noor, 'This invitation was withdrawn')
  await expect(roleOf(sam)).toHaveText('Viewer')

  await act(site.manager, 'releaseDevice', { invitationId: links.sam.id })
  await heading(sam, 'Your link can move to another device')
  await expect(sam.getByRole('button', { name: /^Continue as/ })).toHaveCount(0)

  const kim = await inviteTo(site.manager, room, 'kim@example.net', 'Kim Oh')
  const tab = await noor.context().newPage()
  await redeem(tab, kim.link, kim.email)
  await expect(tab.getByText('Kim Oh').first()).toBeVisible()
  for (const page of [noor, sam]) {
    await page.reload()
    await expect(page.getByRole('button', { name: 'Continue as Kim Oh' })).toBeVisible()
    await expect(page.getByRole('button', { name: 'Enter as Viewer' })).toHaveCount(0)
  }
  await sam.getByRole('button', { name: 'Continue as Kim Oh' }).click()
  await expect(sam.getByRole('button', { name: 'Enter as Viewer' })).toBeVisible()
  await expect(sam.getByText('Kim Oh')).toBeVisible()
})

test('the person of a tab stays while an account signs in and out beside it', { tag: '@night' }, async ({ site }) => {
  const { manager } = site
  await makeRoomByForm(manager, 'Town hall', { members: true })
  const link = await invite(manager, 'noor@example.net', 'Noor', 'Haddad', 'Speaker')
  await startSession(manager)
  const wei = await site.member('wei@example.org', 'Wei', 'Lin')
  await wei.goto(manager.url())
  await wei.getByRole('button', { name: 'Enter as Viewer' }).click()
  await expect(roleOf(wei)).toHaveText('Viewer')
  const noor = await wei.context().newPage()
  await noor.goto(link)
  await expect(noor.getByText('You’re signed in as wei@example.org. This invitation is for another address.')).toBeVisible()
  await noor.getByLabel('Your email address').fill('noor@example.net')
  await noor.getByRole('button', { name: 'Continue' }).click()
  await noor.getByRole('button', { name: 'Enter as Speaker' }).click()
  await expect(roleOf(noor)).toHaveText('Speaker')
  await ask(wei, 'mutation { signOut { me { user { id } } } }')
  await noor.reload()
  await expect(roleOf(noor)).toHaveText('Speaker')
})
