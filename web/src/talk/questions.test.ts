import { describe, expect, it } from 'vitest'
import type { PlaceEvent } from '../graphql/roomEvents'
import { type Asked, listOf, type Question, readAsked, withPage, withQuestionEvent } from './questions'

const row = (number: number, more: Partial<Question> = {}): Question => ({
  id: `q${number}`, at: `2026-11-24T15:00:${String(number).padStart(2, '0')}.000Z`, text: `Question ${number}`, state: 'PENDING', anonymous: false, upvotes: 0, author: null,
  takenBy: null, answer: null, answeredPrivately: false, answeredBy: null, askerMuted: null, privateAnswer: null, mine: false, upvoted: false, ...more,
})
const page = (nodes: Question[], endCursor: string | null = null) => ({ nodes, pageInfo: { hasNextPage: endCursor !== null, endCursor } })
const first: Asked = readAsked({
  id: 'r1', revision: 7, tools: null, questionCounts: { asked: 3, open: 0, answered: 0, dismissed: 0, pending: 3 }, askingPause: null,
  waiting: page([row(1), row(2)], 'after 2'), open: page([]), answered: page([]), mine: null,
})
const ids = (asked: Asked) => listOf(asked, 'waiting').map(({ id }) => id)

describe('the pages of a list of questions', () => {
  it('lead on until the last', () => {
    expect(first.next).toEqual({ waiting: 'after 2', open: null, answered: null, mine: null })
    const all = withPage(first, 'waiting', page([row(3)]))
    expect(ids(all)).toEqual(['q1', 'q2', 'q3'])
    expect(all.next.waiting).toBeNull()
  })

  it('take the newer of two answers', () => {
    const all = withPage(first, 'waiting', page([row(2, { state: 'OPEN' }), row(3)]))
    expect(ids(all)).toEqual(['q1', 'q3'])
    expect(listOf(all, 'open').map(({ id }) => id)).toEqual(['q2'])
  })

  it('keep what an event changed, and the count of all that wait', () => {
    const event = { __typename: 'QuestionChanged', id: 'e8', revision: 8, questionId: 'q3', previousQuestionState: 'PENDING', questionState: 'DISMISSED', question: null, privateAnswer: null }
    const after = withQuestionEvent(withPage(first, 'waiting', page([row(3)])), event as unknown as PlaceEvent, 'me')
    expect(ids(after)).toEqual(['q1', 'q2'])
    expect(after.counts?.pending).toBe(2)
  })
})
