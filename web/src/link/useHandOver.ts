import { useEffect, useEffectEvent } from 'react'
import { useClient } from 'urql'
import { HandOverWatchDocument, type HandOverPartsFragment } from '../graphql/generated/graphql'

/** Follows a hand-over until it is over. `onChange` gets each of its states. */
export function useHandOver(id: string | null, onChange: (now: HandOverPartsFragment) => void) {
  const client = useClient()
  const changed = useEffectEvent(onChange)
  useEffect(() => {
    if (!id) return
    const watching = client.subscription(HandOverWatchDocument, { id }).subscribe(({ data }) => data && changed(data.handOver))
    return () => watching.unsubscribe()
  }, [client, id])
}
