import { useSubscription } from 'urql'
import { PresenceDocument, type PresenceSubscription } from '../graphql/generated/graphql'

/** Returns the room's last presence message, or null until it comes. The cache applies who came and went. */
export function usePresence(roomId: string): PresenceSubscription['presence'] | null {
  const [{ data }] = useSubscription({ query: PresenceDocument, variables: { roomId } })
  return data?.presence ?? null
}
