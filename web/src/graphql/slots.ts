/** Permission to hold a connection open. With `turn`, only for a moment: other tabs wait for it. */
export interface Slot {
  turn: boolean
  release: () => void
}

// Over HTTP/1.1 a browser keeps six connections to a host, for all its tabs. Four of them may be streams and one takes turns, so
// one at least is left for queries.
const lasting = ['0', '1', '2', '3'].map((name) => `usher.stream.${name}`)
const turns = 'usher.stream.turns'

/**
 * Returns a slot as soon as there is one, or null if the signal comes first. There is no limit over HTTP/2 and later, or where the
 * browser has no locks: those need a secure context.
 */
export async function takeSlot(signal: AbortSignal): Promise<Slot | null> {
  const [page] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[]
  if (!navigator.locks || /^h[23]/.test(page?.nextHopProtocol ?? '')) return { turn: false, release: () => {} }
  for (const name of lasting) {
    const release = await hold(name, { ifAvailable: true })
    if (release) return { turn: false, release }
  }
  const release = await hold(turns, { signal })
  return release && { turn: true, release }
}

/** Acquires a lock. Returns the function that releases it, or null. */
function hold(name: string, options: LockOptions): Promise<(() => void) | null> {
  return new Promise((resolve) => {
    navigator.locks
      .request(name, options, (lock) => (lock ? new Promise<void>((release) => resolve(() => release())) : resolve(null)))
      .catch(() => resolve(null))
  })
}
