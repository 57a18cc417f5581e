import { useEffect, useEffectEvent } from 'react'

const channel = 'usher.name'

/** Tells the other tabs of this browser that the account has another name. */
export function announceName() {
  const tabs = new BroadcastChannel(channel)
  // A channel has no target origin: it reaches only this one.
  // oxlint-disable-next-line unicorn/require-post-message-target-origin
  tabs.postMessage(null)
  tabs.close()
}

/** Runs `run` when another tab of this browser changed the account's name. */
export function useRenamed(run: () => void) {
  const renamed = useEffectEvent(run)
  useEffect(() => {
    const tabs = new BroadcastChannel(channel)
    tabs.addEventListener('message', () => renamed())
    return () => tabs.close()
  }, [])
}
