import { beforeEach, describe, expect, it, vi } from 'vitest'
import { speaker } from './speak'

const one = (text: string, toMe = false) => ({ author: 'Ana', text, toMe })

describe('what a screen reader says of the chat', () => {
  beforeEach(() => vi.useFakeTimers())

  function open() {
    const said: string[] = []
    const voice = speaker((text) => said.push(text), { now: () => Date.now(), setTimeout: (run, ms) => setTimeout(run, ms) as unknown as number, clearTimeout })
    return { said, ...voice }
  }

  it('is at most three sentences for a hundred messages in ten seconds', () => {
    const { said, wrote } = open()
    for (let at = 0; at < 100; at++) {
      wrote([one(`message ${at}`)])
      vi.advanceTimersByTime(100)
    }
    expect(said).toEqual(['Ana: message 0', '49 new messages'].concat(said.slice(2)))
    expect(said.length).toBeLessThanOrEqual(3)
    vi.advanceTimersByTime(60_000)
    const counted = said.map((text) => Number(/^(\d+) new/.exec(text)?.[1] ?? 1)).reduce((sum, count) => sum + count)
    expect(counted, 'nothing is left out or counted twice').toBe(100)
  })

  it('is at once what concerns the reader', () => {
    const { said, wrote } = open()
    wrote([one('first')])
    vi.advanceTimersByTime(10)
    wrote([one('second'), one('@Noor third', true)])
    expect(said).toEqual(['Ana: first', 'Ana: @Noor third'])
    vi.advanceTimersByTime(5_000)
    expect(said.at(-1)).toBe('Ana: second')
  })

  it('is cut after 120 characters', () => {
    const { said, wrote } = open()
    wrote([one('𝒳'.repeat(121))])
    vi.advanceTimersByTime(1)
    expect([...(said[0] ?? '')].length).toBe('Ana: '.length + 121)
  })

  it('ends with the page', () => {
    const { said, wrote, stop } = open()
    wrote([one('never')])
    stop()
    vi.advanceTimersByTime(10_000)
    expect(said).toEqual([])
  })
})
