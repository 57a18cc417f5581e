import { useRef } from 'react'
import { t } from '../texts'
import { Button } from '../ui/Button'
import { Icon } from '../ui/Icon'
import { PollAnswer, TimeLeft, type Typed } from './PollAnswer'
import { Counts } from './PollResults'
import type { Poll } from './usePolls'

interface PollOnStageProps {
  poll: Poll
  /** The panel of polls is open beside it, and has the form. */
  beside: boolean
  typed: Typed | null
  onType: (typed: Typed | null) => void
  onAnswered: (poll: Poll) => void
  onOpen: () => void
}

/** The poll that runs, on the stage: a card to answer it, and on the phone a line that leads to the panel. */
export function PollOnStage({ poll, beside, typed, onType, onAnswered, onOpen }: PollOnStageProps) {
  const card = useRef<HTMLElement>(null)
  const counted = poll.options.some(({ answers }) => answers !== null)
  const answers = !poll.myAnswer && !beside
  return (
    <>
      <section className="poll-card" aria-label={t.polls.onStage} ref={card} tabIndex={-1}>
        <p className="poll__meta">
          <span><Icon name={poll.myAnswer ? 'check' : 'poll'} />{poll.myAnswer ? t.polls.youAnswered : t.polls.kinds[poll.kind]}</span>
          <TimeLeft poll={poll} />
        </p>
        <h2 className="poll__title" dir="auto">{poll.title}</h2>
        {answers && (
          <PollAnswer
            poll={poll}
            typed={typed}
            onType={onType}
            onAnswered={(to) => {
              onAnswered(to)
              card.current?.focus() // the form is gone
            }}
          />
        )}
        {!answers && counted && <Counts poll={poll} />}
        <div className="poll__actions">
          <p className="poll__note">{t.polls.answered(poll.answers, poll.turnout)}</p>
          {!answers && !beside && <Button kind="quiet" size="small" onClick={onOpen}>{t.polls.change}</Button>}
        </div>
      </section>
      <button type="button" className="poll-line" onClick={onOpen}>
        <Icon name={poll.myAnswer ? 'check' : 'poll'} />
        <span>
          <b dir="auto">{poll.title}</b>
          <span className="poll__note">{poll.myAnswer ? t.polls.youAnswered : t.polls.answer} <TimeLeft poll={poll} /></span>
        </span>
        <Icon name="right" />
      </button>
    </>
  )
}
