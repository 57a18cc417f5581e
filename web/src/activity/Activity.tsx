import { useState } from 'react'
import { useClient } from 'urql'
import { ActivityDocument } from '../graphql/generated/graphql'
import { useServerNow } from '../graphql/clock'
import { t } from '../texts'
import { Button } from '../ui/Button'
import { Name } from '../ui/Text'
import { clock, dayWord, exact, minute } from '../ui/time'
import { type RoomEvent, sentence, type Target } from './sentence'
import './Activity.css'

interface ActivityProps {
  roomId: string
  /** Newest first. */
  events: RoomEvent[]
  chosen: boolean
  onTarget: (target: Target) => void
}

const page = 50

/** Lists the room's events as they happen, each with a link to its person. */
export function Activity({ roomId, events, chosen, onTarget }: ActivityProps) {
  const client = useClient()
  const now = useServerNow(minute)
  const [older, setOlder] = useState<RoomEvent[]>([])
  const [ended, setEnded] = useState(false)
  const [busy, setBusy] = useState(false)
  const all = [...events, ...older.filter((event) => event.revision < (events.at(-1)?.revision ?? Infinity))]

  async function earlier() {
    setBusy(true)
    const before = all.at(-1)?.revision
    const result = await client.query(ActivityDocument, { roomId, first: page, before }, { requestPolicy: 'network-only' }).toPromise()
    const found = result.data?.room?.events ?? []
    setOlder((known) => [...known, ...found])
    setEnded(!result.error && found.length < page)
    setBusy(false)
  }

  const person = (target: Target) => (
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
  const today = dayWord(new Date(now).toISOString(), now)
  let day = ''
  return (
    <section className="panel panel--activity" data-chosen={chosen || undefined} aria-labelledby="title-activity" id="panel-activity">
      <header className="panel__head">
        <h2 id="title-activity">{t.activity.title}</h2>
      </header>
      {all.length === 0 && <p className="small soft group-title">{t.activity.none}</p>}
      <ol className="feed">
        {all.map((event) => {
          const text = sentence(event, person)
          if (text === null) return null
          const word = dayWord(event.at, now)
          const first = word !== day
          day = word
          return (
            <li key={event.id} data-day={first && word !== today ? word.charAt(0).toLocaleUpperCase() + word.slice(1) : undefined}>
              <time dateTime={event.at} title={exact(event.at)}>
                {clock(event.at)}
              </time>
              <span>{text}</span>
            </li>
          )
        })}
      </ol>
      {!ended && all.length >= 20 && (
        <div className="panel__head">
          <Button kind="text" size="small" busy={busy} onClick={() => void earlier()}>
            {t.activity.earlier}
          </Button>
        </div>
      )}
    </section>
  )
}
