// What this browser saved into calendars: by session, the sequence of what was saved, and whether a file can update it.
// It outlives the tab, since people come back days later.
const key = 'usher.calendar'
const most = 50

export interface Saved {
  session: string
  sequence: number
  file: boolean
}

function read(): Saved[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(key) ?? '[]')
    return Array.isArray(kept) ? (kept as Saved[]) : []
  } catch {
    return []
  }
}

/** Returns what was saved of a session last, or null. */
export const savedOf = (session: string): Saved | null => read().find((one) => one.session === session) ?? null

/** Remembers that a session was saved, of the last fifty. */
export function remember(saved: Saved) {
  try {
    localStorage.setItem(key, JSON.stringify([saved, ...read().filter(({ session }) => session !== saved.session)].slice(0, most)))
  } catch {
    // This browser keeps nothing. The page then cannot say that a saved file is old.
  }
}
