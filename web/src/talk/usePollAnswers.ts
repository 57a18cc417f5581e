import { useEffect, useEffectEvent, useRef, useState } from 'react'
import { useClient } from 'urql'
import { askFresh } from '../graphql/fresh'
import { useGathered, useSpread } from '../graphql/gather'
import { PollAnswersDocument, type PollAnswersQuery } from '../graphql/generated/graphql'
import { useRoomEvent } from '../graphql/roomEvents'
import type { Poll } from './usePolls'

type Node = Extract<NonNullable<PollAnswersQuery['node']>, { __typename: 'Interaction' }>
export type Words = NonNullable<Node['words']>
export type Answers = NonNullable<Node['allAnswers']>['nodes']

interface Read {
  words: Words
  answers: Answers
  more: boolean
}

/**
 * Reads what people answered to a poll, page by page, while somebody looks at it. Nothing reports the answers of others, so what is shown is
 * read again when their number changes, and when a text is hidden or the results are shared. All who look learn that at the same moment, so
 * each page waits for a while by chance.
 */
export function usePollAnswers(poll: Poll, shown: boolean) {
  const client = useClient()
  const [read, setRead] = useState<Read | null>(null)
  const [reading, setReading] = useState(false)
  const pages = useRef(1)
  const latest = useRef(0)
  const readAll = async () => {
    const turn = (latest.current += 1)
    setReading(true)
    const all: Read = { words: [], answers: [], more: false }
    let after: string | null = null
    for (let page = 0; page < pages.current; page++) {
      const data: PollAnswersQuery | undefined = (await askFresh(client, PollAnswersDocument, { id: poll.id, after })).data
      if (turn !== latest.current) return // a later reading has the newest
      const node: Node | null = data?.node?.__typename === 'Interaction' ? data.node : null
      if (!node) break
      all.words = node.words ?? []
      all.answers = [...all.answers, ...(node.allAnswers?.nodes ?? [])]
      all.more = node.allAnswers?.pageInfo.hasNextPage ?? false
      after = node.allAnswers?.pageInfo.endCursor ?? null
      if (page === pages.current - 1 || !all.more) setRead(all)
      if (!all.more) break
    }
    setReading(false)
  }
  const reread = useGathered(() => void readAll(), 2_000)
  const rereadSoon = useSpread(reread, 3_000)
  const version = `${poll.answers} ${poll.resultsShared} ${poll.state}`
  const look = useEffectEvent((_version: string, looks: boolean) => {
    if (looks) (read ? rereadSoon : reread)()
  })
  useEffect(() => look(version, shown), [version, shown])
  useRoomEvent((event) => {
    if (event.__typename === 'AnswerHidden' && event.interactionId === poll.id && shown) rereadSoon()
  })
  const readMore = () => {
    pages.current += 1
    void readAll()
  }
  return { read, reading, reread, readMore }
}
