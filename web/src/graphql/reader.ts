import { backoff } from './backoff'

/**
 * Returns a reader that runs `read` once at a time, and again until it reports that the server answered. An answer under way lacks what
 * happened since it was asked for, so another call waits for it, and reads after it.
 */
export function openReader(read: () => Promise<boolean>): { read: () => void; stop: () => void } {
  let reading = false
  let again = false
  let stopped = false
  let timer: ReturnType<typeof setTimeout> | undefined
  const run = async (tries: number) => {
    reading = true
    again = false
    const answered = await read()
    if (stopped) return
    if (!answered) {
      timer = setTimeout(() => void run(tries + 1), 500 + backoff(tries))
      return
    }
    reading = false
    if (again) void run(0)
  }
  return {
    read: () => {
      again = reading
      if (!reading && !stopped) void run(0)
    },
    stop: () => {
      stopped = true
      clearTimeout(timer)
    },
  }
}
