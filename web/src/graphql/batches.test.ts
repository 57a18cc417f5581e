import { beforeEach, describe, expect, it, vi } from 'vitest'
import { inBatches } from './batches'

type Data = { roomEvents: unknown }

/** Returns a sink of batches, and what came out: each result as its revisions, and how it ended. */
function collected() {
  const out: unknown[] = []
  const batches = inBatches(
    {
      next: ({ data, errors }) => {
        const events = (data as Data | null)?.roomEvents as { revision: number } | { revision: number }[] | undefined
        out.push(errors ? 'errors' : Array.isArray(events) ? events.map(({ revision }) => revision) : events?.revision)
      },
      error: () => out.push('error'),
      complete: () => out.push('complete'),
    },
    250,
  )
  const send = (revision: number, typename = 'ParticipantChanged') => batches.sink.next({ data: { roomEvents: { __typename: typename, revision } } } as never)
  return { ...batches, out, send }
}

describe('the events of a crowd', () => {
  beforeEach(() => vi.useFakeTimers())

  it('come at once while they are few', () => {
    const { send, out } = collected()
    send(1)
    vi.advanceTimersByTime(250)
    vi.advanceTimersByTime(1)
    send(2)
    expect(out).toEqual([1, 2])
  })

  it('come as one list for each pause while they are many, in order, and the last ones too', () => {
    const { send, out } = collected()
    for (let revision = 1; revision <= 6; revision++) {
      send(revision)
      vi.advanceTimersByTime(100)
    }
    vi.advanceTimersByTime(1_000)
    expect(out).toEqual([1, [2, 3], [4, 5], 6])
    send(7)
    expect(out.at(-1)).toBe(7)
  })

  it.each(['SessionStarted', 'ManagerRemoved', 'ParticipantRemoved', 'RolePromoted', 'ResyncRequired', 'RoomDeleted', 'KnownToANewerServer'])('do not delay %s, which comes after all before it', (typename) => {
    const { send, out } = collected()
    for (let revision = 1; revision <= 3; revision++) send(revision)
    send(4, typename)
    send(5)
    expect(out).toEqual([1, [2, 3], 4])
    vi.advanceTimersByTime(250)
    expect(out).toEqual([1, [2, 3], 4, 5])
  })

  it.each(['complete', 'error'] as const)('come before the end of the stream: %s', (end) => {
    const { send, sink, out } = collected()
    for (let revision = 1; revision <= 3; revision++) send(revision)
    if (end === 'complete') sink.complete()
    else sink.error(new Error('gone'))
    vi.advanceTimersByTime(1_000)
    expect(out).toEqual([1, [2, 3], end])
  })

  it('are forgotten by a page that does not follow any more', () => {
    const { send, drop, out } = collected()
    for (let revision = 1; revision <= 3; revision++) send(revision)
    drop()
    vi.advanceTimersByTime(1_000)
    expect(out).toEqual([1])
  })

  it('do not hide an error among them', () => {
    const { send, sink, out } = collected()
    send(1)
    send(2)
    sink.next({ data: null, errors: [{ message: 'no' }] } as never)
    expect(out).toEqual([1, 2, 'errors'])
  })
})
