import { useEffect, useRef } from 'react'
import type { SessionState } from '../graphql/generated/graphql'
import { useVoice } from '../ui/Announcer'
import { ring } from '../ui/ring'

/** Says once that the session has started, with a soft sound, if it starts while the page waits for it. */
export function useStarted(state: SessionState | undefined, words: string) {
  const { say } = useVoice()
  const before = useRef(state)
  useEffect(() => {
    const starts = before.current === 'SCHEDULED' && state === 'OPEN'
    before.current = state
    if (!starts) return
    say(words)
    ring()
  }, [state, words, say])
}
