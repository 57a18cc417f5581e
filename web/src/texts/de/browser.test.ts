import { expect, it } from 'vitest'
import { browserName } from './browser'

it.each([
  ['Firefox on Linux', 'Firefox unter Linux'],
  ['Chrome on Android', 'Chrome unter Android'],
  ['Safari', 'Safari'],
  ['', ''],
])('says %s in German', (name, german) => {
  expect(browserName(name)).toBe(german)
})
