import { useEffect, useEffectEvent, useRef, useState } from 'react'
import { useClient } from 'urql'
import { askFresh } from '../graphql/fresh'
import { useGathered } from '../graphql/gather'
import { QuestionsDocument, type QuestionsQuery } from '../graphql/generated/graphql'
import { openReader } from '../graphql/reader'
import { type PlaceEvent, useRoomEvent } from '../graphql/roomEvents'
import { useWhileHeld } from '../graphql/Usher'
import { type Asked, readAsked, withQuestionEvent } from './questions'

/**
 * Reads the questions once, and follows them by the room's events from then on. Events that come before an answer wait for it. `onEvent`
 * gets each event with what was known before it.
 */
export function useQuestions(roomId: string, meId: string, onEvent: (event: PlaceEvent, before: Asked | null) => void) {
  const client = useClient()
  const [asked, setAsked] = useState<Asked | null>(null)
  const meanwhile = useRef<PlaceEvent[] | null>(null)
  const newest = useRef<() => void>(undefined)
  const reread = useGathered(() => newest.current?.(), 2_000)
  const tell = useEffectEvent(onEvent)
  useRoomEvent((event) => {
    if (event.__typename === 'ResyncRequired' || event.__typename === 'SessionStarted' || event.__typename === 'RoomUpdated') return reread()
    // What somebody may see changes with their role.
    if ((event.__typename === 'RolePromoted' || event.__typename === 'RoleDemoted') && event.participant.id === meId) reread()
    tell(event, asked)
    meanwhile.current?.push(event)
    setAsked((before) => before && withQuestionEvent(before, event, meId))
  })
  useWhileHeld(reread)
  const take = useEffectEvent((room: NonNullable<QuestionsQuery['room']>) => {
    const came = meanwhile.current ?? []
    meanwhile.current = null
    setAsked(came.reduce((all, event) => withQuestionEvent(all, event, meId), readAsked(room)))
  })
  useEffect(() => {
    let over = false
    const reader = openReader(async () => {
      meanwhile.current = []
      const { data } = await askFresh(client, QuestionsDocument, { roomId })
      if (data?.room && !over) take(data.room)
      return Boolean(data?.room)
    })
    newest.current = reader.read
    reader.read()
    return () => {
      over = true
      reader.stop()
    }
  }, [client, roomId])
  return { asked, change: (to: (before: Asked) => Asked) => setAsked((before) => before && to(before)), reread }
}
