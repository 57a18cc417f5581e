import { useEffect } from 'react'
import { DeletePollDocument, SharePollDocument, StartPollDocument, StopPollDocument } from '../graphql/generated/graphql'
import type { PlaceEvent } from '../graphql/roomEvents'
import { useDo } from '../graphql/useRun'
import { part } from '../shell/part'
import { t } from '../texts'
import { useVoice } from '../ui/Announcer'
import { Button } from '../ui/Button'
import { Empty } from '../ui/Empty'
import { Scroll } from '../ui/Scroll'
import { PollAnswer } from './PollAnswer'
import { PollResults } from './PollResults'
import { type Poll, usePolls } from './usePolls'
import './Polls.css'

const PollForm = part(() => import('./PollForm'))

interface PollsProps {
  roomId: string
  /** The reader drafts and runs polls. */
  initiates: boolean
  /** Gets how many polls wait for the reader's answer. */
  onWaiting: (count: number) => void
}

/** The polls of the room: the one that runs, those before it, and for hosts the drafts. */
export default function Polls({ roomId, initiates, onWaiting }: PollsProps) {
  const { say } = useVoice()
  const { polls, change } = usePolls(roomId, heard)

  /** Says once that a poll has begun, or that its results are there. */
  function heard(event: PlaceEvent) {
    if (event.__typename === 'InteractionChanged' && event.to === 'OPEN' && event.poll) say(t.polls.began(event.poll.title))
    if (event.__typename === 'ResultsShared' && event.poll) say(t.polls.shared(event.poll.title))
  }

  const waiting = polls?.filter(({ state, myAnswer }) => state === 'OPEN' && !myAnswer).length ?? 0
  useEffect(() => onWaiting(waiting), [waiting, onWaiting])
  if (!polls) return <Scroll className="tool__scroll" label={t.polls.title}>{null}</Scroll>
  const running = polls.find(({ state }) => state === 'OPEN')
  return (
    <>
      <Scroll className="tool__scroll" label={t.polls.title}>
        {polls.length === 0 && <Empty icon="poll" title={t.polls.none} text={initiates ? t.polls.noneForHosts : t.polls.noneText} />}
        <ul className="polls">
          {polls.map((poll) => (
            <li key={poll.id} className="poll">
              <OnePoll poll={poll} initiates={initiates} blocked={Boolean(running)} onChange={(to) => change(poll.id, to)} />
            </li>
          ))}
        </ul>
      </Scroll>
      {initiates && (
        <div className="tool__foot">
          <PollForm roomId={roomId} onDrafted={(poll) => change(poll.id, poll)} />
        </div>
      )}
    </>
  )
}

interface OnePollProps {
  poll: Poll
  initiates: boolean
  /** Another poll runs. */
  blocked: boolean
  onChange: (to: Poll | null) => void
}

function OnePoll({ poll, initiates, blocked, onChange }: OnePollProps) {
  const [start, starting] = useDo(StartPollDocument)
  const [stop, stopping] = useDo(StopPollDocument)
  const [share, sharing] = useDo(SharePollDocument)
  const [drop, dropping] = useDo(DeletePollDocument)
  const variables = { id: poll.id }
  const counted = poll.options.some(({ answers }) => answers !== null)
  const written = poll.kind === 'TEXT' || poll.kind === 'WORDS'
  return (
    <>
      <p className="poll__state">{t.polls.states[poll.state]}</p>
      <h2 className="poll__title" dir="auto">{poll.title}</h2>
      {poll.state === 'OPEN' && <PollAnswer key={poll.id} poll={poll} onAnswered={onChange} />}
      {poll.state === 'DRAFT' && poll.options.length > 0 && <ul className="poll__options">{poll.options.map(({ id, text }) => <li key={id} dir="auto">{text}</li>)}</ul>}
      {(counted || (written && poll.state !== 'DRAFT' && (initiates || poll.resultsShared))) && <PollResults poll={poll} />}
      {poll.state !== 'DRAFT' && <p className="poll__note">{t.polls.answered(poll.answers, poll.turnout)}</p>}
      {poll.state === 'STOPPED' && !counted && !written && <p className="poll__note">{poll.resultsShared || initiates ? t.polls.tooFew : t.polls.notShared}</p>}
      {initiates && (
        <div className="poll__actions">
          {poll.state === 'DRAFT' && (
            <>
              <Button kind="primary" size="small" busy={starting} disabled={blocked} onClick={() => void start(variables).then((done) => done && onChange(done.interaction))}>{t.polls.start}</Button>
              <Button kind="quiet" size="small" busy={dropping} onClick={() => void drop(variables).then((done) => done && onChange(null))}>{t.polls.drop}</Button>
            </>
          )}
          {poll.state === 'OPEN' && <Button size="small" busy={stopping} onClick={() => void stop(variables).then((done) => done && onChange(done.interaction))}>{t.polls.stop}</Button>}
          {poll.state !== 'DRAFT' && !poll.resultsShared && <Button size="small" busy={sharing} onClick={() => void share(variables).then((done) => done && onChange(done.interaction))}>{t.polls.share}</Button>}
        </div>
      )}
    </>
  )
}
