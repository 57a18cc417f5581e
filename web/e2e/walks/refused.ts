import { act, ask, createRoom, inMinutes, type Invited, inviteTo, type MadeRoom, redeemAlone } from '../api'
import { redeem } from '../people'
import { expect, type Site } from '../site'
import { heading, placeOf, start, type Walk } from './walk'

// Every refusal of a link: what makes it, and the heading of its page.
const refusals: [code: string, heading: string, make: (site: Site, room: MadeRoom, invited: Invited) => Promise<void>][] = [
  ['link-replaced', 'There is a newer link', ({ manager }, _, { id }) => act(manager, 'regenerateLink', { invitationId: id })],
  ['invitation-revoked', 'This invitation was withdrawn', ({ manager }, _, { id }) => act(manager, 'revokeInvitation', { invitationId: id })],
  ['used-on-other-device', 'This link belongs to another device', async (site, _, invited) => void (await redeemAlone(site, invited))],
  ['room-deleted', 'This room no longer exists', ({ manager }, { id }) => act(manager, 'deleteRoom', { roomId: id })],
  ['room-not-available', 'The room is not available right now', ({ manager }, { id }) => act(manager, 'updateRoom', { input: { roomId: id, chatAndCollaboration: false } })],
  ['session-cancelled', 'The session was cancelled', ({ manager }, { session }) => act(manager, 'cancelSession', { sessionId: session.id })],
  [
    'participant-blocked',
    'You were removed from this session',
    async (site, { session }, invited) => {
      const { id } = await redeemAlone(site, invited)
      await act(site.manager, 'startSession', { sessionId: session.id })
      await ask(site.manager, 'mutation($id: ID!) { removeParticipant(participantId: $id, block: true) { __typename } }', { id })
    },
  ],
]

export const refused: Walk = {
  name: 'every refusal',
  go: async (site, show) => {
    const { manager } = site
    // Made first, because it has to wait for its hour: the page says so by itself when the link expires.
    const brief = await createRoom(manager, 'Spring forum', { startsAt: inMinutes(-4) })
    const expiring = await inviteTo(manager, brief, 'olena@example.org', 'Olena Vira', 'VIEWER', { expiresAt: inMinutes(0.1) })
    const expires = await site.person({ phone: true })
    await expires.goto(expiring.link)

    const guest = await site.person({ phone: true })
    await guest.goto('/join#u1_forged')
    await heading(guest, 'This link is not valid')
    await show(guest, 'refused-link-not-valid')
    for (const [code, title, make] of refusals) {
      const room = await createRoom(manager, 'Spring forum')
      const invited = await inviteTo(manager, room, 'olena@example.org', 'Olena Vira')
      await make(site, room, invited)
      await guest.goto(invited.link)
      await heading(guest, title)
      await show(guest, `refused-${code}`)
    }
    await heading(expires, 'This link has expired')
    await show(expires, 'refused-link-expired')

    const tried = await inviteTo(manager, await createRoom(manager, 'Spring forum'), 'olena@example.org', 'Olena Vira')
    await guest.goto(tried.link)
    for (let left = 4; left >= 0; left -= 1) {
      await guest.getByLabel('Your email address').fill(`olena${left}@example.org`)
      await guest.getByRole('button', { name: 'Continue' }).click()
      if (left > 0) await expect(guest.getByText(left === 1 ? '1 attempt left' : `${left} attempts left`)).toBeVisible()
    }
    await heading(guest, 'Too many attempts')
    await show(guest, 'refused-too-many-attempts')

    const entering = await createRoom(manager, 'Spring forum', { admission: 'APPROVAL' })
    const denied = await site.person({ phone: true })
    await redeem(denied, (await inviteTo(manager, entering, 'olena@example.org', 'Olena Vira')).link, 'olena@example.org')
    await start(manager, entering)
    await denied.getByRole('button', { name: 'Enter as Viewer' }).click()
    await heading(denied, 'Waiting for Amina Ruth to let you in')
    await act(manager, 'denyParticipant', { participantId: await placeOf(manager, entering, 'Olena Vira') })
    await denied.getByRole('button', { name: 'Ask to enter again' }).click()
    await heading(denied, 'Waiting for Amina Ruth to let you in')
    await act(manager, 'denyParticipant', { participantId: await placeOf(manager, entering, 'Olena Vira') })
    await expect(denied.getByText('You have asked twice')).toBeVisible()
    await show(denied, 'refused-entry-denied')
    await act(manager, 'endSession', { sessionId: entering.session.id })
    await heading(denied, 'The session has ended')
    await show(denied, 'refused-session-ended')

    const link = (await inviteTo(manager, await createRoom(manager, 'Spring forum'), 'olena@spam.example', 'Olena Vira')).link
    await act(manager, 'updateSitePolicy', { input: { blockedDomains: ['spam.example'] } })
    await redeem(guest, link, 'olena@spam.example')
    await heading(guest, 'This email address cannot be used here')
    await show(guest, 'refused-email-domain-blocked')
    await act(manager, 'updateSitePolicy', { input: { blockedDomains: [], requireSignIn: true } })
    const closed = await inviteTo(manager, await createRoom(manager, 'Spring forum'), 'olena@example.org', 'Olena Vira')
    await guest.goto(closed.link)
    await expect(guest.getByText('This site asks guests to sign in.')).toBeVisible()
    await show(guest, 'join-sign-in-required')
  },
}
