import { beforeEach, describe, expect, it, vi } from 'vitest'
import { backoff, isFinal } from './backoff'
import { gather, spread } from './gather'
import { resuming } from './resume'

describe('backoff', () => {
  it('jitters over the whole span, which doubles from half a second to thirty', () => {
    const ceiling = (tries: number) => backoff(tries, () => 1)
    expect([0, 1, 2, 5, 6, 50].map(ceiling)).toEqual([500, 1_000, 2_000, 16_000, 30_000, 30_000])
    expect(backoff(4, () => 0)).toBe(0)
  })
})

describe('isFinal', () => {
  it.each([4400, 4401, 4403, 4409, 4429])('%i ends the connection for good', (code) => expect(isFinal({ code })).toBe(true))
  it.each([1000, 1001, 1006, 1012, 1013, 4408, 4499])('%i is tried again', (code) => expect(isFinal({ code })).toBe(false))
  it('takes a failed connection for one to be tried again', () => expect(isFinal(new Event('error'))).toBe(false))
})

describe('resuming', () => {
  const event = (revision: number, typename = 'ParticipantChanged') => ({ data: { roomEvents: { __typename: typename, revision } } })
  function open(after: number | undefined) {
    const sink = { next: vi.fn(), error: vi.fn(), complete: vi.fn() }
    const { variables, sink: wrapped } = resuming({ roomId: 'r', after }, sink)
    return { sink, wrapped, sent: () => JSON.parse(JSON.stringify(variables)) as { after?: number } }
  }

  it('asks after the newest event when graphql-ws subscribes again', () => {
    const { sink, wrapped, sent } = open(7)
    wrapped.next(event(8))
    wrapped.next(event(12))
    expect(sent().after).toBe(12)
    expect(sink.next).toHaveBeenCalledTimes(2)
  })

  it('drops what was delivered before', () => {
    const { sink, wrapped } = open(7)
    wrapped.next(event(8))
    wrapped.next(event(8))
    wrapped.next(event(7))
    expect(sink.next).toHaveBeenCalledOnce()
  })

  it('goes back with the server when it asks to read again', () => {
    const { sink, wrapped, sent } = open(90)
    wrapped.next(event(3, 'ResyncRequired'))
    expect(sent().after).toBe(3)
    expect(sink.next).toHaveBeenCalledOnce()
    wrapped.next(event(4))
    expect(sink.next).toHaveBeenCalledTimes(2)
  })

  it('leaves subscriptions without revisions as they are', () => {
    const { sink, wrapped } = open(undefined)
    wrapped.next({ data: { presence: { online: 1 } } })
    wrapped.next({ data: { presence: { online: 1 } } })
    expect(sink.next).toHaveBeenCalledTimes(2)
  })

  it('tells of an end that came before any event', () => {
    const { sink, wrapped } = open(7)
    wrapped.complete()
    expect(sink.next).toHaveBeenCalledWith({ data: null, hasNext: false })
    expect(sink.complete).toHaveBeenCalledOnce()
  })
})

describe('gather', () => {
  beforeEach(() => vi.useFakeTimers())

  it('runs the first call at once and all others of the span as one more', () => {
    const run = vi.fn()
    const { call } = gather(run, 1_000)
    call()
    call()
    call()
    expect(run).toHaveBeenCalledTimes(1)
    vi.advanceTimersByTime(1_000)
    expect(run).toHaveBeenCalledTimes(2)
    vi.advanceTimersByTime(5_000)
    expect(run).toHaveBeenCalledTimes(2)
  })

  it('forgets what was called when it is cancelled', () => {
    const run = vi.fn()
    const { call, cancel } = gather(run, 1_000)
    call()
    call()
    cancel()
    vi.advanceTimersByTime(5_000)
    expect(run).toHaveBeenCalledTimes(1)
  })
})

describe('spread', () => {
  beforeEach(() => vi.useFakeTimers())

  it('runs all calls as one, at a moment by chance, and the next ones after it', () => {
    const run = vi.fn()
    const { call } = spread(run, 1_000, () => 0.5)
    call()
    call()
    vi.advanceTimersByTime(499)
    expect(run).toHaveBeenCalledTimes(0)
    vi.advanceTimersByTime(1)
    expect(run).toHaveBeenCalledTimes(1)
    vi.advanceTimersByTime(5_000)
    expect(run).toHaveBeenCalledTimes(1)
    call()
    vi.advanceTimersByTime(500)
    expect(run).toHaveBeenCalledTimes(2)
  })

  it('forgets what was called when it is cancelled', () => {
    const run = vi.fn()
    const { call, cancel } = spread(run, 1_000)
    call()
    cancel()
    vi.advanceTimersByTime(5_000)
    expect(run).toHaveBeenCalledTimes(0)
  })
})
