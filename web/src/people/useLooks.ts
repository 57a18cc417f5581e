import { useEffect, useRef, useState } from 'react'
import { type AttendeePartsFragment, PeopleDocument } from '../graphql/generated/graphql'
import { usePages } from '../graphql/usePages'
import { needsLook } from './delivery'
import { useAfterNews } from './useCounts'

const page = 20
// A new role usually arrives within a second, which concerns nobody.
const patience = 5_000

/** Returns the people of a crowd whom a host should look at, how many there are in all, and a function that reads more of them. */
export function useLooks(roomId: string, news: object | null, epoch: number, crowd: boolean) {
  const list = usePages(
    PeopleDocument,
    { roomId, first: page, search: null, state: null, role: null, online: null, needsLook: true },
    (data) => data.room?.participants,
    !crowd,
  )
  useAfterNews(news, epoch, () => crowd && list.refresh())
  const people = useLasting(list.nodes?.filter(needsLook) ?? [], patience)
  return { people, count: list.hasMore ? list.total : people.length, more: list.hasMore ? list.more : undefined }
}

/** Returns those who have been in the list for so long. */
function useLasting(people: AttendeePartsFragment[], ms: number): AttendeePartsFragment[] {
  const since = useRef(new Map<string, number>())
  const [lasting, setLasting] = useState<ReadonlySet<string>>(new Set())
  const key = people.map(({ id }) => id).join()
  useEffect(() => {
    const before = since.current
    since.current = new Map((key ? key.split(',') : []).map((id) => [id, before.get(id) ?? performance.now()]))
    let timer: number | undefined
    const look = () => {
      const due = performance.now() - ms
      const all = [...since.current]
      setLasting(new Set(all.flatMap(([id, from]) => (from <= due ? [id] : []))))
      const next = Math.min(...all.flatMap(([, from]) => (from > due ? [from - due] : [])))
      if (Number.isFinite(next)) timer = window.setTimeout(look, next)
    }
    look()
    return () => clearTimeout(timer)
  }, [key, ms])
  return people.filter(({ id }) => lasting.has(id))
}
