import { describe, expect, it } from 'vitest'
import { ago, elapsed, instant, minute, otherZone, span, wallClock, zoneName } from './time'

describe('instant', () => {
  it.each([
    ['in winter', '2026-11-24', '15:00', 'Europe/Lisbon', '2026-11-24T15:00:00.000Z'],
    ['in summer', '2026-07-01', '15:00', 'Europe/Paris', '2026-07-01T13:00:00.000Z'],
    ['west of Greenwich', '2026-11-24', '20:30', 'America/New_York', '2026-11-25T01:30:00.000Z'],
    ['where zones are not whole hours', '2026-11-24', '05:45', 'Asia/Kathmandu', '2026-11-24T00:00:00.000Z'],
    ['after clocks went back that night', '2026-10-25', '09:00', 'Europe/Paris', '2026-10-25T08:00:00.000Z'],
  ])('finds what clocks show %s', (_name, date, time, zone, utc) => {
    expect(instant(date, time, zone)).toBe(utc)
    expect(wallClock(utc, zone)).toEqual({ date, time })
  })

  it('is empty where something is missing', () => {
    expect(instant('', '15:00', 'UTC')).toBeNull()
    expect(instant('2026-11-24', '', 'UTC')).toBeNull()
  })
})

describe('words of time', () => {
  const now = Date.parse('2026-11-24T15:00:00.000Z')

  it('tells how far away something is', () => {
    expect(ago(now - 3 * minute, now)).toMatch(/^3 min/)
    expect(ago(now - 10_000, now)).toBe('now')
    expect(ago(now + 2 * 60 * minute, now)).toMatch(/^in 2 h/)
  })

  it('tells how long something lasts', () => {
    expect(span(20_400)).toBe('20 sec')
    expect(span(125_000)).toBe('2 min')
    expect(elapsed('2026-11-24T14:35:52.000Z', now)).toBe('24:08')
    expect(elapsed('2026-11-24T13:35:52.000Z', now)).toBe('1:24:08')
  })

  it('names a zone by its place, and only where its clocks differ', () => {
    expect(zoneName('America/Argentina/Buenos_Aires')).toBe('Buenos Aires')
    const own = Intl.DateTimeFormat().resolvedOptions().timeZone
    expect(otherZone('2026-11-24T15:00:00.000Z', own)).toBe(false)
    expect(otherZone('2026-11-24T15:00:00.000Z', 'Asia/Kathmandu')).toBe(true)
    expect(otherZone('2026-11-24T15:00:00.000Z', 'Nowhere/Land')).toBe(false)
  })
})
