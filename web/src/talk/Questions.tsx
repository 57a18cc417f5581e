import { useEffect, useEffectEvent, useRef, useState } from 'react'
import { useNowNear } from '../graphql/clock'
import { UpvoteQuestionDocument } from '../graphql/generated/graphql'
import type { PlaceEvent } from '../graphql/roomEvents'
import { useDo } from '../graphql/useRun'
import { part } from '../shell/part'
import { t } from '../texts'
import { useVoice } from '../ui/Announcer'
import { Chips } from '../ui/Chips'
import { Empty } from '../ui/Empty'
import { Scroll } from '../ui/Scroll'
import { clock } from '../ui/time'
import { isLate, type Written } from './AnswerForm'
import { AskForm } from './AskForm'
import { MenuButton } from '../shell/MenuButton'
import { QuestionList } from './QuestionList'
import { type Asked, type List, listOf, type Question, withMine, withTotals, withUpvotes } from './questions'
import { useOwnTabs } from './useOwnTabs'
import { useQuestions } from './useQuestions'
import './Questions.css'

const QuestionSettings = part(() => import('./QuestionSettings'))

export interface QuestionsProps {
  roomId: string
  meId: string
  moderates: boolean
  answers: boolean
  /** The newest upvotes of the questions that have the most. */
  totals: readonly { id: string; upvotes: number }[]
  /** The reader has looked at the panel. */
  wanted: boolean
  /** The reader sees the panel now. */
  seen: boolean
  /** Gets how many questions wait for a moderator. */
  onWaiting: (count: number) => void
  /** Something became of a question of the reader while they do not see the panel. */
  onNews: () => void
}

/** Returns the answers that are being written after one of them has changed. */
function withWritten(before: ReadonlyMap<string, Written>, id: string, to: Written | null): ReadonlyMap<string, Written> {
  const after = new Map(before)
  if (to) after.set(id, to)
  else after.delete(id)
  return after
}

/** Says how long the reader asks nothing. */
const pauseWords = ({ until }: { until?: string | null }) => (until ? t.questions.mutedUntil(clock(until)) : t.questions.mutedYou)

