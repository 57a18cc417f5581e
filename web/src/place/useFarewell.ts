import { useCallback, useEffect, useState } from 'react'
import type { Refused } from '../link/Refusal'
import { tabStorage } from '../ui/storage'

const key = (roomId: string) => `usher.farewell.${roomId}`

function kept(roomId: string): Refused | null {
  const text = tabStorage()?.getItem(key(roomId))
  return text ? (JSON.parse(text) as Refused) : null
}

/**
 * Returns why this tab lost a room, and a function to set it. The tab keeps it through reloads until it sees the room
 * again, because the server says it only once.
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
