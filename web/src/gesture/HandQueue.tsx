import { useEffect, useRef, useState } from 'react'
import { ChangeRoleDocument, DeclineHandDocument, HandsDocument, type HandsQuery, LowerAllHandsDocument } from '../graphql/generated/graphql'
import { useServerNow } from '../graphql/clock'
import { type PlaceEvent } from '../graphql/roomEvents'
import { useDo } from '../graphql/useRun'
import { t } from '../texts'
import { useVoice } from '../ui/Announcer'
import { Button } from '../ui/Button'
import { Clip } from '../ui/Text'
import { span } from '../ui/time'
import { useReread } from './useReread'
import './gesture.css'

interface HandQueueProps {
  roomId: string
  /** Says how many hands are up. */
  onCount: (count: number) => void
}

type Hand = NonNullable<NonNullable<HandsQuery['room']>['hands']>['nodes'][number]

const page = 20
const changes = new Set<PlaceEvent['__typename']>(['HandsRaised', 'HandLowered', 'HandsLowered', 'RoomUpdated', 'SessionStarted', 'SessionEnded'])

/** The raised hands, oldest first, with what a host can answer. */
export default function HandQueue({ roomId, onCount }: HandQueueProps) {
  const [first, setFirst] = useState(page)
  const [read, reread] = useReread(HandsDocument, { roomId, first }, 1_000, ({ __typename }) => changes.has(__typename))
  const [grant] = useDo(ChangeRoleDocument)
  const [decline] = useDo(DeclineHandDocument)
  const [lowerAll, lowering] = useDo(LowerAllHandsDocument)
  const { say, toast } = useVoice()
  const now = useServerNow(10_000)
  const title = useRef<HTMLHeadingElement>(null)
  const list = useRef<HTMLOListElement>(null)
  const [working, setWorking] = useState<string | null>(null)
  const hands = read?.room?.hands?.nodes ?? []
  const total = read?.room?.hands?.totalCount ?? 0
  useEffect(() => onCount(total), [onCount, total])
  if (total === 0) return null

  // An answered row disappears, so focus moves to the next row, then to the heading.
  async function answer(hand: Hand, act: () => Promise<unknown>, words: string) {
    const at = hands.indexOf(hand)
    const next = hands[at + 1] ?? hands[at - 1]
    setWorking(hand.participant.id)
    const done = await act()
    setWorking(null)
    reread()
    if (!done) return
    say(words)
    requestAnimationFrame(() => {
      const button = next && list.current?.querySelector<HTMLElement>(`[data-person="${CSS.escape(next.participant.id)}"] button`)
      ;(button ?? title.current)?.focus()
    })
  }
  return (
    <section className="hands" aria-labelledby="title-hands">
      <div className="group-title spread">
        <h3 id="title-hands" ref={title} tabIndex={-1}>
          {t.gesture.hands} · {t.numbers.number(total)}
        </h3>
        <Button kind="text" size="small" busy={lowering} onClick={() => void lowerAll({ roomId }).then((done) => done && (reread(), toast({ text: t.gesture.loweredAll })))}>
          {t.gesture.lowerAll}
        </Button>
      </div>
      <ol ref={list}>
        {hands.map((hand) => {
          const { id, displayName: name, rolesToGive, roleRevision } = hand.participant
          const input = { participantId: id, role: hand.role, expectedRoleRevision: roleRevision }
          return (
            <li className="hand-card" key={id} data-person={id}>
              <span className="hand-card__place">
                <span className="visually-hidden">{t.gesture.place} </span>
                {t.numbers.number(hand.position)}
              </span>
              <div className="hand-card__main">
                <Clip className="strong">{name}</Clip>
                <div className="small soft">
                  {t.gesture.wants(t.roles[hand.role])} · {span(now - Date.parse(hand.raisedAt))}
                </div>
                {hand.note && <blockquote dir="auto">{t.gesture.quoted(hand.note)}</blockquote>}
              </div>
              <div className="hand-card__actions">
                {rolesToGive.includes(hand.role) && (
                  <Button
                    kind="primary"
                    size="small"
                    busy={working === id}
                    aria-label={t.gesture.makeNamed(name, t.roles[hand.role])}
                    onClick={() => void answer(hand, () => grant({ input }), t.people.isNow(name, t.withArticle(t.roles[hand.role])))}
                  >
                    {t.gesture.make(t.roles[hand.role])}
                  </Button>
                )}
                <Button size="small" aria-label={t.gesture.notNowNamed(name)} onClick={() => void answer(hand, () => decline({ participantId: id }), t.gesture.declinedOf(name))}>
                  {t.gesture.notNow}
                </Button>
              </div>
            </li>
          )
        })}
      </ol>
      {total > hands.length && (
        <Button kind="text" size="small" className="hands__more" onClick={() => setFirst(Math.min(100, first + page))}>
          {t.gesture.more(total - hands.length)}
        </Button>
      )}
    </section>
  )
}
