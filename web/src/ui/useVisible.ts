import { useSyncExternalStore } from 'react'

function subscribe(listener: () => void) {
  document.addEventListener('visibilitychange', listener)
  return () => document.removeEventListener('visibilitychange', listener)
}

/** Reports whether the browser shows the page now, rather than another tab. */
export const useVisible = () => useSyncExternalStore(subscribe, () => document.visibilityState === 'visible')
