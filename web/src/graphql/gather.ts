import { useCallback, useEffect, useEffectEvent, useRef } from 'react'

/** Gathers calls: the first runs at once, and all that come within `ms` after it become one more. */
export function gather(run: () => void, ms: number): { call: () => void; cancel: () => void } {
  let timer: ReturnType<typeof setTimeout> | undefined
  let again = false
  const open = () => {
    timer = undefined
    if (again) {
      again = false
      call()
    }
  }
  const call = () => {
    if (timer !== undefined) {
      again = true
      return
    }
    timer = setTimeout(open, ms)
    run()
  }
  return {
    call,
    cancel: () => {
      clearTimeout(timer)
      timer = undefined
      again = false
    },
  }
}

/** Returns a function that runs `run`, gathered. For lists that are read again when many events come at once. */
export function useGathered(run: () => void, ms: number): () => void {
  const latest = useEffectEvent(run)
  const gathered = useRef<ReturnType<typeof gather>>(null)
  useEffect(() => {
    const made = gather(() => latest(), ms)
    gathered.current = made
    return made.cancel
  }, [ms])
  return useCallback(() => gathered.current?.call(), [])
}
