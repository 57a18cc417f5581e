import type { AskedPartsFragment, MoreQuestionsQueryVariables, NewPartsFragment, QuestionPageFragment, QuestionPartsFragment, QuestionRulesFragment, QuestionsQuery } from '../graphql/generated/graphql'
import type { PlaceEvent } from '../graphql/roomEvents'

export type Question = QuestionPartsFragment

type Room = NonNullable<QuestionsQuery['room']>
export type Counts = NonNullable<Room['questionCounts']>

export type List = 'waiting' | 'open' | 'answered' | 'mine'

/** What the server is asked for each list. */
export const lists: Record<List, Pick<MoreQuestionsQueryVariables, 'states' | 'mine' | 'order'>> = {
  waiting: { states: ['PENDING'], mine: false, order: 'UPVOTES' },
  open: { states: ['OPEN'], mine: false, order: 'UPVOTES' },
  answered: { states: ['ANSWERED'], mine: false, order: 'NEWEST' },
  mine: { states: null, mine: true, order: 'NEWEST' },
}

export const listNames = Object.keys(lists) as List[]

/** What a page knows of the questions of a room. */
export interface Asked {
  revision: number
  rows: ReadonlyMap<string, Question>
  /** Where the next page of each list begins, or null at its end. */
  next: Record<List, string | null>
  counts: Counts | null
  rules: QuestionRulesFragment | null
  /** The time in which the reader asks nothing, without an end as long as the session. */
  pause: Room['askingPause']
}

/** Returns what the server answered. */
export function readAsked(room: Room): Asked {
  const empty: Asked = { revision: room.revision, rows: new Map(), next: { waiting: null, open: null, answered: null, mine: null }, counts: room.questionCounts ?? null, rules: room.tools ?? null, pause: room.askingPause ?? null }
  return listNames.reduce((all, list) => withPage(all, list, room[list]), empty)
}

/** Returns the questions with a page of a list. */
export function withPage(asked: Asked, list: List, page: QuestionPageFragment | null | undefined): Asked {
  const rows = new Map(asked.rows)
  for (const row of page?.nodes ?? []) rows.set(row.id, row)
  return { ...asked, rows, next: { ...asked.next, [list]: page?.pageInfo.hasNextPage ? (page.pageInfo.endCursor ?? null) : null } }
}

/** Returns the questions with one that the reader asked. Its event may have come before. */
export function withMine(asked: Asked, mine: Question): Asked {
  return withRow(asked, { ...mine, ...asked.rows.get(mine.id), mine: true })
}

/** Returns the questions with another number of upvotes of one. */
export function withUpvotes(asked: Asked, { id, ...upvotes }: Pick<Question, 'id' | 'upvotes' | 'upvoted'>): Asked {
  const row = asked.rows.get(id)
  return row ? withRow(asked, { ...row, ...upvotes }) : asked
}

/** Returns the questions with the newest totals of upvotes. */
export function withTotals(asked: Asked, totals: readonly { id: string; upvotes: number }[]): Asked {
  return totals.reduce((all, { id, upvotes }) => {
    const row = all.rows.get(id)
    return row && row.upvotes !== upvotes ? withRow(all, { ...row, upvotes }) : all
  }, asked)
}

/** Returns the questions after an event. */
export function withQuestionEvent(asked: Asked, event: PlaceEvent, meId: string): Asked {
  if (event.revision <= asked.revision) return asked
  const next = { ...asked, revision: event.revision }
  switch (event.__typename) {
    case 'QuestionsAsked':
      return event.questions.reduce((all, row) => counted(withRow(all, known(all, { ...unhandled, ...row }, meId)), null, row.state), next)
    case 'QuestionChanged': {
      const moved = counted(next, event.previousQuestionState, event.questionState)
      if (event.question) return withRow(moved, { ...known(moved, event.question, meId), ...(event.privateAnswer ? { privateAnswer: event.privateAnswer } : {}) })
      const row = moved.rows.get(event.questionId)
      return row?.mine ? withRow(moved, { ...row, state: event.questionState, takenBy: null }) : without(moved, event.questionId)
    }
    case 'OwnQuestionChanged':
      return event.question ? withRow(next, { ...known(next, { ...unhandled, ...event.question }, meId), privateAnswer: event.privateAnswer ?? null, mine: true }) : next
    case 'AskerMuted': // it may be about another question than an earlier pause, which the next reading shows
      return { ...next, pause: event.muted ? { until: event.until ?? null } : null }
    case 'ToolsChanged':
      return { ...next, rules: event.tools ?? null }
    default:
      return next
  }
}

// A question that nobody has taken or answered.
const unhandled: Omit<AskedPartsFragment, keyof NewPartsFragment> = { takenBy: null, answer: null, answeredPrivately: false, answeredBy: null, askerMuted: null }

/** Returns a question as it is now, with what is known of how it concerns the reader. */
function known(asked: Asked, row: AskedPartsFragment, meId: string): Question {
  const before = asked.rows.get(row.id)
  const privateAnswer = row.answeredPrivately ? (before?.privateAnswer ?? null) : null
  return { ...row, privateAnswer, mine: before?.mine ?? row.author?.participantId === meId, upvoted: before?.upvoted ?? false }
}

function withRow(asked: Asked, row: Question): Asked {
  return { ...asked, rows: new Map(asked.rows).set(row.id, row) }
}

function without(asked: Asked, id: string): Asked {
  const rows = new Map(asked.rows)
  rows.delete(id)
  return { ...asked, rows }
}

const places = { PENDING: 'pending', OPEN: 'open', ANSWERED: 'answered', DISMISSED: 'dismissed', WITHDRAWN: null } as const

/** Counts a question that came to a state, from another one or anew. */
function counted(asked: Asked, from: Question['state'] | null, to: Question['state']): Asked {
  if (!asked.counts || from === to) return asked
  const counts = { ...asked.counts, asked: asked.counts.asked + (from ? 0 : 1) }
  for (const [state, by] of [[from, -1], [to, 1]] as const) {
    const place = state && places[state]
    const count = place && counts[place]
    if (place && typeof count === 'number') counts[place] = Math.max(0, count + by)
  }
  return { ...asked, counts }
}

/** Returns the questions of a list in its order. */
export function listOf(asked: Asked, list: List): Question[] {
  const rows = [...asked.rows.values()]
  const byTime = (a: Question, b: Question) => Date.parse(a.at) - Date.parse(b.at) || (a.id < b.id ? -1 : 1)
  switch (list) {
    case 'waiting':
      return rows.filter(({ state }) => state === 'PENDING').toSorted(byTime)
    case 'open':
      return rows.filter(({ state }) => state === 'OPEN').toSorted((a, b) => b.upvotes - a.upvotes || byTime(a, b))
    case 'answered':
      return rows.filter(({ state }) => state === 'ANSWERED').toSorted((a, b) => byTime(b, a))
    case 'mine':
      return rows.filter(({ mine }) => mine).toSorted((a, b) => byTime(b, a))
  }
}
