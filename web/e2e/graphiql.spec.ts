import { act, createRoom, inviteTo, redeemAlone } from './api'
import { expect, test } from './site'

// GraphiQL is another project, and its tabs are ours. The fixture `site` checks that no other site is asked.
test('every tab of GraphiQL runs without changes, subscriptions too', { tag: '@night' }, async ({ site }) => {
  const { manager } = site
  const room = await createRoom(manager, 'Spring forum')
  await redeemAlone(site, await inviteTo(manager, room, 'noor@example.net', 'Noor Haddad'))
  await act(manager, 'startSession', { sessionId: room.session.id })
  await manager.goto('/graphiql')
  const tabs = manager.getByRole('tablist', { name: 'Select active operation' }).getByRole('tab')
  await expect(tabs.first()).toBeVisible()
  const answer = manager.getByRole('region', { name: 'Result Window' })
  await expect(answer).toHaveAttribute('data-mode-id', 'json') // its editors are ready
  const seen: string[] = []
  for (let number = 0; number < (await tabs.count()); number += 1) {
    const tab = tabs.nth(number)
    const name = (await tab.getByRole('button').first().textContent()) ?? ''
    await tab.getByRole('button').first().click()
    await expect(answer).not.toContainText('"data"')
    await manager.getByRole('button', { name: /^Execute query/ }).click()
    await expect(answer, name).toContainText('"data"')
    await expect(answer, name).not.toContainText('"errors"')
    const stop = manager.getByRole('button', { name: /^Stop query/ })
    if (await stop.isVisible()) await stop.click()
    seen.push(name)
  }
  const inviting = ['Rooms', 'CreateRoom', 'Invite', 'InviteMany', 'InvitedBefore', 'ReadAddress', 'Link']
  const hosting = ['People', 'Promote', 'AdmitSome', 'DenySome', 'DenyAll', 'Say', 'Chat', 'Ask', 'Questions', 'Talk', 'Poll', 'Tally', 'Hands', 'React', 'Events', 'History', 'Presence']
  expect(seen).toEqual([...inviting, ...hosting, 'Accounts', 'SignIn'])
})
