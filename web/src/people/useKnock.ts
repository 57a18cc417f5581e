import { useEffect, useRef } from 'react'
import { useGathered } from '../graphql/gather'
import { t } from '../texts'
import { useVoice } from '../ui/Announcer'
import { ring } from '../ui/ring'

/**
 * Announces people who begin to wait with a sound and a sentence, at most every five seconds. `waiting` has the ids of those who
 * were read, `beyond` how many more there were then, and `count` how many wait in all.
 */
export function useKnock(waiting: string[], beyond: number, count: number) {
  const { say } = useVoice()
  const known = useRef({ ids: new Set<string>(), beyond: 0 })
  const knock = useGathered(() => {
    if (waiting.length === 0) return
    ring()
    say(t.people.waitNow(Math.max(count, waiting.length)))
  }, 5_000)
  const key = waiting.join()
  useEffect(() => {
    const ids = key ? key.split(',') : []
    const more = beyond > known.current.beyond || ids.some((id) => !known.current.ids.has(id))
    known.current = { ids: new Set(ids), beyond }
    if (more) knock()
  }, [key, beyond, knock])
}
