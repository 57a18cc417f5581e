import { useSubscription } from 'urql'
import { TallyDocument, type TallySubscription } from '../graphql/generated/graphql'

/** Returns the newest counts of the room, or null until they come. */
export function useTally(roomId: string): TallySubscription['tally'] | null {
  const [{ data }] = useSubscription({ query: TallyDocument, variables: { roomId } })
  return data?.tally ?? null
}
