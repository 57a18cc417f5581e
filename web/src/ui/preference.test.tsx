import { act, renderHook } from '@testing-library/react'
import { describe, expect, it, vi } from 'vitest'
import { prefer, preference, usePreference } from './preference'
import { clock, dayAndClock, exact } from './time'


const noon = '2026-11-24T12:05:00.000Z'
const midnight = '2026-11-24T00:05:00.000Z'
const plain = (text: string) => text.replaceAll('\u202f', ' ')

describe('what is chosen for a browser', () => {
  it('is nothing at first, and again after the device’s way is chosen', () => {
    expect(preference('theme')).toBeNull()
    prefer('theme', 'dark')
    expect(preference('theme')).toBe('dark')
    prefer('theme', null)
    expect(preference('theme')).toBeNull()
    expect(localStorage.length).toBe(0)
  })

  it('reaches components of this tab, and those of another', () => {
    const { result } = renderHook(() => usePreference('sound'))
    act(() => prefer('sound', 'off'))
    expect(result.current).toBe('off')
    act(() => {
      localStorage.removeItem('usher.sound') // by another tab
      window.dispatchEvent(new StorageEvent('storage', { key: 'usher.sound', newValue: null }))
    })
    expect(result.current).toBeNull()
  })

  it('is nothing in a browser that stores nothing, and choosing fails nothing', () => {
    vi.spyOn(Storage.prototype, 'getItem').mockImplementation(() => {
      throw new DOMException('blocked', 'SecurityError')
    })
    vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
      throw new DOMException('full', 'QuotaExceededError')
    })
    expect(preference('clock')).toBeNull()
    prefer('clock', '12')
    expect(plain(clock(noon, 'UTC'))).toMatch(/^12:05/)
  })
})

describe('the clock', () => {
  it.each([
    ['12', '12:05 PM', '12:05 AM'],
    ['24', '12:05', '00:05'],
  ] as const)('of %s hours writes noon and midnight', (hours, atNoon, atMidnight) => {
    prefer('clock', hours)
    expect(plain(clock(noon, 'UTC')).toUpperCase()).toBe(atNoon)
    expect(plain(clock(midnight, 'UTC')).toUpperCase()).toBe(atMidnight)
  })

  it('changes every time that has hours', () => {
    prefer('clock', '12')
    for (const text of [clock(noon), dayAndClock(noon), exact(noon)]) expect(plain(text)).toMatch(/[ap]m/i)
    prefer('clock', '24')
    for (const text of [clock(noon), dayAndClock(noon), exact(noon)]) expect(plain(text)).not.toMatch(/[ap]m/i)
  })

  it('is the automatic one for a choice that no version knows', () => {
    const automatic = clock(noon, 'UTC')
    localStorage.setItem('usher.clock', 'sundial')
    expect(clock(noon, 'UTC')).toBe(automatic)
  })
})
