import { type ReactNode, useId, useState } from 'react'
import { HidePollAnswerDocument, type PollPartsFragment } from '../graphql/generated/graphql'
import { useDo } from '../graphql/useRun'
import { t } from '../texts'
import { useVoice } from '../ui/Announcer'
import { Button } from '../ui/Button'
import { Icon } from '../ui/Icon'
import { Name } from '../ui/Text'
import { Ends } from './PollAnswer'
import { type Answers, usePollAnswers } from './usePollAnswers'
import type { Poll } from './usePolls'

interface PollResultsProps {
  poll: Poll
  /** The reader runs polls: they hide texts and words, and read who answered a named poll. */
  initiates: boolean
  /** The panel is the one that is shown. */
  shown: boolean
}

/** The results of a poll: a table whose rows have bars, or what people wrote; and who answered what, for those who may know. */
export function PollResults({ poll, initiates, shown }: PollResultsProps) {
  return (
    <>
      {poll.kind === 'TEXT' || poll.kind === 'WORDS' ? <Written poll={poll} initiates={initiates} shown={shown} /> : <Counts poll={poll} />}
      {initiates && poll.named && poll.kind !== 'TEXT' && <WhoAnswered poll={poll} shown={shown} />}
    </>
  )
}

/** How many people chose each option. */
export function Counts({ poll }: { poll: PollPartsFragment & { myAnswer?: Poll['myAnswer'] } }) {
  const mine = poll.myAnswer?.choices
  const sum = poll.options.reduce((all, { answers }) => all + (answers ?? 0), 0)
  const average = poll.options.reduce((all, { answers }, at) => all + (at + 1) * (answers ?? 0), 0) / sum
  return (
    <>
      <Bars of={poll.answers} rows={poll.options.map(({ id, text, answers, correct }) => ({ id, text, answers: answers ?? 0, correct: correct ?? false, mine: mine?.includes(id) }))} />
      {poll.kind === 'RATING' && (
        <>
          <Ends poll={poll} />
          {sum > 0 && <p className="poll__note">{t.polls.average(average)}</p>}
        </>
      )}
    </>
  )
}

interface Row {
  id: string
  text: string
  answers: number
  correct?: boolean
  mine?: boolean | undefined
  hidden?: boolean
  action?: ReactNode
}

export function Bars({ rows, of }: { rows: Row[]; of: number }) {
  return (
    <table className="poll__results">
      <caption className="visually-hidden">{t.polls.results}</caption>
      <tbody>
        {rows.map(({ id, text, answers, correct, mine, hidden, action }) => {
          const share = of > 0 ? answers / of : 0
          return (
            <tr key={id}>
              <th scope="row">
                <span dir="auto" className={hidden ? 'poll__struck' : undefined}>{text}</span>
                {correct && <span className="poll__mark"><Icon name="check" /> {t.polls.correct}</span>}
                {mine && <span className="poll__mark">{t.polls.yours}</span>}
                {hidden && <span className="poll__note"> {t.polls.hidden}</span>}
                <progress className="poll__bar" max={1} value={Math.min(1, share)} aria-hidden="true" />
              </th>
              <td>{t.polls.share100(answers, share)}</td>
              {action && <td>{action}</td>}
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}

function Written({ poll, initiates, shown }: PollResultsProps) {
  const { read, reading, reread, readMore } = usePollAnswers(poll, shown)
  if (!read) return null
  const hide = (id: string, text: string, hidden: boolean) => (initiates ? <Hide id={id} text={text} hidden={hidden} onDone={reread} /> : null)
  if (poll.kind === 'WORDS') {
    if (read.words.length === 0) return null
    return <Bars of={poll.answers} rows={read.words.map(({ id, word, answers, hidden }) => ({ id, text: word, answers, hidden, action: hide(id, word, hidden) }))} />
  }
  if (read.answers.length === 0) return null
  return (
    <>
      <ul className="poll__texts" aria-label={t.polls.results}>
        {read.answers.map(({ id, author, texts, hidden }) => (
          <li key={id}>
            <div>
              <p dir="auto" className={hidden ? 'poll__struck' : undefined}>{texts[0]}</p>
              {author && <p className="poll__note"><Name>{author.name}</Name></p>}
              {hidden && <p className="poll__note">{t.polls.hidden}</p>}
            </div>
            {hide(id, texts[0] ?? '', hidden)}
          </li>
        ))}
      </ul>
      <MoreAnswers more={read.more} reading={reading} onMore={readMore} />
    </>
  )
}

function MoreAnswers({ more, reading, onMore }: { more: boolean; reading: boolean; onMore: () => void }) {
  return more ? <div><Button kind="quiet" size="small" busy={reading} onClick={onMore}>{t.polls.moreAnswers}</Button></div> : null
}

/** Hides a text or a word from the room, or shows it again. */
function Hide({ id: answerId, text, hidden, onDone }: { id: string; text: string; hidden: boolean; onDone: () => void }) {
  const [hide, busy] = useDo(HidePollAnswerDocument)
  const { toast } = useVoice()
  const set = async (on: boolean) => {
    if (!(await hide({ answerId, on }))) return
    onDone()
    if (on) toast({ text: t.polls.hiddenNow, undo: { label: t.undo, run: () => void set(false) } })
  }
  return (
    <Button kind="quiet" size="small" busy={busy} aria-label={hidden ? t.polls.showNamed(text) : t.polls.hideNamed(text)} onClick={() => void set(!hidden)}>
      {hidden ? t.polls.show : t.polls.hide}
    </Button>
  )
}

/** Lists who answered what, when somebody opens it. */
function WhoAnswered({ poll, shown }: { poll: Poll; shown: boolean }) {
  const id = useId()
  const [open, setOpen] = useState(false)
  return (
    <div className="poll__who">
      <Button kind="quiet" size="small" icon={open ? 'down' : 'right'} aria-expanded={open} aria-controls={open ? id : undefined} onClick={() => setOpen(!open)}>{t.polls.who}</Button>
      {open && <div id={id}><Named poll={poll} shown={shown} /></div>}
    </div>
  )
}

function Named({ poll, shown }: { poll: Poll; shown: boolean }) {
  const { read, reading, readMore } = usePollAnswers(poll, shown)
  if (!read) return null
  const texts = new Map(poll.options.map(({ id, text }) => [id, text]))
  const said = ({ choices, texts: words }: Answers[number]) => (choices.length > 0 ? choices.map((id) => texts.get(id) ?? '') : words)
  return (
    <>
      <p className="poll__note">{t.polls.whoNote}</p>
      <ul className="poll__texts">
        {read.answers.map((answer) => (
          <li key={answer.id}>
            <div>
              <p className="strong">{answer.author && <Name>{answer.author.name}</Name>}</p>
              {said(answer).map((words, at) => <p key={at} dir="auto">{words}</p>)}
            </div>
          </li>
        ))}
      </ul>
      <MoreAnswers more={read.more} reading={reading} onMore={readMore} />
    </>
  )
}
