import { expect, it } from 'vitest'
import { marked } from './mark'

const show = (text: string, typed: string) => marked(text, typed).map((piece) => (piece.hit ? `[${piece.text}]` : piece.text)).join('')

it.each([
  ['Olena Vira', 'ol', '[Ol]ena Vira'],
  ['Ümit Ölcay', 'ol', 'Ümit [Öl]cay'],
  ['olena.vira@example.org', 'vi', 'olena.[vi]ra@example.org'],
  ['Nicole', 'ol', 'Nicole'],
  ['Olena Vira', 'vira ole', '[Ole]na [Vira]'],
])('in %s the words that begin with “%s” are marked', (text, typed, seen) => expect(show(text, typed)).toBe(seen))
