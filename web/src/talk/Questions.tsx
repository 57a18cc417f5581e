import { useEffect, useState } from 'react'
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
import { AskForm } from './AskForm'
import { MenuButton } from './MenuButton'
import { QuestionRow } from './QuestionRow'
import { type Asked, type List, listOf, type Question, withMine, withTotals, withUpvotes } from './questions'
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
  /** The panel is the one that is shown. */
  shown: boolean
  /** Gets how many questions wait for a moderator. */
  onWaiting: (count: number) => void
  /** Something became of a question of the reader while the panel is not shown. */
  onNews: () => void
}

/** The questions of the room, and the form to ask one. */
export default function Questions({ roomId, meId, moderates, answers, totals, shown, onWaiting, onNews }: QuestionsProps) {
  const [chosen, setChosen] = useState<List | null>(null)
  const [muted, setMuted] = useState<string | null>(null)
  const { say } = useVoice()
  const [upvote] = useDo(UpvoteQuestionDocument)
  const { asked: read, change, reread } = useQuestions(roomId, meId, heard)
  const asked = read && withTotals(read, totals)

  /** Tells the author once what became of their question. */
  function heard(event: PlaceEvent, before: Asked | null) {
    if (event.__typename === 'AskerMuted') {
      const words = event.muted ? (event.until ? t.questions.mutedUntil(clock(event.until)) : t.questions.mutedYou) : t.questions.askAgain
      setMuted(event.muted ? words : null)
      return say(words)
    }
    const own = event.__typename === 'OwnQuestionChanged'
    if (!own && event.__typename !== 'QuestionChanged') return
    const row = before?.rows.get(event.questionId)
    if (!own && (!row?.mine || event.questionState === event.previousQuestionState || event.questionState === 'WITHDRAWN')) return
    // A private answer comes with an event of its own, and so does a dismissal.
    if (!own && (event.questionState === 'DISMISSED' || event.question?.answeredPrivately)) return
    if (own && event.questionState === 'WITHDRAWN') return
    say(t.questions.became[event.questionState](event.question?.text ?? row?.text ?? ''))
    if (!shown) onNews()
  }

  const waiting = moderates && asked ? listOf(asked, 'waiting').length : 0
  useEffect(() => onWaiting(waiting), [waiting, onWaiting])
  // The totals have only the questions with the most upvotes, so all are read again whenever somebody looks.
  useEffect(() => {
    if (shown) reread()
  }, [shown, reread])

  if (!asked) return <Scroll className="tool__scroll" label={t.questions.title}>{null}</Scroll>
  const lists: List[] = moderates ? ['waiting', 'open', 'answered', 'mine'] : ['open', 'answered', 'mine']
  const list = chosen ?? (waiting > 0 ? 'waiting' : 'open')
  const rows = listOf(asked, list)
  const { counts, rules } = asked
  const sizes: Record<List, number> = { waiting, open: counts?.open ?? 0, answered: counts?.answered ?? 0, mine: listOf(asked, 'mine').length }
  const vote = async (row: Question) => {
    change((before) => withUpvotes(before, { id: row.id, upvoted: !row.upvoted, upvotes: row.upvotes + (row.upvoted ? -1 : 1) }))
    const done = await upvote({ questionId: row.id, on: !row.upvoted })
    change((before) => withUpvotes(before, done ? done.question : row))
  }
  const [title, text] = t.questions.none[list]
  return (
    <>
      <div className="questions-bar">
        <Chips label={t.questions.which} options={lists.map((one) => [one, t.questions.tab(t.questions.tabs[one], sizes[one])] as const)} value={list} onChange={setChosen} />
        {moderates && rules && <MenuButton icon="settings" label={t.questions.settings}>{(opened) => <QuestionSettings roomId={roomId} rules={rules} {...opened} />}</MenuButton>}
      </div>
      <Scroll className="tool__scroll" label={t.questions.lists[list]}>
        {list === 'waiting' && rows.length > 0 && <p className="questions-note">{t.questions.onlyHosts}</p>}
        {rows.length === 0 && <Empty icon="ask" title={title ?? ''} text={text ?? ''} />}
        {rows.length > 0 && (
          <ul className="questions">
            {rows.map((row) => (
              <QuestionRow key={row.id} row={row} meId={meId} moderates={moderates} answers={answers} onUpvote={(one) => void vote(one)} />
            ))}
          </ul>
        )}
        {counts && counts.asked > 0 && (
          <p className="totals">
            {t.questions.totals(counts.asked, counts.answered, counts.dismissed).map((words) => (
              <span key={words}>{words}</span>
            ))}
          </p>
        )}
      </Scroll>
      {rules && <AskForm roomId={roomId} rules={rules} closed={rules.questions === 'OFF' ? t.questions.off : muted} onAsked={(mine) => change((before) => withMine(before, mine))} />}
    </>
  )
}
