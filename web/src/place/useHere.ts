import { useEffect, useMemo, useRef, useState } from 'react'
import { useClient } from 'urql'
import { askFresh } from '../graphql/fresh'
import { HereNowDocument, type PersonPartsFragment, type PlacePartsFragment } from '../graphql/generated/graphql'
import { useGathered } from '../graphql/gather'
import { openReader } from '../graphql/reader'
import { useRoomEvent } from '../graphql/roomEvents'
import { useWhileHeld } from '../graphql/Usher'
import { useSeenAgain } from '../ui/useLookAgain'
import { type Here, hereOf, type Said, whoIsHere } from './here'

// Below so many rows, the page reads who is beyond the first page of a longer list.
const few = 50

/** What entering leaves to the page of the room. */
export interface Arriving {
  said: Said
  /** The answer to entering is awaited. It has the list. */
  entering: boolean
  /** The list that came with that answer. */
  entered: Here | null
}

/** Returns who is here, as far as participants see each other, oneself first. */
export function usePeopleHere(roomId: string, me: PlacePartsFragment, { said, entering, entered }: Arriving): PersonPartsFragment[] {
  const { here, reread } = useHere(roomId, entering, entered)
  const people = useMemo(() => whoIsHere(here, said, me), [here, said, me])
  const short = Boolean(here?.more) && people.length < few
  useEffect(() => {
    if (short) reread()
  }, [short, reread])
  return people
}

/**
 * Returns the newest list that an answer brought, and a function that reads it again. It reads only what the page cannot know: the
 * list of a page that did not enter itself, and the list after a break in the events.
 */
function useHere(roomId: string, entering: boolean, entered: Here | null): { here: Here | null; reread: () => void } {
  const client = useClient()
  const [first] = useState(client)
  const given = client === first ? entered : null
  const [read, setRead] = useState<Here | null>(null)
  const newest = useRef<() => void>(undefined)
  const reread = useGathered(() => newest.current?.(), 2_000)
  useRoomEvent(({ __typename }) => {
    if (__typename === 'ResyncRequired') reread()
  })
  useWhileHeld(reread)
  useSeenAgain(reread) // no event reports whose connection was lost

  useEffect(() => {
    const reader = openReader(async () => {
      const { data } = await askFresh(client, HereNowDocument, { roomId })
      const here = hereOf(data?.room)
      if (here) setRead(here)
      return here !== null
    })
    newest.current = reader.read
    return reader.stop
  }, [client, roomId])
  const wanted = !entering && !given
  useEffect(() => {
    if (wanted) newest.current?.()
    // A new client has read nothing yet.
    // oxlint-disable-next-line react/exhaustive-effect-dependencies
  }, [client, roomId, wanted])
  return { here: !read || (given && given.revision > read.revision) ? given : read, reread }
}
