import { useEffect, useState } from 'react'

// The server's clock decides. It is anchored to the monotonic timer of the page, so that somebody who sets their
// own clock meanwhile moves nothing. The anchor with the shortest round trip is the best one; it ages so that sleep,
// which stops the timer in some browsers, is mended by the next answer.
let anchor = { server: Date.now(), page: performance.now(), trip: Infinity }
const worse = 5 * 60_000

/** Takes over the time that the server told in an answer: `sent` and now are readings of performance.now(). */
export function syncClock(serverTime: string, sent: number, received: number = performance.now()) {
  const trip = received - sent
  if (trip > anchor.trip && received - anchor.page < worse) return
  anchor = { server: Date.parse(serverTime) + trip / 2, page: received, trip }
}

/** Forgets how good the anchor was, so that the next answer replaces it: after sleep. */
export function distrustClock() {
  anchor = { ...anchor, trip: Infinity }
}

/** Whether the server has told its time since the page was loaded, or since the device slept. */
export const clockIsTrusted = () => anchor.trip !== Infinity

/** Milliseconds since the epoch by the server's clock. */
export function serverNow(): number {
  return anchor.server + performance.now() - anchor.page
}

/** The server's time, again at each whole `step` of milliseconds; the drawing follows the clock and never drifts. */
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
