import { act, render, screen } from '@testing-library/react'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { distrustClock, syncClock } from '../graphql/clock'
import { Announcer } from '../ui/Announcer'
import { minute } from '../ui/time'
import { Countdown, left, spoken } from './Countdown'

describe('left', () => {
  const start = Date.parse('2026-11-24T15:00:00.000Z')

  it('splits what is left into days, hours, minutes and seconds', () => {
    const now = start - ((23 * 24 + 7) * 60 + 12) * minute - 45_000
    expect(left(start, now)).toEqual({ days: 23, hours: 7, minutes: 12, seconds: 45 })
  })

  it('shows a begun second as whole, so that zero is shown exactly at the start', () => {
    expect(left(start, start - 1)).toEqual({ days: 0, hours: 0, minutes: 0, seconds: 1 })
    expect(left(start, start)).toBeNull()
    expect(left(start, start + 4 * minute)).toBeNull()
  })
})

describe('spoken', () => {
  it('speaks once when 10, 5 and 1 minute and the start are passed', () => {
    expect(spoken(10 * minute + 1, 10 * minute)).toBe(10)
    expect(spoken(5 * minute + 900, 5 * minute - 100)).toBe(5)
    expect(spoken(minute + 1, minute)).toBe(1)
    expect(spoken(1, 0)).toBe(0)
  })

  it('is silent in between', () => {
    expect(spoken(10 * minute, 10 * minute - 1000)).toBeNull()
    expect(spoken(20 * minute, 19 * minute)).toBeNull()
  })

  it('says the nearest one after a sleep that passed several', () => {
    expect(spoken(20 * minute, 4 * minute)).toBe(5)
    expect(spoken(20 * minute, -minute)).toBe(0)
  })
})

describe('Countdown', () => {
  beforeEach(() => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date', 'performance'] }))

  it('follows the clock of the server, not of the device, and reads out the last minute', () => {
    vi.setSystemTime('2026-11-24T12:00:00.000Z') // three hours behind
    distrustClock()
    syncClock('2026-11-24T14:58:58.000Z', performance.now())
    render(
      <Announcer>
        <Countdown until="2026-11-24T15:00:00.000Z" />
      </Announcer>,
    )
    expect(screen.getByRole('timer').textContent).toBe('hours00minutes01seconds02')
    act(() => void vi.advanceTimersByTime(2_010))
    expect(screen.getByRole('timer').textContent).toBe('hours00minutes01seconds00')
    expect(screen.getAllByRole('status')[0]?.textContent).toBe('The session starts in 1 minute')
  })
})
