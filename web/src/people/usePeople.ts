import { useDeferredValue, useEffect, useMemo, useState } from 'react'
import { type AttendeePartsFragment, PeopleDocument, type RoomRole } from '../graphql/generated/graphql'
import { usePages } from '../graphql/usePages'
import { everybody, filters, fits, type Where } from './attendance'
import { useAfterNews, useCounts, useNews } from './useCounts'
import { useCrowd } from './useCrowd'
import { useLooks } from './useLooks'

export interface PeopleFilter {
  where: Where | null
  role: RoomRole | null
  search: string
}

const page = 100

const waits = (person: AttendeePartsFragment) => person.state === 'WAITING'

/**
 * Returns the people of a room as a filter selects them, those who wait, and how many people are where. Events change the list of
 * everyone in place. Filtered lists are read again after news, at most once a second. Of a crowd there is no list of everyone.
 */
export function usePeople(roomId: string, { where, role, search }: PeopleFilter, epoch: number) {
  const news = useNews(roomId)
  const room = useCounts(roomId, news, epoch)
  const counts = room?.counts ?? null
  const crowd = useCrowd(counts && everybody(counts))

  const all = { roomId, first: page, search: null, state: null, role: null, online: null }
  const everyone = usePages(PeopleDocument, all, (data) => data.room?.participants, crowd)
  // Those who wait are among everyone, unless that list is not read to its end.
  const apart = crowd || everyone.hasMore
  const queue = usePages(PeopleDocument, { ...all, state: filters.waiting.state }, (data) => data.room?.participants, !apart)
  const filtered = Boolean(where || role || search)
  const chosen = where ? filters[where] : null
  const list = usePages(
    PeopleDocument,
    { ...all, search: search || null, state: chosen?.state ?? null, online: chosen?.online ?? null, role: role ? [role] : null },
    (data) => data.room?.participants,
    crowd && !filtered,
  )
  useAfterNews(news, epoch, () => {
    if (filtered) list.refresh()
    if (apart) queue.refresh()
  })
  const looks = useLooks(roomId, news, epoch, crowd)
  const { refresh } = everyone
  useEffect(() => {
    if (epoch > 0) refresh()
  }, [epoch, refresh])

  // Rows are rendered in small steps, so that a crowd never keeps the page from answering a click.
  const read = useDeferredValue(list.nodes)
  const nodes = useMemo(() => read?.filter((person) => fits(person, where)), [read, where])
  const everybodyRead = useDeferredValue(apart ? queue.nodes : everyone.nodes)
  const waiting = useMemo(() => (everybodyRead ?? []).filter(waits), [everybodyRead])
  // A crowd's queue stays in view, whatever else is looked at.
  const whole = apart && (crowd ? !search && where !== 'waiting' : !filtered)
  return {
    list,
    nodes,
    filtered,
    room,
    crowd,
    /** Everybody who waits, as far as they were read, and how many more there are. */
    waiting,
    beyond: apart ? Math.max(0, queue.total - (queue.nodes?.length ?? 0)) : 0,
    /** Those who wait as the filter selects them, and the list that has more of them. `whole`: the filter does not concern them. */
    queued: whole ? waiting : (nodes ?? []).filter(waits),
    queue: whole ? queue : list,
    whole,
    looks,
  }
}

/** Returns how many rows of a list are shown, and a function that shows more of them as somebody scrolls. */
export function useShown(key: string): [number, () => void] {
  const [shown, setShown] = useState({ key, rows: page })
  const rows = shown.key === key ? shown.rows : page
  return [rows, () => setShown({ key, rows: rows + page })]
}
