import type { ReactNode } from 'react'
import {
  AnswerQuestionDocument, DismissQuestionDocument, PublishQuestionDocument, ReleaseQuestionDocument, TakeQuestionDocument, WithdrawQuestionDocument,
} from '../graphql/generated/graphql'
import { useDo } from '../graphql/useRun'
import { part } from '../shell/part'
import { t } from '../texts'
import { Button } from '../ui/Button'
import { Icon } from '../ui/Icon'
import { Name, Say } from '../ui/Text'
import { clock } from '../ui/time'
import { AnswerForm, isLate, type Written } from './AnswerForm'
import { MenuButton } from '../shell/MenuButton'
import type { Question } from './questions'

const QuestionMenu = part(() => import('./QuestionMenu'))

export interface QuestionRowProps {
  row: Question
  meId: string
  moderates: boolean
  answers: boolean
  onUpvote: (row: Question) => void
  /** The answers that the reader writes, by question. They outlast the row, which moves to another list. */
  written: ReadonlyMap<string, Written>
  onWrite: (id: string, to: Written | null) => void
}

/** Shows a question, with what the reader can do about it. */
export function QuestionRow({ row, meId, moderates, answers, onUpvote, written, onWrite }: QuestionRowProps) {
  const [take, taking] = useDo(TakeQuestionDocument)
  const [release] = useDo(ReleaseQuestionDocument)
  const [publish, publishing] = useDo(PublishQuestionDocument)
  const [dismiss, dismissing] = useDo(DismissQuestionDocument)
  const [withdraw, withdrawing] = useDo(WithdrawQuestionDocument)
  const [answer, answering] = useDo(AnswerQuestionDocument)
  const waits = row.state === 'PENDING'
  const open = waits || row.state === 'OPEN'
  const questionId = row.id
  const writing = written.get(questionId)
  const late = row.state === 'ANSWERED' && isLate(writing)
  const takenByMe = row.takenBy?.participantId === meId
  const buttons: ReactNode[] = []
  if (waits && moderates)
    buttons.push(
      <Button key="publish" kind="primary" size="small" busy={publishing} onClick={() => void publish({ questionId })}>{t.questions.publish}</Button>,
      <Button key="dismiss" kind="quiet" size="small" busy={dismissing} onClick={() => void dismiss({ questionId })}>{t.questions.dismiss}</Button>,
    )
  if (open && answers && (!waits || moderates)) {
    if (!row.takenBy) buttons.push(<Button key="take" kind="quiet" size="small" busy={taking} onClick={() => void take({ questionId })}>{t.questions.take}</Button>)
    if (takenByMe) {
      buttons.push(
        <Button key="live" kind="primary" size="small" busy={answering} onClick={() => void answer({ input: { questionId } })}>{t.questions.answeredLive}</Button>,
        <Button key="release" kind="quiet" size="small" onClick={() => void release({ questionId })}>{t.questions.release}</Button>,
      )
    }
    if (!writing && (!waits || takenByMe)) buttons.push(<Button key="write" kind="quiet" size="small" onClick={() => onWrite(questionId, { text: '', alone: false })}>{t.questions.writeAnswer}</Button>)
  }
  if (row.mine && open) buttons.push(<Button key="withdraw" kind="text" size="small" busy={withdrawing} onClick={() => void withdraw({ questionId })}>{t.questions.withdraw}</Button>)
  if (moderates && row.state !== 'WITHDRAWN' && (!row.mine || !waits))
    buttons.push(<MenuButton key="more" icon="more" label={t.questions.more}>{(opened) => <QuestionMenu row={row} {...opened} />}</MenuButton>)

  return (
    <li className={waits && moderates ? 'question question--waits' : row.takenBy ? 'question question--taken' : 'question'}>
      {waits && moderates ? null : row.state === 'OPEN' && !row.mine ? (
        <button type="button" className="upvote" aria-pressed={row.upvoted} aria-label={t.questions.vote(row.upvotes)} onClick={() => onUpvote(row)}>
          <Icon name="up" />
          {t.numbers.number(row.upvotes)}
        </button>
      ) : (
        <div className="upvote upvote--still">
          <span aria-hidden="true">{waits ? '–' : t.numbers.number(row.upvotes)}</span>
          <span className="visually-hidden">{t.questions.votes(row.upvotes)}</span>
        </div>
      )}
      <div className="question__main">
        <p className="question__text" dir="auto">{row.text}</p>
        <div className="question__meta">
          <span>{row.mine ? (row.anonymous ? t.questions.youAnonymous : t.questions.you) : row.author ? <Name>{row.author.name}</Name> : t.questions.anonymous}</span>
          <time dateTime={row.at}>{clock(row.at)}</time>
          <Status row={row} takenByMe={takenByMe} moderates={moderates} />
        </div>
        <Answered row={row} />
        {buttons.length > 0 && <div className="question__actions">{buttons}</div>}
        {writing && (open || late) && <AnswerForm questionId={questionId} written={writing} late={late} onWrite={(to) => onWrite(questionId, to)} />}
      </div>
    </li>
  )
}

function Status({ row, takenByMe, moderates }: { row: Question; takenByMe: boolean; moderates: boolean }) {
  if (row.takenBy) return <span className="question__status">{takenByMe ? t.questions.takenByYou : <Say text={t.questions.taken} name={<Name>{row.takenBy.name}</Name>} />}</span>
  if (row.state === 'PENDING' && !moderates) return <span className="question__status">{t.questions.looked}</span>
  if (row.state === 'DISMISSED') return <span>{t.questions.dismissed}</span>
  if (row.state === 'WITHDRAWN') return <span>{t.questions.withdrawn}</span>
  return null
}

function Answered({ row }: { row: Question }) {
  if (row.state !== 'ANSWERED' || !row.answeredBy) return null
  const words = row.answeredPrivately ? (row.mine ? t.questions.toYou : t.questions.privately) : row.answer ? t.questions.written : t.questions.live
  const text = row.answer ?? row.privateAnswer
  return (
    <div className={row.answeredPrivately ? 'answer answer--private' : 'answer'}>
      <div className="answer__who">
        <Icon name={row.answeredPrivately ? 'lock' : 'answer'} />
        <span><Say text={words} name={<Name>{row.answeredBy.name}</Name>} /></span>
      </div>
      {text && <p dir="auto">{text}</p>}
    </div>
  )
}
