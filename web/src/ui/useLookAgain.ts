import { useEffect, useEffectEvent } from 'react'

const minute = 60_000

/** Runs `run` when the page is seen again, such as after another tab. */
export function useSeenAgain(run: () => void) {
  const look = useEffectEvent(run)
  useEffect(() => {
    const onChange = () => document.visibilityState === 'visible' && look()
    document.addEventListener('visibilitychange', onChange)
    return () => document.removeEventListener('visibilitychange', onChange)
  }, [])
}

/** Runs `run` each minute, or after as many milliseconds, while the page is seen, and when it is seen again. It is for what no event reports. */
export function useLookAgain(run: () => void, every = minute) {
  useSeenAgain(run)
  const look = useEffectEvent(run)
  useEffect(() => {
    const timer = setInterval(() => document.visibilityState === 'visible' && look(), every)
    return () => clearInterval(timer)
  }, [every])
}
