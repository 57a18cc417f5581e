import { useEffect, useState } from 'react'
import { pace } from '../ui/time'

// The server's clock decides. It is anchored to the page's monotonic timer, so the device's own clock does not matter. The
// anchor with the shortest round trip is the best one. It expires, because some browsers stop the timer during sleep.
let anchor = { server: Date.now(), page: performance.now(), trip: Infinity }
const worse = 5 * 60_000

/** Sets the clock by an answer's server time. `sent` and `received` are readings of performance.now(). */
export function syncClock(serverTime: string, sent: number, received: number = performance.now()) {
  const trip = received - sent
  if (trip > anchor.trip && received - anchor.page < worse) return
  anchor = { server: Date.parse(serverTime) + trip / 2, page: received, trip }
}

/** Lets the next answer replace the anchor, after sleep. */
export function distrustClock() {
  anchor = { ...anchor, trip: Infinity }
}

/** Reports whether an answer set the clock since the page was loaded, or since the device slept. */
export const clockIsTrusted = () => anchor.trip !== Infinity

/** Returns the server's time in milliseconds since the epoch. */
export function serverNow(): number {
  return anchor.server + performance.now() - anchor.page
}

/** Returns the server's time, and renders again as often as words about an instant change. */
export function useNowNear(at: string | null | undefined): number {
  const [step, setStep] = useState(() => pace(at, serverNow()))
  const now = useServerNow(step)
  const next = pace(at, now)
  if (next !== step) setStep(next)
  return now
}

/** Returns the server's time, and renders again at each whole `step` of milliseconds, without drift. */
export function useServerNow(step: number): number {
  const [now, setNow] = useState(serverNow)
  useEffect(() => {
    let timer: number
    const tick = () => {
      const at = serverNow()
      setNow(at)
      timer = window.setTimeout(tick, step - (at % step) + 5)
    }
    tick()
    const onVisible = () => document.visibilityState === 'visible' && setNow(serverNow())
    document.addEventListener('visibilitychange', onVisible)
    return () => {
      clearTimeout(timer)
      document.removeEventListener('visibilitychange', onVisible)
    }
  }, [step])
  return now
}
