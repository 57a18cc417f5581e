import { describe, expect, it } from 'vitest'
import { ago, clock, clockThere, elapsed, minute, otherZone, pace, since, span, zoneName } from './time'

describe('words of time', () => {
  const now = Date.parse('2026-11-24T15:00:00.000Z')

  it('tells how far away something is', () => {
    expect(ago(now - 3 * minute, now)).toMatch(/^3 min/)
    expect(ago(now - 10_000, now)).toBe('just now')
    expect(ago(now + 10_000, now)).toBe('now')
    expect(ago(now - 59_999, now)).toBe('just now')
    expect(ago(now - 60_000, now)).toMatch(/^1 min/)
    expect(ago(now - 119_000, now)).toMatch(/^1 min/)
    expect(ago(now + 2 * 60 * minute, now)).toMatch(/^in 2 h/)
  })

  it('never shows a past time as a future one', () => {
    const at = new Date(now + 55_000).toISOString() // the page's clock ticked long ago
    expect(since(at, now)).toBe('just now')
    expect(pace(at, now)).toBe(1_000)
    expect(pace(new Date(now - 2 * minute).toISOString(), now)).toBe(minute)
    expect(pace(null, now)).toBe(minute)
  })

  it('writes the hour without a zero on clocks of 12 hours', () => {
    const shown = clock('2026-11-24T06:20:00.000Z', 'UTC')
    expect(['6:20 AM', '06:20']).toContain(shown.replaceAll('\u202f', ' '))
  })

  it('tells how long something lasts', () => {
    expect(span(20_400)).toBe('20 s')
    expect(span(125_000)).toBe('2 min')
    expect(elapsed('2026-11-24T14:59:52.000Z', now)).toBe('0:08')
    expect(elapsed('2026-11-24T14:35:52.000Z', now)).toBe('24:08')
    expect(elapsed('2026-11-24T13:35:52.000Z', now)).toBe('1:24:08')
  })

  it('tells the weekday of another zone where it is not the viewer’s', () => {
    const zone = new Date(now).getTimezoneOffset() > 0 ? 'Pacific/Pago_Pago' : 'Pacific/Kiritimati'
    expect(clockThere('2026-11-24T12:00:00.000Z', null, 'UTC')).toMatch(/^12:00/)
    expect(clockThere('2026-11-24T10:30:00.000Z', null, zone)).toMatch(/^(Mon|Wed) \d\d:30/)
  })

  it('names a zone by its place, and only where its clocks differ', () => {
    expect(zoneName('America/Argentina/Buenos_Aires')).toBe('Buenos Aires')
    const own = Intl.DateTimeFormat().resolvedOptions().timeZone
    expect(otherZone('2026-11-24T15:00:00.000Z', own)).toBe(false)
    expect(otherZone('2026-11-24T15:00:00.000Z', 'Asia/Kathmandu')).toBe(true)
    expect(otherZone('2026-11-24T15:00:00.000Z', 'Nowhere/Land')).toBe(false)
  })
})
