import { useEffect, useEffectEvent, useRef, useState } from 'react'
import { type Client, useClient } from 'urql'
import { useGathered } from '../graphql/gather'
import { openReader } from '../graphql/reader'
import { type PlaceEvent, useRoomEvent } from '../graphql/roomEvents'
import { useWhileHeld } from '../graphql/Usher'
import { useSeenAgain } from '../ui/useLookAgain'

/**
 * Returns what `read` read last, or null before the first answer, and a function that reads it again. It is read again when `what` changes,
 * after the events that `concerns` names, gathered, and after a break in them. `read` returns nothing if the server was out of reach.
 */
export function useReread<Data>(read: (client: Client) => Promise<Data | undefined>, what: string, every: number, concerns: (event: PlaceEvent) => boolean): [Data | null, () => void] {
  const client = useClient()
  const [known, setKnown] = useState<Data | null>(null)
  const newest = useRef<() => void>(undefined)
  const reread = useGathered(() => newest.current?.(), every)
  useRoomEvent((event) => {
    if (event.__typename === 'ResyncRequired' || concerns(event)) reread()
  })
  useWhileHeld(reread)
  useSeenAgain(reread)
  const ask = useEffectEvent(read)
  useEffect(() => {
    let over = false
    const reader = openReader(async () => {
      const data = await ask(client)
      if (data !== undefined && !over) setKnown(data)
      return data !== undefined
    })
    newest.current = reader.read
    reader.read()
    return () => {
      over = true
      reader.stop()
    }
    // What is read depends on `what`, which `read` knows.
    // oxlint-disable-next-line react/exhaustive-effect-dependencies
  }, [client, what])
  return [known, reread]
}
