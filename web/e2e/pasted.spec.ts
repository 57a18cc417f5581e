import type { Page } from '@playwright/test'
import { ask, createRoom, inviteTo } from './api'
import { linkCorpus, type LinkSet } from './links'
import { thinned } from './nightly'
import { expect, type Site, test } from './site'

async function links(site: Site): Promise<LinkSet> {
  const room = await createRoom(site.manager, 'Spring forum')
  const older = await inviteTo(site.manager, room, 'olena@example.org', 'Olena Vira')
  const another = await inviteTo(site.manager, room, 'noor@example.org', 'Noor Haddad')
  const renewed = await ask(site.manager, 'mutation ($id: ID!) { regenerateLink(invitationId: $id) { ... on InvitationSuccess { invitation { link } } } }', { id: older.id })
  const { invitation } = renewed['regenerateLink'] as unknown as { invitation: { link: string } }
  return { link: invitation.link, older: older.link, another: another.link }
}

const opened = (guest: Page) => expect(guest.getByRole('heading', { name: 'Spring forum' })).toBeVisible()

test('a link opens in whatever form programs left its address, and no request, address or history entry keeps its secret', async ({ site }) => {
  const { link } = await links(site)
  const token = link.slice(link.indexOf('#') + 1)
  const secret = token.slice(3)
  const addresses = [
    `/join#${token}`,
    `/join/#${token}`,
    `/Join#${token}`,
    `/JOIN/#${token}).`,
    `/join%23${token}`,
    `/join/%23${token}.`,
    `/join%2523${token}`,
    `/join/${token}`,
    `/join?fbclid=IwAR0abc#${token}`,
    `/join%23${token}?fbclid=IwAR0abc`,
    `/join?utm_source=mail&token=${token}`,
  ]
  for (const address of thinned(addresses, 5)) {
    const guest = await site.person({ phone: true })
    const leaks: string[] = []
    guest.on('request', (request) => {
      const referer = request.headers()['referer'] ?? ''
      if (!request.isNavigationRequest() && (request.url() + referer).includes(secret)) leaks.push(`${request.url()} from ${referer}`)
    })
    await guest.goto(address)
    await opened(guest)
    expect(new URL(guest.url()).pathname + new URL(guest.url()).search, address).toBe('/join')
    await guest.reload() // a phone that discarded the page
    await opened(guest)
    await guest.goto('/sign-in')
    await guest.goBack()
    await opened(guest)
    expect(guest.url().includes(secret), address).toBe(false)
    expect(leaks, address).toEqual([])
    await guest.context().close()
  }
})

test('a link is found in whatever is pasted, and anything else stays in the field with the reason', { tag: '@night' }, async ({ site }) => {
  const all = await links(site)
  const guest = await site.person({ phone: true })
  await guest.goto(all.older)
  const field = guest.getByLabel('Your newest link')
  for (const { name, pasted, want } of thinned(linkCorpus(all).filter((one) => one.pasted.trim()), 6)) {
    await field.fill(pasted)
    await guest.getByRole('button', { name: 'Open' }).click()
    if (want === 'the link') {
      await expect(guest.getByRole('heading', { name: 'Spring forum' }), name).toBeVisible()
      await guest.evaluate((older) => location.assign(older), all.older) // only the fragment differs, so the page stays
    } else {
      await expect(guest.getByText(want), name).toBeVisible()
      await expect(field, name).toHaveValue(pasted.replaceAll('\n', ' '))
    }
  }
})
