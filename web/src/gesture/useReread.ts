import type { AnyVariables, TypedDocumentNode } from '@urql/core'
import { useEffect, useRef, useState } from 'react'
import { useClient } from 'urql'
import { askFresh } from '../graphql/fresh'
import { useGathered } from '../graphql/gather'
import { openReader } from '../graphql/reader'
import { type PlaceEvent, useRoomEvent } from '../graphql/roomEvents'
import { useWhileHeld } from '../graphql/Usher'
import { useSeenAgain } from '../ui/useLookAgain'

/**
 * Returns the newest answer to a query, or null before the first, and a function that reads it again. It is read again after the events that
 * `concerns` names, gathered, and after a break in them.
 */
export function useReread<Data, Variables extends AnyVariables>(
  document: TypedDocumentNode<Data, Variables>, variables: Variables, every: number, concerns: (event: PlaceEvent) => boolean,
): [Data | null, () => void] {
  const client = useClient()
  const [read, setRead] = useState<Data | null>(null)
  const newest = useRef<() => void>(undefined)
  const reread = useGathered(() => newest.current?.(), every)
  useRoomEvent((event) => {
    if (event.__typename === 'ResyncRequired' || concerns(event)) reread()
  })
  useWhileHeld(reread)
  useSeenAgain(reread)
  const asked = JSON.stringify(variables)
  useEffect(() => {
    const reader = openReader(async () => {
      const { data } = await askFresh(client, document, JSON.parse(asked) as Variables)
      if (data) setRead(data)
      return data !== undefined
    })
    newest.current = reader.read
    reader.read()
    return reader.stop
  }, [client, document, asked])
  return [read, reread]
}
