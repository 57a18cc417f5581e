import { type ReactNode, Suspense, useState } from 'react'
import { Link } from 'react-router'
import type { PlacePartsFragment } from '../graphql/generated/graphql'
import { useServerNow } from '../graphql/clock'
import { tilesOf } from '../people/roles'
import { Boundary } from '../shell/Boundary'
import { extra, part } from '../shell/part'
import { t } from '../texts'
import { Banner } from '../ui/Banner'
import { LiveBadge } from '../ui/Badge'
import { Button, buttonClass } from '../ui/Button'
import { Clip } from '../ui/Text'
import { elapsed } from '../ui/time'
import { tabStorage } from '../ui/storage'
import { usePanes } from '../ui/usePanes'
import { Acknowledge } from './Acknowledge'
import { allowedIn, type PlaceRoom } from './asked'
import { MyBar, More } from './Me'
import { Moment, useRoleNews } from './Moment'
import { PeopleHere } from './PeopleHere'
import { Stage } from './Stage'
import { type Arriving, usePeopleHere } from './useHere'
import { useTally } from './useTally'
import './InRoom.css'

const ModeratorPeople = part(() => import('./ModeratorPeople'))
const Reacted = extra(() => import('../gesture/Reacted'))
const loadTools = () => import('../talk/Tools')
const Tools = part(loadTools)

/** Loads the tools while somebody waits to enter. */
export const preloadTools = () => void loadTools().catch(() => {})

interface InRoomProps extends Arriving {
  room: PlaceRoom
  me: PlacePartsFragment
  /** Whether one manages the room too. */
  manages: boolean
  leaving: boolean
  fault: string | null
  onLeave: () => void
  /** Gets how much mentions or answers the reader that they have not seen yet. */
  onForMe: (count: number) => void
  /** What concerns the whole page, above all. */
  note: ReactNode
}

/** Shows the room: the stage, one's own controls, and the tools beside it. */
export function InRoom({ room, me, manages, leaving, fault, onLeave, onForMe, note, ...arriving }: InRoomProps) {
  const allowed = allowedIn(room, me.role)
  const { news, before, close } = useRoleNews(me, allowed)
  const tiles = tilesOf(allowed, before)
  const moderates = allowed.includes('ADMIT_PARTICIPANTS')
  const people = usePeopleHere(room.id, me, arriving)
  const tally = useTally(room.id)
  const total = Math.max(tally?.inRoom ?? 0, people.length)
  const [waiting, setWaiting] = useState(0)
  const [hands, setHands] = useState(0)
  const [ownHand, setOwnHand] = useState<number | null>(null)
  const [chosen, choose] = useChosen(room.id)
  const [pins, setPins] = useState<HTMLElement | null>(null)
  usePanes()
  const mine = { room, me, tiles, leaving, onLeave }
  const list = (
    <Boundary panel at={String(moderates)}>
      <Suspense fallback={<section className="panel" />}>
        {moderates ? <ModeratorPeople room={room} me={me} onWaiting={setWaiting} onHands={setHands} /> : <PeopleHere people={people} total={total} meId={me.id} />}
        <Acknowledge roomId={room.id} me={me} />
      </Suspense>
    </Boundary>
  )
  return (
    <div className="live">
      <div className="live__note">
        {note}
        {fault && (
          <Banner bar tone="danger" icon="alert" role="alert">
            {fault}
          </Banner>
        )}
      </div>
      <header className="live__head">
        <LiveBadge />
        <h1>
          <Clip>{room.title}</Clip>
        </h1>
        {room.session?.openedAt && <Elapsed since={room.session.openedAt} />}
        <Button kind="quiet" size="small" icon="users" onClick={() => choose('people')} aria-label={t.inside.showPeople(total)}>
          <span>
            {t.numbers.number(total)}
            <span className="live__wide"> {t.inside.here}</span>
          </span>
        </Button>
        {manages && (
          <Link className={buttonClass(undefined, 'small')} to={`/rooms/${room.id}`} aria-label={t.room.manage}>
            <span className="live__wide">{t.room.manage}</span>
            <span className="live__narrow">{t.room.manageShort}</span>
          </Link>
        )}
      </header>
      <main className="live__stage" id="main" tabIndex={-1} data-pane>
        <Stage people={people}>
          <div className="hall__pins" ref={setPins} />
        </Stage>
        {tally && tally.reactions.length > 0 && (
          <Suspense fallback={null}>
            <Reacted reactions={tally.reactions} />
          </Suspense>
        )}
        {news && <Moment news={news} tiles={tiles} onClose={close} onBack={() => {
            choose('back')
            close()
          }} />}
      </main>
      <MyBar {...mine} onHand={setOwnHand} />
      <aside className="tools" aria-label={t.inside.tools}>
        <Boundary panel>
          <Suspense fallback={<div className="tool" />}>
            <Tools roomId={room.id} me={me} allowed={allowed} gap={tally?.chatGapSeconds ?? 0} upvotes={tally?.questions ?? []} running={tally?.interaction ?? null} stage={pins} people={list} waiting={moderates ? waiting : 0} hands={moderates ? hands : 0} chosen={chosen} onChoose={choose} onForMe={onForMe} more={<More {...mine} hand={ownHand} />} />
          </Suspense>
        </Boundary>
      </aside>
    </div>
  )
}

/** Returns the tool that somebody chose in this tab of the browser, also before the page was loaded again, and a function that chooses one. */
function useChosen(roomId: string): [string | null, (tool: string) => void] {
  const key = `usher.tool.${roomId}`
  const [chosen, setChosen] = useState(() => tabStorage()?.getItem(key) ?? null)
  return [
    chosen,
    (tool) => {
      setChosen(tool)
      tabStorage()?.setItem(key, tool)
    },
  ]
}

function Elapsed({ since }: { since: string }) {
  return <time className="live__time">{elapsed(since, useServerNow(1_000))}</time>
}
