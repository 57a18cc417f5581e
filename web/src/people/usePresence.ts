import { useSubscription } from 'urql'
import { PresenceDocument } from '../graphql/generated/graphql'

/** How many are connected to the room now; the cache takes in who came and went. Empty until it is known. */
export function usePresence(roomId: string): number | null {
  const [{ data }] = useSubscription({ query: PresenceDocument, variables: { roomId } })
  return data?.presence.online ?? null
}
