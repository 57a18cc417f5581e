import { useEffect, useRef } from 'react'
import { useGathered } from '../graphql/gather'
import { t } from '../texts'
import { useVoice } from '../ui/Announcer'
import { chime } from '../ui/chime'

/** Announces people who begin to wait with a sound and a sentence, at most every five seconds. */
export function useKnock(waiting: string[]) {
  const { say } = useVoice()
  const known = useRef<Set<string>>(new Set())
  const knock = useGathered(() => {
    if (waiting.length === 0) return
    chime()
    say(t.people.waitNow(waiting.length))
  }, 5_000)
  const key = waiting.join()
  useEffect(() => {
    const ids = key ? key.split(',') : []
    const more = ids.some((id) => !known.current.has(id))
    known.current = new Set(ids)
    if (more) knock()
  }, [key, knock])
}
