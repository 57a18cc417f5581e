import { expectAccessible } from './people'
import { expect, test } from './site'

test('a forged link names no room, and a whole one can be pasted', async ({ site }) => {
  const guest = await site.person({ phone: true })
  await guest.goto('/join#u1_forged')
  await expect(guest.getByRole('heading', { name: 'This link is not valid' })).toBeVisible()
  await expect(guest.getByLabel('Your link')).toBeVisible()
  await expectAccessible(guest)
})
