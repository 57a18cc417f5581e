import { useEffect, useEffectEvent, useRef, useState } from 'react'
import { useClient } from 'urql'
import { askFresh } from '../graphql/fresh'
import { useGathered } from '../graphql/gather'
import { MoreQuestionsDocument, QuestionsDocument } from '../graphql/generated/graphql'
import { openReader } from '../graphql/reader'
import { type PlaceEvent, useRoomEvent } from '../graphql/roomEvents'
import { useWhileHeld } from '../graphql/Usher'
import { type Asked, type List, listNames, lists, readAsked, withPage, withQuestionEvent } from './questions'

/**
 * Reads the questions once they are wanted, and follows them by the room's events from then on. Events that come before an answer wait for it. `onEvent`
 * gets each event with what was known before it. `more` reads another page of a list, with all that was read before, so that no event in
 * between is lost.
 */
export function useQuestions(roomId: string, meId: string, wanted: boolean, onEvent: (event: PlaceEvent, before: Asked | null) => void) {
  const client = useClient()
  const [asked, setAsked] = useState<Asked | null>(null)
  const meanwhile = useRef<PlaceEvent[] | null>(null)
  const pages = useRef<Record<List, number>>({ waiting: 1, open: 1, answered: 1, mine: 1 })
  const [loading, setLoading] = useState<List | null>(null)
  const newest = useRef<() => void>(undefined)
  const reread = useGathered(() => newest.current?.(), 2_000)
  const tell = useEffectEvent(onEvent)
  useRoomEvent((event) => {
    if (event.__typename === 'ResyncRequired' || event.__typename === 'SessionStarted') return reread()
    // What somebody may see changes with their role.
    if ((event.__typename === 'RolePromoted' || event.__typename === 'RoleDemoted') && event.participant.id === meId) reread()
    tell(event, asked)
    meanwhile.current?.push(event)
    setAsked((before) => before && withQuestionEvent(before, event, meId))
  })
  useWhileHeld(reread)
  const take = useEffectEvent((read: Asked) => {
    const came = meanwhile.current ?? []
    meanwhile.current = null
    setAsked(came.reduce((all, event) => withQuestionEvent(all, event, meId), read))
  })
  useEffect(() => {
    if (!wanted) return
    let over = false
    const readAll = async (): Promise<Asked | null> => {
      const { data } = await askFresh(client, QuestionsDocument, { roomId })
      if (!data?.room) return null
      let all = readAsked(data.room)
      for (const list of listNames) {
        for (let page = 2; page <= pages.current[list]; page++) {
          const after = all.next[list]
          if (!after) break
          const more = await askFresh(client, MoreQuestionsDocument, { roomId, ...lists[list], after })
          if (!more.data) return null
          all = withPage(all, list, more.data.room?.questions)
        }
      }
      return all
    }
    const reader = openReader(async () => {
      meanwhile.current = []
      const shown = { ...pages.current }
      const read = await readAll()
      if (over || !read) return Boolean(read)
      take(read)
      setLoading((list) => (list && shown[list] === pages.current[list] ? null : list))
      return true
    })
    newest.current = reader.read
    reader.read()
    return () => {
      over = true
      newest.current = undefined
      reader.stop()
    }
  }, [client, roomId, wanted])
  const more = (list: List) => {
    if (loading) return
    pages.current[list] += 1
    setLoading(list)
    newest.current?.()
  }
  return { asked, change: (to: (before: Asked) => Asked) => setAsked((before) => before && to(before)), reread, more, loading }
}
