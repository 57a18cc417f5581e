import { describe, expect, it } from 'vitest'
import { ago, clockThere, elapsed, minute, otherZone, span, zoneName } from './time'

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
