import { useCallback, useEffect, useState } from 'react'
import type { Refused } from '../link/Refusal'
import { tabStorage } from '../ui/storage'

const key = (roomId: string) => `usher.farewell.${roomId}`

/** Why somebody lost a room, and which it was: the server no longer shows it. */
export interface Farewell extends Refused {
  roomTitle?: string
  invitedBy?: string | null
}

function kept(roomId: string): Farewell | null {
  const text = tabStorage()?.getItem(key(roomId))
  return text ? (JSON.parse(text) as Farewell) : null
}

/**
 * Returns why this tab lost a room, and a function to set it. The tab keeps it through reloads until it sees the room
 * again, because the server says it only once.
 */
export function useFarewell(roomId: string, seen: boolean): [Farewell | null, (why: Farewell) => void] {
  const [why, setWhy] = useState(() => kept(roomId))
  useEffect(() => {
    if (seen) tabStorage()?.removeItem(key(roomId))
  }, [seen, roomId])
  const say = useCallback(
    (farewell: Farewell) => {
      tabStorage()?.setItem(key(roomId), JSON.stringify(farewell))
      setWhy(farewell)
    },
    [roomId],
  )
  return [why, say]
}
