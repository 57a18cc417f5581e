import { useCallback, useEffect, useRef, useState } from 'react'
import { useQuery, useSubscription } from 'urql'
import { type OwnPollPartsFragment, PollsDocument, PollTallyDocument } from '../graphql/generated/graphql'
import { type PlaceEvent, useRoomEvent } from '../graphql/roomEvents'

export type Poll = OwnPollPartsFragment

/**
 * Returns the polls of the room, newest first, or null until they come. What events and answers say of a poll is newer than what was read
 * before, so it wins. Own answers are in no event, so they stay.
 */
export function usePolls(roomId: string, heard: (event: PlaceEvent) => void) {
  const [{ data }, read] = useQuery({ query: PollsDocument, variables: { roomId }, requestPolicy: 'network-only' })
  const [{ data: counted }] = useSubscription({ query: PollTallyDocument, variables: { roomId } })
  const [newer, setNewer] = useState<ReadonlyMap<string, Poll | null>>(new Map())
  const change = useCallback((id: string, to: Poll | null) => setNewer((before) => new Map(before).set(id, to)), [])
  const reread = useCallback(() => {
    setNewer(new Map())
    read({ requestPolicy: 'network-only' })
  }, [read])

  const known = useRef<Poll[] | null>(null)
  useRoomEvent((event) => {
    if (event.__typename === 'ResyncRequired' || event.__typename === 'SessionScheduled' || event.__typename === 'RolePromoted' || event.__typename === 'RoleDemoted') reread()
    if (event.__typename !== 'InteractionChanged' && event.__typename !== 'ResultsShared') return
    const mine = known.current?.find(({ id }) => id === event.interactionId)?.myAnswer ?? null
    change(event.interactionId, event.poll ? { ...event.poll, myAnswer: mine } : null)
    heard(event)
  })

  const rows = data?.room?.interactions?.nodes
  const tally = counted?.tally.interaction
  const merged = rows && merge(rows, newer).map((poll) => (tally?.id === poll.id && poll.state === 'OPEN' ? withTally(poll, tally) : poll))
  useEffect(() => {
    known.current = merged ?? null
  })
  return { polls: merged ?? null, change }
}

function merge(rows: readonly Poll[], newer: ReadonlyMap<string, Poll | null>): Poll[] {
  const all = new Map<string, Poll>(rows.map((row) => [row.id, row]))
  for (const [id, poll] of newer) {
    if (poll) all.set(id, poll)
    else all.delete(id)
  }
  return [...all.values()].toSorted((a, b) => (a.id < b.id ? 1 : -1))
}

function withTally(poll: Poll, tally: { answers: number; options: readonly { id: string; answers: number }[] | null }): Poll {
  const counts = new Map(tally.options?.map(({ id, answers }) => [id, answers]))
  return { ...poll, answers: tally.answers, options: poll.options.map((option) => ({ ...option, answers: counts.get(option.id) ?? null })) }
}
