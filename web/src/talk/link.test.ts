import { describe, expect, it } from 'vitest'
import { piecesOf } from './link'

describe('links in messages', () => {
  it.each([
    ['see https://example.org/a b', ['see ', { href: 'https://example.org/a', words: 'example.org/a' }, ' b']],
    ['https://example.org.', [{ href: 'https://example.org/', words: 'example.org' }, '.']],
    ['(https://example.org/a_(b))', ['(', { href: 'https://example.org/a_(b)', words: 'example.org/a_(b)' }, ')']],
    ['HTTP://EXAMPLE.org', [{ href: 'http://example.org/', words: 'EXAMPLE.org' }]],
    ['https://例え.jp/一', [{ href: 'https://xn--r8jz45g.jp/%E4%B8%80', words: 'xn--r8jz45g.jp/一' }]],
    ['https://раypal.com/a', [{ href: 'https://xn--ypal-43d9g.com/a', words: 'xn--ypal-43d9g.com/a' }]],
    ['https://münchen.example', [{ href: 'https://xn--mnchen-3ya.example/', words: 'münchen.example' }]],
  ])('%s', (text, pieces) => {
    expect(piecesOf(text)).toEqual(pieces)
  })

  it.each(['javascript:alert(1)', 'data:text/html,x', 'example.org', 'ftp://example.org', 'https://', 'https://user:word@example.org/', '"><img onerror=alert(1)>'])('are not made of %s', (text) => {
    expect(piecesOf(text)).toEqual([text])
  })

  it('stand for no part of the text that they do not have', () => {
    for (const text of ['a https://b.example/c?d=e#f, g', 'https://a.example https://b.example', '  https://a.example\n\nb'])
      expect(piecesOf(text).map((piece) => (typeof piece === 'string' ? piece : `https://${piece.words}`)).join('')).toBe(text)
  })
})
