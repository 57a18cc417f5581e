import { useCallback, useEffect, useRef, useState } from 'react'
import { useClient, useQuery } from 'urql'
import { askFresh } from '../graphql/fresh'
import { useGathered, useSpread } from '../graphql/gather'
import { type OwnPollPartsFragment, PollsDocument, type TallySubscription } from '../graphql/generated/graphql'
import { type PlaceEvent, useRoomEvent } from '../graphql/roomEvents'
import { useWhileHeld } from '../graphql/Usher'

export type Poll = OwnPollPartsFragment

/** The counts of the poll that runs. */
export type Running = NonNullable<TallySubscription['tally']['interaction']>

// Somebody who comes late knows of a poll by its counts only. Others get it by an event, which may come a moment later.
const lateAfter = 1_500

/** Events after which the reader may see other polls than before. */
const others = new Set<PlaceEvent['__typename']>(['ResyncRequired', 'SessionScheduled', 'SessionStarted'])

/**
 * Returns the polls of the room, newest first, or null until they come. What events and answers say of a poll is newer than what was read
 * before, so it wins. Own answers are in no event, so they stay. It reads them once they are wanted, or a poll runs that it does not know.
 */
export function usePolls(roomId: string, meId: string, tally: Running | null, wanted: boolean, heard: (event: PlaceEvent) => void) {
  const client = useClient()
  const [newer, setNewer] = useState<ReadonlyMap<string, Poll | null>>(new Map())
  const [late, setLate] = useState(false)
  const reads = wanted || late
  const [{ data }, read] = useQuery({ query: PollsDocument, variables: { roomId, after: null }, requestPolicy: 'network-only', pause: !reads })
  const [older, setOlder] = useState<{ rows: readonly Poll[]; next: string | null } | null>(null)
  const [reading, setReading] = useState(false)
  const change = useCallback((id: string, to: Poll | null) => setNewer((before) => new Map(before).set(id, to)), [])
  const reread = useGathered(() => {
    setNewer(new Map())
    setOlder(null)
    if (reads) read({ requestPolicy: 'network-only' })
  }, 2_000)
  useWhileHeld(reread)
  const rereadSoon = useSpread(reread, lateAfter)

  const known = useRef<Poll[] | null>(null)
  useRoomEvent((event) => {
    const ownRole = (event.__typename === 'RolePromoted' || event.__typename === 'RoleDemoted') && event.participant.id === meId
    if (ownRole) reread()
    if (others.has(event.__typename)) rereadSoon()
    if (event.__typename !== 'InteractionChanged' && event.__typename !== 'ResultsShared') return
    const mine = known.current?.find(({ id }) => id === event.interactionId)?.myAnswer ?? null
    change(event.interactionId, event.poll ? { ...event.poll, myAnswer: mine } : null)
    heard(event)
  })

  const page = data?.room?.interactions
  const next = older ? older.next : page?.pageInfo.hasNextPage ? (page.pageInfo.endCursor ?? null) : null
  async function readOlder() {
    setReading(true)
    const { data } = await askFresh(client, PollsDocument, { roomId, after: next })
    setReading(false)
    const more = data?.room?.interactions
    if (more) setOlder((before) => ({ rows: [...(before?.rows ?? []), ...more.nodes], next: more.pageInfo.hasNextPage ? (more.pageInfo.endCursor ?? null) : null }))
  }

  const unknown = Boolean(tally) && !reads && !newer.has(tally?.id ?? '')
  useEffect(() => {
    if (!unknown) return
    const timer = setTimeout(() => setLate(true), lateAfter + Math.random() * lateAfter)
    return () => clearTimeout(timer)
  }, [unknown])

  const merged = (page || newer.size > 0) && merge([...(page?.nodes ?? []), ...(older?.rows ?? [])], newer).map((poll) => (tally?.id === poll.id && poll.state === 'OPEN' ? withTally(poll, tally) : poll))
  useEffect(() => {
    known.current = merged || null
  })
  return { polls: merged || null, change, older: next ? { reading, read: () => void readOlder() } : null }
}

function merge(rows: readonly Poll[], newer: ReadonlyMap<string, Poll | null>): Poll[] {
  const all = new Map<string, Poll>(rows.map((row) => [row.id, row]))
  for (const [id, poll] of newer) {
    if (poll) all.set(id, poll)
    else all.delete(id)
  }
  return [...all.values()].toSorted((a, b) => (a.id < b.id ? 1 : -1))
}

function withTally(poll: Poll, tally: Running): Poll {
  const counts = new Map(tally.options?.map(({ id, answers }) => [id, answers]))
  return { ...poll, answers: tally.answers, options: poll.options.map((option) => ({ ...option, answers: counts.get(option.id) ?? null })) }
}
