import { useCallback, useEffect, useState } from 'react'
import type { Refused } from '../link/Refusal'
import { tabStorage } from '../ui/storage'

const key = (roomId: string) => `usher.farewell.${roomId}`

function kept(roomId: string): Refused | null {
  const text = tabStorage()?.getItem(key(roomId))
  return text ? (JSON.parse(text) as Refused) : null
}

/**
 * Why this tab lost a room, and how to say so. It is kept for the tab until the room is seen again: the server told it
 * once, and who has no access any more cannot ask when the page is loaded again.
 */
export function useFarewell(roomId: string, seen: boolean): [Refused | null, (why: Refused) => void] {
  const [why, setWhy] = useState(() => kept(roomId))
  useEffect(() => {
    if (seen) tabStorage()?.removeItem(key(roomId))
  }, [seen, roomId])
  const say = useCallback(
    (refused: Refused) => {
      tabStorage()?.setItem(key(roomId), JSON.stringify(refused))
      setWhy(refused)
    },
    [roomId],
  )
  return [why, say]
}
