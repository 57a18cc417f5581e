import { useEffect, useEffectEvent } from 'react'
import { backoff } from './backoff'

/** Runs `run` again and again, ever more slowly, while something failed. */
export function useTryAgain(failed: boolean, run: () => void) {
  const again = useEffectEvent(run)
  useEffect(() => {
    if (!failed) return
    let timer: number
    const plan = (tries: number) => {
      timer = window.setTimeout(() => {
        again()
        plan(tries + 1)
      }, 500 + backoff(tries))
    }
    plan(0)
    return () => clearTimeout(timer)
  }, [failed])
}
