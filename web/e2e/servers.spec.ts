import { ask, createRoom } from './api'
import { expectAccessible } from './people'
import { expect, test } from './site'
import { everythingFails, withStatus } from './walks/servers'

test.describe('with a mail server', () => {
  test.use({ mailed: true })

  test('an administrator sees what runs the site, which rooms are busy, and what begins to fail (U5)', async ({ site }) => {
    const { manager, mailpit } = site
    const room = await createRoom(manager, 'Spring forum')
    await manager.goto('/admin')
    await manager.getByRole('navigation', { name: 'Site' }).getByRole('link', { name: 'Servers' }).click()
    await expect(manager.getByRole('heading', { name: 'Servers', exact: true })).toBeVisible()
    await expect(manager.getByRole('region', { name: 'Servers' }).getByText(`:${new URL(site.url).port}`)).toBeVisible()
    await expect(manager.getByText('Everything works')).toBeVisible()
    const busiest = manager.getByRole('region', { name: 'Busiest rooms' })
    await expect(busiest.getByText('Nobody is connected to a room.')).toBeVisible()
    await expect(manager.getByRole('region', { name: 'Database' }).getByText('SQLite')).toBeVisible()
    await expect(manager.getByRole('region', { name: 'Email' }).getByText('Never')).toBeVisible()

    // Nothing is reloaded: the page asks again by itself.
    const other = await site.member('bo@example.org', 'Bo', 'Lindgren', true)
    await other.goto(`/rooms/${room.id}`)
    await expect(busiest.getByRole('link', { name: 'Spring forum' })).toBeVisible()
    await expect(busiest.getByText('1 person')).toBeVisible()
    await expect(manager.getByText(/1 person in 1 room/)).toBeVisible()
    await mailpit.stop()
    await ask(manager, 'mutation { testMail { __typename } }')
    const failing = manager.getByText(/^The mail server cannot be used\. The oldest email has waited since/)
    await expect(failing).toBeVisible()
    await expect(manager.getByText('Everything works')).toHaveCount(0)
    await expectAccessible(manager)
    await manager.getByRole('link', { name: 'What it said' }).press('Enter')
    await expect(manager.getByRole('region', { name: 'Email' }).getByText('The mail server said')).toBeInViewport()
    await busiest.getByRole('link', { name: 'Spring forum' }).press('Enter')
    await expect(manager.getByRole('heading', { name: 'Spring forum' })).toBeVisible()
  })
})

test('the page of servers asks every five seconds at most, and not while it is hidden (U5)', { tag: '@night' }, async ({ site }) => {
  const { manager } = site
  const asked: number[] = []
  await manager.clock.install()
  await manager.route('**/graphql', (route) => {
    if ((route.request().postDataJSON() as { operationName?: string } | null)?.operationName === 'SiteStatus') asked.push(asked.length)
    return route.fallback()
  })
  await manager.goto('/admin/servers')
  await expect(manager.getByText('Everything works')).toBeVisible()
  const show = (value: string) =>
    manager.evaluate((state) => {
      Object.defineProperty(document, 'visibilityState', { value: state, configurable: true })
      document.dispatchEvent(new Event('visibilitychange'))
    }, value)
  const first = asked.length
  await manager.clock.runFor(4_900)
  expect(asked).toHaveLength(first)
  await manager.clock.runFor(200)
  await expect.poll(() => asked.length).toBe(first + 1)
  await show('hidden')
  await manager.clock.runFor(60_000)
  expect(asked).toHaveLength(first + 1)
  await show('visible')
  await expect.poll(() => asked.length).toBe(first + 2)
})

test('what fails has a sentence, and a silent server is marked (U5)', { tag: '@night' }, async ({ site }) => {
  const { manager } = site
  await withStatus(manager, everythingFails)
  await manager.goto('/admin/servers')
  for (const sentence of [
    /^The database cannot be written to\./,
    /^rooms-3:8080 has sent no sign of life since/,
    /:8080 does not hear the other servers\./,
    /:8080 has not done its regular work for too long\./,
    /^The mail server cannot be used\./,
    /^Servers have run two versions since/,
  ])
    await expect(manager.getByText(sentence)).toBeVisible()
  await expect(manager.getByRole('link', { name: 'What the server says' })).toHaveAttribute('href', '/readyz')
  await expect(manager.getByText('Silent', { exact: true })).toBeVisible()
})
