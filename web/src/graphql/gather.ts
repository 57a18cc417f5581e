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

/** Gathers calls into one, which runs at a moment by chance within `ms`. So pages that hear the same event do not all ask at once. */
export function spread(run: () => void, ms: number, random: () => number = Math.random): { call: () => void; cancel: () => void } {
  let timer: ReturnType<typeof setTimeout> | undefined
  return {
    call: () => {
      timer ??= setTimeout(() => {
        timer = undefined
        run()
      }, random() * ms)
    },
    cancel: () => {
      clearTimeout(timer)
      timer = undefined
    },
  }
}

/** Returns a function that runs `run`, spread. For what every page of a crowd reads again after the same event. */
export function useSpread(run: () => void, ms: number): () => void {
  const latest = useEffectEvent(run)
  const spreading = useRef<ReturnType<typeof spread>>(null)
  useEffect(() => {
    const made = spread(() => latest(), ms)
    spreading.current = made
    return made.cancel
  }, [ms])
  return useCallback(() => spreading.current?.call(), [])
}
