import { Suspense, useState } from 'react'
import { SharePollDocument, StartPollDocument, StopPollDocument } from '../graphql/generated/graphql'
import { useDo } from '../graphql/useRun'
import { DialogBoundary } from '../shell/DialogBoundary'
import { part } from '../shell/part'
import { t } from '../texts'
import { Button } from '../ui/Button'
import { MenuButton } from '../shell/MenuButton'
import { PollAnswer, TimeLeft, type Typed } from './PollAnswer'
import { PollResults } from './PollResults'
import type { Poll } from './usePolls'

const PollMenu = part(() => import('./PollMenu'))
const DropDraft = part(() => import('./DropDraft'))

export interface PollCardProps {
  poll: Poll
  /** The reader drafts and runs polls. */
  initiates: boolean
  /** Another poll runs. */
  blocked: boolean
  shown: boolean
  typed: Typed | null
  onType: (typed: Typed | null) => void
  /** Gets the poll as it is now, or null once it is deleted. */
  onChange: (to: Poll | null) => void
  /** The same, where the button that was pressed is gone. */
  onRun: (to: Poll | null) => void
  onCopied: (copy: Poll) => void
  onEdit: () => void
}

/** A poll in the panel, with what the reader can do about it. */
export function PollCard({ poll, initiates, blocked, shown, typed, onType, onChange, onRun, onCopied, onEdit }: PollCardProps) {
  const [start, starting] = useDo(StartPollDocument)
  const [stop, stopping] = useDo(StopPollDocument)
  const [share, sharing] = useDo(SharePollDocument)
  const [dropping, setDropping] = useState(false)
  const variables = { id: poll.id }
  const draft = poll.state === 'DRAFT'
  const written = poll.kind === 'TEXT' || poll.kind === 'WORDS'
  const may = !draft && (initiates || poll.resultsShared)
  const counted = written ? may && (poll.named || poll.answers >= 3) : poll.options.some(({ answers }) => answers !== null)
  const shares = !draft && !poll.resultsShared && (poll.state === 'OPEN' || (counted && poll.answers > 0)) // sharing shows something, or may soon
  const menu = initiates && poll.state !== 'OPEN' && (
    <MenuButton icon="more" label={t.polls.more(poll.title)}>
      {(opened) => <PollMenu poll={poll} onEdit={onEdit} onDrop={() => setDropping(true)} onCopied={onCopied} {...opened} />}
    </MenuButton>
  )
  return (
    <>
      <p className="poll__meta">
        {about(poll).map((words) => <span key={words}>{words}</span>)}
        <TimeLeft poll={poll} />
      </p>
      <h3 className="poll__title" dir="auto">{poll.title}</h3>
      {poll.state === 'OPEN' && <PollAnswer poll={poll} typed={typed} onType={onType} onAnswered={onChange} />}
      {counted && <PollResults poll={poll} initiates={initiates} shown={shown} />}
      {!draft && <p className="poll__note">{t.polls.answered(poll.answers, poll.turnout)}</p>}
      {poll.state === 'STOPPED' && !counted && <p className="poll__note">{may ? t.polls.tooFew : t.polls.notShared}</p>}
      {initiates && (
        <div className="poll__actions">
          {draft && <Button kind="primary" size="small" busy={starting} aria-disabled={blocked} onClick={() => blocked || void start(variables).then((done) => done && onRun(done.interaction))}>{t.polls.start}</Button>}
          {poll.state === 'OPEN' && <Button size="small" busy={stopping} onClick={() => void stop(variables).then((done) => done && onRun(done.interaction))}>{t.polls.stop}</Button>}
          {shares && <Button size="small" busy={sharing} onClick={() => void share(variables).then((done) => done && onRun(done.interaction))}>{t.polls.share}</Button>}
          {menu}
          {draft && blocked && <span className="poll__note">{t.polls.waits}</span>}
        </div>
      )}
      {dropping && (
        <DialogBoundary onClose={() => setDropping(false)}>
          <Suspense fallback={null}>
            <DropDraft poll={poll} onClose={() => setDropping(false)} onDropped={() => onRun(null)} />
          </Suspense>
        </DialogBoundary>
      )}
    </>
  )
}

/** Returns what kind of poll it is, in short. */
function about({ kind, state, options, named, timeLimitSeconds }: Poll): string[] {
  if (state === 'OPEN') return [t.polls.kinds[kind]] // the form says whether it has names
  const words = [t.polls.kinds[kind], named ? t.polls.withNames : t.polls.withoutNames]
  if (state !== 'DRAFT') return words
  if (options.length > 0) words.push(kind === 'RATING' ? t.polls.steps(options.length) : t.polls.options(options.length))
  if (timeLimitSeconds) words.push(t.polls.limit(timeLimitSeconds))
  return words
}
