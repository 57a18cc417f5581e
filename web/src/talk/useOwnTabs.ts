import { useEffect, useEffectEvent, useRef } from 'react'
import type { Question } from './questions'

/**
 * Returns a function that shows what the reader asked to the other tabs of this browser, and hears of it from them. No event tells an
 * author of a question that waits.
 */
export function useOwnTabs(meId: string, onAsked: (mine: Question) => void): (mine: Question) => void {
  const channel = useRef<BroadcastChannel>(null)
  const hear = useEffectEvent(onAsked)
  useEffect(() => {
    const opened = new BroadcastChannel(`usher.asked.${meId}`)
    opened.addEventListener('message', ({ data }: MessageEvent<Question>) => hear(data))
    channel.current = opened
    return () => opened.close()
  }, [meId])
  return (mine) => channel.current?.postMessage(mine)
}
