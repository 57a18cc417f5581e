import { expect, it } from 'vitest'
import { safeNext } from './SignInPage'

it.each([
  ['/rooms/1?x=2', '/rooms/1?x=2'],
  ['//evil.example', '/'],
  ['/\\evil.example', '/'],
  ['https://evil.example', '/'],
  [null, '/'],
])('after signing in, %s leads to %s', (next, path) => expect(safeNext(next)).toBe(path))
