import { useSubscription } from 'urql'
import { PresenceDocument } from '../graphql/generated/graphql'

/** Returns how many people are online in the room, or null until it is known. The cache applies who came and went. */
export function usePresence(roomId: string): number | null {
  const [{ data }] = useSubscription({ query: PresenceDocument, variables: { roomId } })
  return data?.presence.online ?? null
}
