import { expect, test } from 'vitest'
import { empty, fillIn, isNamed, isTyped, withEmail } from './draft'

const noor = { email: 'noor@example.net', firstName: 'Noor', lastName: 'Haddad' }
const sam = { email: 'sam@example.org', firstName: 'Sam', lastName: 'Rivers' }
const names = ({ firstName, lastName }: { firstName: string; lastName: string }) => [firstName, lastName]

test('the names of a chosen person go when the address changes', () => {
  const changed = withEmail(fillIn(empty, noor, 'account'), 'noor@example.com')
  expect(names(changed)).toEqual(['', ''])
  expect(changed.filled).toBeNull()
})

test('the names stay while the address is the same, apart from case and spaces', () => {
  const same = withEmail(fillIn(empty, noor, 'account'), ' Noor@Example.net ')
  expect(names(same)).toEqual(['Noor', 'Haddad'])
  expect(same.filled?.source).toBe('account')
})

test('what was typed before a person was chosen comes back when the address changes', () => {
  const typed = { ...empty, email: 'le', firstName: 'Lena', lastName: 'Fischer' }
  const second = fillIn(fillIn(typed, noor, 'account'), sam, 'account')
  expect(names(second)).toEqual(['Sam', 'Rivers'])
  expect(names(withEmail(second, 'lena@example.org'))).toEqual(['Lena', 'Fischer'])
})

test('a name that was edited belongs to whoever edited it', () => {
  const edited = { ...fillIn(empty, noor, 'account'), lastName: 'Haddad-Weber' }
  expect(names(withEmail(edited, 'noor@example.com'))).toEqual(['', 'Haddad-Weber'])
})

test('a role alone is nothing that somebody would miss', () => {
  expect(isTyped({ ...empty, role: 'SPEAKER', email: ' ' })).toBe(false)
  expect(isTyped({ ...empty, email: 'n' })).toBe(true)
})

test('an account with one name declares it, and a pasted text does not', () => {
  const lou = { email: 'lou@example.org', firstName: 'Lou', lastName: '' }
  expect(isNamed(fillIn(empty, lou, 'account'))).toBe(true)
  expect(isNamed(fillIn(empty, lou, 'text'))).toBe(false)
  const changed = withEmail(fillIn(empty, lou, 'account'), 'lena@example.org')
  expect(changed.oneName).toBe(false)
})
