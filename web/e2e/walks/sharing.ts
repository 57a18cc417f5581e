import { act, createRoom, inviteTo } from '../api'
import { redeem, tools } from '../people'
import { expect } from '../site'
import { heading, start, type Walk } from './walk'

export const sharing: Walk = {
  name: 'two people in one browser',
  go: async (site, show) => {
    const { manager } = site
    const room = await createRoom(manager, 'Family evening')
    const noor = await inviteTo(manager, room, 'noor@example.net', 'Noor Haddad')
    const sam = await inviteTo(manager, room, 'sam@example.net', 'Maximiliane-Alexandra Wolfeschlegelsteinhausenbergerdorff')
    const his = await site.person({ phone: true })
    await redeem(his, noor.link, noor.email)
    await expect(his.getByText('You’re all set, Noor Haddad')).toBeVisible()
    await redeem(his, sam.link, sam.email)
    await expect(his.getByText('This browser also has a place for Noor Haddad.')).toBeVisible()
    await show(his, 'join-before-shared')
    const hers = await his.context().newPage()
    await hers.goto(noor.link)
    await hers.getByRole('button', { name: 'Continue' }).click()
    await start(manager, room)
    await expect(hers.getByRole('button', { name: 'Enter as Viewer' })).toBeVisible()
    await show(hers, 'lobby-shared')
    await hers.getByRole('button', { name: 'Enter as Viewer' }).click()
    await expect(tools(hers)).toBeVisible()
    await show(hers, 'in-room-shared')
    await act(manager, 'revokeInvitation', { invitationId: noor.id })
    await heading(hers, 'This invitation was withdrawn')
    await expect(hers.getByRole('button', { name: /^Continue as/ })).toBeVisible()
    await show(hers, 'revoked-shared')
    await act(manager, 'releaseDevice', { invitationId: sam.id })
    await heading(his, 'Your link can move to another device')
    await show(his, 'released-shared')
  },
}