/** The questions of the room, and the form to ask one. */
export default function Questions({ roomId, meId, moderates, answers, totals, wanted: looked, seen, onWaiting, onNews }: QuestionsProps) {
  const [chosen, setChosen] = useState<List | null>(null)
  const [written, setWritten] = useState<ReadonlyMap<string, Written>>(new Map())
  const { say } = useVoice()
  const [upvote] = useDo(UpvoteQuestionDocument)
  const { asked: read, change, reread, more, loading } = useQuestions(roomId, meId, looked || moderates, heard)
  const asked = read && withTotals(read, totals)
  const pause = asked?.pause
  const now = useNowNear(pause?.until)
  const paused = pause && !(pause.until && Date.parse(pause.until) <= now)
  const keep = (mine: Question) => change((before) => withMine(before, mine))
  const tellTabs = useOwnTabs(meId, keep)

  /** Tells the author once what became of their question. */
  function heard(event: PlaceEvent, before: Asked | null) {
    if (event.__typename === 'AskerMuted') {
      return say(event.muted ? pauseWords(event) : t.questions.askAgain)
    }
    if (event.__typename === 'QuestionChanged' && event.questionState === 'ANSWERED' && isLate(written.get(event.questionId))) say(t.questions.late)
    const own = event.__typename === 'OwnQuestionChanged'
    if (!own && event.__typename !== 'QuestionChanged') return
    const row = before?.rows.get(event.questionId)
    if (!own && (!row?.mine || event.questionState === event.previousQuestionState || event.questionState === 'WITHDRAWN')) return
    // A private answer comes with an event of its own, and so does a dismissal.
    if (!own && (event.questionState === 'DISMISSED' || event.question?.answeredPrivately)) return
    if (own && event.questionState === 'WITHDRAWN') return
    say(t.questions.became[event.questionState](event.question?.text ?? row?.text ?? ''))
    if (!seen) onNews()
  }

  const waiting = moderates && asked ? (asked.counts?.pending ?? listOf(asked, 'waiting').length) : 0
  useEffect(() => onWaiting(waiting), [waiting, onWaiting])
  // The list that nobody chose changes only while nobody sees it.
  const [fallback, setFallback] = useState<List | null>(null)
  const wanted = waiting > 0 ? 'waiting' : 'open'
  if (asked && (fallback === null || !seen) && fallback !== wanted) setFallback(wanted)
  // The totals have only the questions with the most upvotes, so all are read again whenever somebody looks.
  useEffect(() => {
    if (seen) reread()
  }, [seen, reread])

  // Everyone hears when the room takes no more questions, or takes them again.
  const off = read?.rules && read.rules.questions === 'OFF'
  const told = useRef(off)
  const speak = useEffectEvent(say)
  useEffect(() => {
    if (typeof off === 'boolean' && typeof told.current === 'boolean' && off !== told.current) speak(off ? t.questions.off : t.questions.on)
    told.current = off ?? told.current
  }, [off])

  if (!asked) return <Scroll className="tool__scroll" label={t.questions.title}>{null}</Scroll>
  const lists: List[] = moderates ? ['waiting', 'open', 'answered', 'mine'] : ['open', 'answered', 'mine']
  const one = chosen ?? fallback ?? 'open'
  const list = lists.includes(one) ? one : 'open' // who is no moderator any more has no list of those that wait
  const rows = listOf(asked, list)
  const { counts, rules } = asked
  const sizes: Record<List, number> = { waiting, open: counts?.open ?? 0, answered: counts?.answered ?? 0, mine: listOf(asked, 'mine').length }
  const tab = (one: List) => t.questions.tab(t.questions.tabs[one], sizes[one], one === 'mine' && asked.next.mine !== null)
  const vote = async (row: Question) => {
    change((before) => withUpvotes(before, { id: row.id, upvoted: !row.upvoted, upvotes: row.upvotes + (row.upvoted ? -1 : 1) }))
    const done = await upvote({ questionId: row.id, on: !row.upvoted })
    change((before) => withUpvotes(before, done ? done.question : row))
  }
  const [title, text] = t.questions.none[list]
  return (
    <>
      <div className="questions-bar">
        <Chips label={t.questions.which} options={lists.map((one) => [one, tab(one)] as const)} value={list} onChange={setChosen} />
        {moderates && rules && <MenuButton icon="settings" label={t.questions.settings}>{(opened) => <QuestionSettings roomId={roomId} rules={rules} {...opened} />}</MenuButton>}
      </div>
      <Scroll className="tool__scroll" label={t.questions.lists[list]}>
        {list === 'waiting' && rows.length > 0 && <p className="questions-note">{t.questions.onlyHosts}</p>}
        {rows.length === 0 && <Empty icon="ask" title={title ?? ''} text={text ?? ''} />}
        {rows.length > 0 && (
          <QuestionList
            key={list}
            rows={rows}
            meId={meId}
            moderates={moderates}
            answers={answers}
            onUpvote={(one) => void vote(one)}
            written={written}
            onWrite={(id, to) => setWritten((before) => withWritten(before, id, to))}
            onMore={asked.next[list] === null ? null : () => more(list)}
            loading={loading === list}
          />
        )}
        {counts && counts.asked > 0 && (
          <p className="totals">
            {t.questions.totals(counts.asked, counts.answered, counts.dismissed).map((words) => (
              <span key={words}>{words}</span>
            ))}
          </p>
        )}
      </Scroll>
      {rules && <AskForm roomId={roomId} rules={rules} closed={rules.questions === 'OFF' ? t.questions.off : paused ? pauseWords(pause) : null} onAsked={(mine) => (keep(mine), tellTabs(mine))} />}
    </>
  )
}
