import { memo, useMemo, useState } from 'react'
import { useServerNow } from '../graphql/clock'
import { t } from '../texts'
import { Button } from '../ui/Button'
import { Chips } from '../ui/Chips'
import { SkeletonRows } from '../ui/Skeleton'
import { Name, Say } from '../ui/Text'
import { usePreference } from '../ui/preference'
import { clock, dayWord, exact, minute } from '../ui/time'
import { useRoving } from '../ui/useRoving'
import { type Filter, foldedLines, kindOf, type Line } from './entries'
import { type RoomEvent, sentence, type Target, targetOf } from './sentence'
import type { ShownLog } from './useLog'
import './Activity.css'

interface ActivityProps {
  log: ShownLog
  chosen: boolean
  onTarget: (target: Target) => void
}

const filters: Filter[] = ['all', 'entries', 'changes', 'problems']
const step = 100 // lines, so that a crowd keeps the page quick

/** Lists the room's events as they happen, each with a link to its person. */
export const Activity = memo(function Activity({ log, chosen, onTarget }: ActivityProps) {
  const now = useServerNow(minute)
  const [filter, setFilter] = useState<Filter>('all')
  const [most, setMost] = useState(step)
  const list = useRoving<HTMLOListElement>()
  const today = dayWord(new Date(now).toISOString(), now)
  const { events, complete } = log
  // Only what is shown is folded.
  const { lines, rest } = useMemo(() => {
    const wanted = events.filter((event) => {
      const kind = kindOf(event)
      return kind !== null && (filter === 'all' || kind === filter)
    })
    return foldedLines(wanted, complete, (at) => new Date(at).toDateString(), most)
  }, [events, complete, filter, most])

  const shown = lines.slice(0, most)
  const hasMore = rest || lines.length > shown.length || !complete
  const earlier = () => {
    setMost((before) => before + step)
    if (!rest && lines.length < most + step && !complete) log.readOlder()
  }
  return (
    <section className="panel panel--activity" data-chosen={chosen || undefined} aria-labelledby="title-activity" id="panel-activity">
      <header className="panel__head">
        <h2 id="title-activity" tabIndex={-1}>
          {t.activity.title}
        </h2>
      </header>
      {events.length > 0 && (
        <div className="panel__tools">
          <Chips label={t.activity.filter} options={filters.map((one) => [one, t.activity.filters[one]] as const)} value={filter} onChange={setFilter} />
        </div>
      )}
      {log.loading && !log.failed && <SkeletonRows label={t.activity.loading} />}
      {log.failed && events.length === 0 && <p className="field__error group-title">{t.activity.failed}</p>}
      {!log.loading && lines.length === 0 && <p className="small soft group-title">{events.length === 0 ? t.activity.none : t.activity.noneOfKind}</p>}
      <ol className="feed" ref={list}>
        {shown.map((line, index) => {
          const word = dayWord(line.events[0]?.at ?? '', now)
          const first = word !== (index > 0 && dayWord(shown[index - 1]?.events[0]?.at ?? '', now))
          return <FeedLine key={line.key} line={line} day={first && word !== today ? word : undefined} onTarget={onTarget} />
        })}
      </ol>
      {hasMore && !log.loading && (
        <div className="panel__head">
          <Button kind="text" size="small" busy={log.busy} onClick={earlier}>
            {t.activity.earlier}
          </Button>
        </div>
      )}
    </section>
  )
})

interface LineProps {
  line: Line
  day: string | undefined
  onTarget: (target: Target) => void
}

// Drawn again only if it changed: a line has the same events as long as nothing joined it.
const FeedLine = memo(
  function FeedLine({ line, day, onTarget }: LineProps) {
    const [open, setOpen] = useState(false)
    const newest = line.events[0]
    if (!newest) return null
    return (
      <li data-day={day && day.charAt(0).toLocaleUpperCase() + day.slice(1)} data-row>
        <Moment event={newest} />
        {line.run ? (
          <div>
            <FoldedText line={line} onTarget={onTarget} />{' '}
            <button type="button" className="feed__more" aria-expanded={open} onClick={() => setOpen(!open)}>
              {open ? t.activity.showLess : t.activity.showAll}
            </button>
            {open && (
              <ol className="feed__each">
                {line.events.map((event) => (
                  <li key={event.id} data-row>
                    <Moment event={event} />
                    <span>{sentence(event, (target) => <Person target={target} onTarget={onTarget} />)}</span>
                  </li>
                ))}
              </ol>
            )}
          </div>
        ) : (
          <span>{sentence(newest, (target) => <Person target={target} onTarget={onTarget} />)}</span>
        )}
      </li>
    )
  },
  (a, b) => a.day === b.day && a.line.key === b.line.key && a.line.more === b.line.more && a.line.events.length === b.line.events.length && a.line.events[0] === b.line.events[0],
)

function Moment({ event: { at } }: { event: RoomEvent }) {
  usePreference('clock') // lines are drawn again only if they change
  return (
    <time dateTime={at} title={exact(at)}>
      {clock(at)}
    </time>
  )
}

function FoldedText({ line: { run, events, count, more }, onTarget }: { line: Line; onTarget: (target: Target) => void }) {
  const [newest] = events
  if (!run || !newest) return null
  const target = targetOf(newest)
  return (
    <Say
      text={t.activity.folded[run]}
      actor={newest.actor ? <Name>{newest.actor}</Name> : t.events.usher}
      who={target && <Person target={target} onTarget={onTarget} />}
      people={t.activity.people(count, more)}
      times={t.activity.times(count, more)}
    />
  )
}

function Person({ target, onTarget }: { target: Target; onTarget: (target: Target) => void }) {
  return (
    <a
      href={`#${target.kind}`}
      onClick={(event) => {
        event.preventDefault()
        onTarget(target)
      }}
    >
      <Name>{target.name}</Name>
    </a>
  )
}
