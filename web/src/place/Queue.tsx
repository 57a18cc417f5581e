import { useEffect, useEffectEvent } from 'react'
import { useQuery } from 'urql'
import { type PlacePartsFragment, QueuePlaceDocument } from '../graphql/generated/graphql'
import { useServerNow } from '../graphql/clock'
import { Frame } from '../shell/Frame'
import { t } from '../texts'
import { useVoice } from '../ui/Announcer'
import { Button } from '../ui/Button'
import { Mark } from '../ui/Empty'
import { Name, Say } from '../ui/Text'
import { minute, span } from '../ui/time'
import type { PlaceRoom } from './asked'
import { MoveButton, type OpensMore } from './Moving'
import './Queue.css'

interface QueueProps extends OpensMore {
  room: PlaceRoom
  host: string | null
  me: PlacePartsFragment
  busy: boolean
  fault: string | null
  onCancel: () => void
}

const askEvery = 10_000

/** Shows somebody who waits to be let in their place in the queue. */
export function Queue({ room, host, me, busy, fault, onCancel, onMove }: QueueProps) {
  // No event reports how others move in the queue, so a visible page asks for its place every ten seconds.
  const [, ask] = useQuery({ query: QueuePlaceDocument, variables: { roomId: room.id }, pause: true })
  const look = useEffectEvent(() => document.visibilityState === 'visible' && ask({ requestPolicy: 'network-only' }))
  useEffect(() => {
    look()
    const timer = setInterval(() => look(), askEvery)
    return () => clearInterval(timer)
  }, [])

  const place = me.queuePosition ?? null
  const now = useServerNow(10_000)
  const waited = me.waitingSince ? now - Date.parse(me.waitingSince) : 0
  const { say } = useVoice()
  useEffect(() => {
    if (place !== null) say(t.place.queue.said(place))
  }, [place, say])

  return (
    <Frame centre>
      <Mark icon="hour" tone="wait" />
      <div className="stack stack--tight">
        <h1>{t.place.queue.title(host)}</h1>
        <p className="soft">
          <Say text={place === null ? t.place.queue.somewhere : t.place.queue.number(place)} room={<Name>{room.title}</Name>} />
        </p>
      </div>
      <div className="well">
        <p className="small soft">{t.place.queue.yourPlace}</p>
        <p className="place digits">{place ?? '–'}</p>
        {me.waitingSince && <p className="small soft">{waited < minute ? t.place.queue.briefly : t.place.queue.waiting(span(waited))}</p>}
      </div>
      <p className="small soft">{me.guest ? t.place.queue.keepsGuest : t.place.queue.keeps}</p>
      {fault && <p className="field__error" role="alert">{fault}</p>}
      <Button size="large" busy={busy} onClick={onCancel}>
        {t.place.queue.leave}
      </Button>
      <MoveButton onMove={onMove} />
    </Frame>
  )
}
