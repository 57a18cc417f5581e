import { expect, it } from 'vitest'
import { initials, tint } from './Avatar'

it.each([
  ['Olena Vira', 'OV'],
  ['Олександра Віра', 'ОВ'],
  ['Maximiliane-Theresia Olivia Annegret', 'MO'],
  ['Cher', 'C'],
  ['نور ليلى', 'ن'],
  ['さくら みどり', 'さ'],
  ['  ', ''],
])('the initials of %s are %s', (name, letters) => expect(initials(name)).toBe(letters))

it('a tint is one of six and stays the same', () => {
  const tints = Array.from({ length: 200 }, (_, index) => tint(`person-${index}`))
  expect(new Set(tints)).toEqual(new Set([1, 2, 3, 4, 5, 6]))
  expect(tint('person-7')).toBe(tints[7])
})
