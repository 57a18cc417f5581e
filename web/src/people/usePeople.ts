import { useEffect, useRef, useState } from 'react'
import { useQuery } from 'urql'
import { useGathered } from '../graphql/gather'
import { PeopleCountsDocument, PeopleDocument, type RoomRole } from '../graphql/generated/graphql'
import { usePages } from '../graphql/usePages'
import { filters, fits, type Where } from './attendance'
import { usePresence } from './usePresence'

export interface PeopleFilter {
  where: Where | null
  role: RoomRole | null
  search: string
}

const page = 100

/**
 * Returns the people of a room as a filter selects them, everyone as far as they were read, and how many people are where. Events
 * change the list of everyone in place. Counts and filtered lists are read again after news, at most once a second.
 */
export function usePeople(roomId: string, { where, role, search }: PeopleFilter, epoch: number) {
  const chosen = where ? filters[where] : null
  const all = { roomId, first: page, search: null, state: null, role: null, online: null }
  const list = usePages(
    PeopleDocument,
    { ...all, search: search || null, state: chosen?.state ?? null, online: chosen?.online ?? null, role: role ? [role] : null },
    (data) => data.room?.participants,
  )
  const everyone = usePages(PeopleDocument, all, (data) => data.room?.participants)
  const [{ data }, reread] = useQuery({ query: PeopleCountsDocument, variables: { roomId }, requestPolicy: 'cache-and-network' })
  const presence = usePresence(roomId)
  const filtered = Boolean(where || role || search)

  const count = useGathered(() => reread({ requestPolicy: 'network-only' }), 1_000)
  const refresh = useGathered(() => {
    everyone.refresh()
    if (filtered) list.refresh()
  }, 1_000)
  const refreshFiltered = useGathered(() => list.refresh(), 1_000)

  const revision = data?.room?.revision
  const read = useRef<{ revision: number; presence: typeof presence } | null>(null)
  useEffect(() => {
    if (revision === undefined) return
    const before = read.current
    read.current = { revision, presence }
    if (!before || (before.revision === revision && before.presence === presence)) return
    count()
    if (filtered) refreshFiltered()
  }, [revision, presence, filtered, count, refreshFiltered])
  useEffect(() => {
    if (epoch === 0) return
    refresh()
    count()
  }, [epoch, refresh, count])

  return {
    list,
    nodes: list.nodes?.filter((person) => fits(person, where)),
    everyone: everyone.nodes,
    filtered,
    room: data?.room ?? null,
  }
}

/** Returns how many rows of a list are shown, and a function that shows more of them as somebody scrolls. */
export function useShown(key: string): [number, () => void] {
  const [shown, setShown] = useState({ key, rows: page })
  const rows = shown.key === key ? shown.rows : page
  return [rows, () => setShown({ key, rows: rows + page })]
}
