import { useState } from 'react'
import { useQuery } from 'urql'
import { SessionsDocument, SummaryDocument, type SummaryQuery } from '../graphql/generated/graphql'
import { useServerNow } from '../graphql/clock'
import { unexpected } from '../graphql/problem'
import { PastPoll } from '../talk/PastPoll'
import { t } from '../texts'
import { Banner } from '../ui/Banner'
import { Button } from '../ui/Button'
import { Dialog } from '../ui/Dialog'
import { SelectField } from '../ui/Field'
import { SkeletonRows } from '../ui/Skeleton'
import { dayAndClock, longDay, minute, span } from '../ui/time'
import { Attendance } from './Attendance'
import './Summary.css'

interface SummaryDialogProps {
  room: { id: string; title: string }
  /** The current session. */
  sessionId: string
  onExport: (sessionId: string) => void
  onClose: () => void
}

/** Sums up a session of the room: numbers, polls, and who was there from when to when. */
export default function SummaryDialog({ room, sessionId: current, onExport, onClose }: SummaryDialogProps) {
  const [chosen, setChosen] = useState(current)
  const [{ data: all }] = useQuery({ query: SessionsDocument, variables: { roomId: room.id }, requestPolicy: 'cache-and-network' })
  const sessions = all?.room?.sessions.nodes.filter(({ id, state }) => id === current || state === 'OPEN' || state === 'ENDED') ?? []
  return (
    <Dialog
      title={t.summary.title}
      subtitle={room.title}
      onClose={onClose}
      foot={
        <>
          <Button onClick={() => onExport(chosen)}>{t.exporting.open}</Button>
          <Button kind="primary" onClick={onClose}>
            {t.done}
          </Button>
        </>
      }
    >
      <div className="stack">
        {sessions.length > 1 && (
          <SelectField label={t.summary.session} value={chosen} onChange={({ target }) => setChosen(target.value)}>
            {sessions.map(({ id, state, startsAt, openedAt }) => (
              <option key={id} value={id}>
                {t.summary.sessionIs(dayAndClock(openedAt ?? startsAt), t.states[state])}
              </option>
            ))}
          </SelectField>
        )}
        <OfSession key={chosen} roomId={room.id} sessionId={chosen} />
        <Attendance key={`${chosen} people`} roomId={room.id} sessionId={chosen} />
      </div>
    </Dialog>
  )
}

function OfSession({ roomId, sessionId }: { roomId: string; sessionId: string }) {
  const [{ data, error, fetching }] = useQuery({ query: SummaryDocument, variables: { roomId, sessionId }, requestPolicy: 'cache-and-network' })
  const summary = data?.room?.summary
  if (summary) return <Numbers of={summary} />
  if (fetching) return <SkeletonRows label={t.summary.loading} />
  return (
    <Banner tone="danger" icon="alert" role="alert">
      {error ? unexpected(error) : t.summary.gone}
    </Banner>
  )
}

type Summary = NonNullable<NonNullable<SummaryQuery['room']>['summary']>

function Numbers({ of }: { of: Summary }) {
  const now = useServerNow(minute)
  const polls = of.interactions.nodes.toReversed() // in the order in which they were drafted
  const rows: [string, string][] = [
    [t.summary.came, t.summary.cameOf(of.came, of.invited)],
    [t.summary.most, t.numbers.number(of.mostAtOnce)],
    [t.summary.average, span(of.averageSeconds * 1000)],
    [t.summary.chat, t.summary.messages(of.messages)],
    [t.summary.backchannel, t.summary.messages(of.backchannel)],
    [t.summary.questions, t.summary.asked(of.questions.asked, of.questions.answered)],
    [t.summary.polls, t.numbers.number(polls.length)],
  ]
  return (
    <>
      <dl className="summary">
        {rows.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {of.writtenUntil && <p className="small soft">{(Date.parse(of.writtenUntil) < now ? t.summary.deleted : t.summary.deletes)(longDay(of.writtenUntil))}</p>}
      {polls.length > 0 && (
        <section className="summary__polls" aria-label={t.summary.polls}>
          {polls.map((poll) => (
            <PastPoll key={poll.id} poll={poll} />
          ))}
        </section>
      )}
    </>
  )
}
