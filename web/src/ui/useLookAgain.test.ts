import { renderHook } from '@testing-library/react'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { useLookAgain, useSeenAgain } from './useLookAgain'

const see = (state: DocumentVisibilityState) => {
  vi.spyOn(document, 'visibilityState', 'get').mockReturnValue(state)
  document.dispatchEvent(new Event('visibilitychange'))
}

describe('looking again', () => {
  beforeEach(() => void vi.useFakeTimers())

  it('happens each minute while the page is seen, and when it is seen again', () => {
    const run = vi.fn<() => void>()
    const { unmount } = renderHook(() => useLookAgain(run))
    vi.advanceTimersByTime(59_999)
    expect(run).toHaveBeenCalledTimes(0)
    vi.advanceTimersByTime(1)
    expect(run).toHaveBeenCalledTimes(1)
    see('hidden')
    vi.advanceTimersByTime(600_000)
    expect(run).toHaveBeenCalledTimes(1)
    see('visible')
    expect(run).toHaveBeenCalledTimes(2)
    unmount()
    vi.advanceTimersByTime(600_000)
    see('visible')
    expect(run).toHaveBeenCalledTimes(2)
  })

  it('happens sooner while something is about to change', () => {
    const run = vi.fn<() => void>()
    const { rerender } = renderHook(({ every }: { every?: number }) => useLookAgain(run, every), { initialProps: { every: 2_000 } as { every?: number } })
    vi.advanceTimersByTime(4_000)
    expect(run).toHaveBeenCalledTimes(2)
    rerender({})
    vi.advanceTimersByTime(59_999)
    expect(run).toHaveBeenCalledTimes(2)
    vi.advanceTimersByTime(1)
    expect(run).toHaveBeenCalledTimes(3)
  })

  it('happens without a timer only when the page is seen again', () => {
    const run = vi.fn<() => void>()
    renderHook(() => useSeenAgain(run))
    vi.advanceTimersByTime(600_000)
    expect(run).toHaveBeenCalledTimes(0)
    see('visible')
    expect(run).toHaveBeenCalledTimes(1)
  })
})
