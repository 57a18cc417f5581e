import { describe, expect, it } from 'vitest'
import { eventReader, type ServerEvent } from './events'

function read(pieces: string[]) {
  const events: ServerEvent[] = []
  const retries: number[] = []
  const take = eventReader((event) => events.push(event), (milliseconds) => retries.push(milliseconds))
  for (const piece of pieces) take(piece)
  return { events, retries }
}

describe('eventReader', () => {
  const stream = 'retry: 2500\n\n:\n\nevent: next\ndata: {"id":"1"}\n\nevent: complete\ndata:\n\ndata: a\ndata: b\n\n'
  const events = [
    { event: 'next', data: '{"id":"1"}' },
    { event: 'complete', data: '' },
    { event: 'message', data: 'a\nb' },
  ]

  it.each([1, 2, 3, 7, 1_000])('reads events in pieces of %i characters', (size) => {
    const pieces = stream.match(new RegExp(`[^]{1,${size}}`, 'g')) ?? []
    expect(read(pieces)).toEqual({ events, retries: [2500] })
  })

  it('reads lines that end as on other systems', () => {
    expect(read([stream.replaceAll('\n', '\r\n')]).events).toEqual(events)
  })

  it('keeps an event that is not complete, and ignores what it does not know', () => {
    expect(read(['id: 7\nretry: soon\nfoo\ndata: a\n'])).toEqual({ events: [], retries: [] })
  })
})
