import { useEffect, useMemo, useRef } from 'react'
import { useQuery } from 'urql'
import { useGathered } from '../graphql/gather'
import { PeopleCountsDocument, RoomRevisionDocument } from '../graphql/generated/graphql'
import { usePresence } from './usePresence'

/** Returns an object that is another one after each event and each message about who is online. It is null until the room was read. */
export function useNews(roomId: string): object | null {
  // The page reads the revision itself, and events increase it.
  const [{ data }] = useQuery({ query: RoomRevisionDocument, variables: { roomId }, requestPolicy: 'cache-only' })
  const presence = usePresence(roomId)
  const revision = data?.room?.revision
  return useMemo(() => (revision === undefined ? null : { revision, presence }), [revision, presence])
}

/** Runs `run` after news, and when `epoch` grows: at once, then at most once a second. */
export function useAfterNews(news: object | null, epoch: number, run: () => void) {
  const gathered = useGathered(run, 1_000)
  const known = useRef({ news, epoch })
  useEffect(() => {
    const before = known.current
    known.current = { news, epoch }
    if ((before.news && before.news !== news) || before.epoch !== epoch) gathered()
  }, [news, epoch, gathered])
}

/** Returns how many people of a room are where, and its managers, as they are after the newest event. */
export function useCounts(roomId: string, news: object | null, epoch: number) {
  const [{ data }, reread] = useQuery({ query: PeopleCountsDocument, variables: { roomId }, requestPolicy: 'cache-and-network' })
  useAfterNews(news, epoch, () => reread({ requestPolicy: 'network-only' }))
  return data?.room ?? null
}
