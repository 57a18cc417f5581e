import { expect, test } from './site'

test('a page that cannot be loaded yet says so, and appears once the server answers', async ({ site }) => {
  const { manager } = site
  let fails = (_operation?: string) => true
  await manager.route('**/graphql', (route) => {
    const request = route.request().postDataJSON() as { operationName?: string } | null
    if (!fails(request?.operationName)) return route.fallback()
    return route.fulfill({ json: { errors: [{ message: 'Away.', extensions: { code: 'SERVICE_UNAVAILABLE' } }], data: null } })
  })
  await manager.goto('/admin/servers')
  await expect(manager.getByText('The server is not available right now. Try again in a minute.')).toBeVisible()
  fails = () => false
  await expect(manager.getByText('Everything works')).toBeVisible()
  // What a part of a page asks for may fail alone. People read it again by the button.
  fails = (operation) => operation === 'SitePolicy'
  await manager.getByRole('navigation', { name: 'Site' }).getByRole('link', { name: 'Rules' }).click()
  await expect(manager.getByText('The server is not available right now. Try again in a minute.')).toBeVisible()
  fails = () => false
  await manager.getByRole('button', { name: 'Try again' }).click()
  await expect(manager.getByRole('heading', { name: 'Blocked domains' })).toBeVisible()
})
