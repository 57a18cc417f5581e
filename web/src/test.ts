import { cleanup } from '@testing-library/react'
import { afterAll, afterEach, vi } from 'vitest'

/** jsdom lays nothing out, so no element ever gets another size. */
globalThis.ResizeObserver ??= class {
  observe() {}
  unobserve() {}
  disconnect() {}
}

/** Leaves nothing behind, because all test files share one document. */
afterEach(() => {
  cleanup()
  vi.useRealTimers()
  localStorage.clear()
  sessionStorage.clear()
  history.replaceState(null, '', '/')
})

/** Has the next file load the app's modules again, which keep what they learned. */
afterAll(() => vi.resetModules())
