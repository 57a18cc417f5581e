import { useEffect, useMemo, useRef, useState } from 'react'
import type { Client } from 'urql'
import { useServerNow } from '../graphql/clock'
import { askFresh } from '../graphql/fresh'
import { ChangeRoleDocument, DeclineHandDocument, HandsDocument, type HandsQuery, LowerAllHandsDocument } from '../graphql/generated/graphql'
import { type PlaceEvent } from '../graphql/roomEvents'
import { useDo } from '../graphql/useRun'
import { MenuButton } from '../shell/MenuButton'
import { part } from '../shell/part'
import { t } from '../texts'
import { useVoice } from '../ui/Announcer'
import { Button } from '../ui/Button'
import { Clip } from '../ui/Text'
import { since } from '../ui/time'
import { useFirstNew } from '../ui/useFirstNew'
import type { Switches } from './HandSettings'
import { useReread } from './useReread'
import './gesture.css'

const HandSettings = part(() => import('./HandSettings'))

interface HandQueueProps {
  roomId: string
  /** Says how many hands are up. */
  onCount: (count: number) => void
}

type Hand = NonNullable<NonNullable<HandsQuery['room']>['hands']>['nodes'][number]

interface Queue {
  /** Null where nobody uses hands, such as while Chat & Collaboration is off. */
  switches: Switches | null
  hands: Hand[]
  total: number
}

const page = 20
const most = 100 // that the server returns at once
const changes = new Set<PlaceEvent['__typename']>(['HandsRaised', 'HandLowered', 'HandsLowered', 'ToolsChanged', 'RoomUpdated', 'SessionStarted', 'SessionEnded'])

/** Reads the oldest hands, so many as are shown. */
async function readHands(client: Client, roomId: string, shown: number): Promise<Queue | undefined> {
  const hands = new Map<string, Hand>()
  let after: string | null = null
  for (;;) {
    const answer: HandsQuery | undefined = (await askFresh(client, HandsDocument, { roomId, first: Math.min(most, shown - hands.size), after })).data
    if (!answer) return undefined
    const room: HandsQuery['room'] = answer.room
    if (!room?.tools || !room.hands) return { switches: null, hands: [], total: 0 }
    const { nodes, pageInfo, totalCount }: NonNullable<NonNullable<HandsQuery['room']>['hands']> = room.hands
    for (const hand of nodes) hands.set(hand.participant.id, hand)
    after = pageInfo.endCursor ?? null
    if (!after || !pageInfo.hasNextPage || hands.size >= shown) return { switches: room.tools, hands: [...hands.values()], total: totalCount }
  }
}

const none: Hand[] = []

/** The raised hands, oldest first, with what a host can answer and set. */
export default function HandQueue({ roomId, onCount }: HandQueueProps) {
  const [shown, setShown] = useState(page)
  const [read, reread] = useReread((client) => readHands(client, roomId, shown), `${roomId} ${shown}`, 1_000, ({ __typename }) => changes.has(__typename))
  const [grant] = useDo(ChangeRoleDocument)
  const [decline] = useDo(DeclineHandDocument)
  const [lowerAll, lowering] = useDo(LowerAllHandsDocument)
  const { say, toast } = useVoice()
  const now = useServerNow(10_000)
  const title = useRef<HTMLHeadingElement>(null)
  const [working, setWorking] = useState<string | null>(null)
  const hands = read?.hands ?? none
  const total = read?.total ?? 0
  const { list, expectMore } = useFirstNew<HTMLOListElement>(useMemo(() => hands.map(({ participant }) => participant.id), [hands]))
  useEffect(() => onCount(total), [onCount, total])
  if (!read?.switches) return null
  const { switches } = read

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
  async function lowerThemAll() {
    if (!(await lowerAll({ roomId }))) return
    reread()
    toast({ text: t.gesture.loweredAll })
    title.current?.focus() // the button goes with the hands
  }
  const notes = [switches.hands ? total === 0 && t.gesture.noHand : t.gesture.handsOff, !switches.reactions && t.gesture.reactionsOff].filter((note) => note !== false)
  return (
    <section className="hands" aria-labelledby="title-hands">
      <div className="group-title spread">
        <h3 id="title-hands" ref={title} tabIndex={-1}>
          {t.gesture.hands}
          {total > 0 && ` · ${t.numbers.number(total)}`}
        </h3>
        <div className="hands__tools">
          {total > 0 && (
            <Button kind="text" size="small" busy={lowering} onClick={() => void lowerThemAll()}>
              {t.gesture.lowerAll}
            </Button>
          )}
          <MenuButton icon="settings" label={t.gesture.settings}>
            {(opened) => <HandSettings roomId={roomId} {...switches} {...opened} />}
          </MenuButton>
        </div>
      </div>
      {notes.map((note) => (
        <p className="hands__note" key={note}>
          {note}
        </p>
      ))}
      {hands.length > 0 && (
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
                    {t.gesture.wants(t.roles[hand.role])} · {since(hand.raisedAt, now)}
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
      )}
      {total > hands.length && (
        <Button
          kind="text"
          size="small"
          className="hands__more"
          busy={hands.length < Math.min(shown, total)}
          onClick={({ currentTarget }) => {
            expectMore(currentTarget)
            setShown(Math.max(shown, hands.length) + page)
          }}
        >
          {t.gesture.more(total - hands.length)}
        </Button>
      )}
    </section>
  )
}
