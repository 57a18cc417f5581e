import { expect, test } from 'vitest'

import { searchable } from './searchable'

test('a search takes 100 characters and 8 words of what is typed', () => {
  expect(searchable('  grace   hopper ')).toBe('grace hopper')
  expect(searchable('a b c d e f g h')).toBe('a b c d e f g h')
  expect(searchable('a b c d e f g h i')).toBe('a b c d e f g h')
  expect(searchable('x'.repeat(100))).toBe('x'.repeat(100))
  expect(searchable('x'.repeat(101))).toBe('x'.repeat(100))
  expect(searchable('🔑'.repeat(101))).toBe('🔑'.repeat(100))
  expect(searchable('   ')).toBe('')
})
