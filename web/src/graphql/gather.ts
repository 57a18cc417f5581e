/**
 * Gathers calls: the first runs at once, all that come within `ms` after it become one more. For lists that are read
 * again when many events come at once.
 */
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
