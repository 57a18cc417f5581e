import { memo, type ReactNode, useEffect, useMemo, useRef, useState } from 'react'
import type { RoomRole } from '../graphql/generated/graphql'
import { unexpected } from '../graphql/problem'
import { t } from '../texts'
import { Badge, Status } from '../ui/Badge'
import { Search } from '../ui/Field'
import { Icon } from '../ui/Icon'
import { More } from '../ui/More'
import { SkeletonRows } from '../ui/Skeleton'
import { Clip } from '../ui/Text'
import { searchable } from '../ui/searchable'
import { useDebounced } from '../ui/useDebounced'
import { useRoving } from '../ui/useRoving'
import { Avatar } from './Avatar'
import { bySeniority, type Counts, everybody, groupPeople, type Listed, placesOf, type Where } from './attendance'
import { Looks } from './Looks'
import { Numbers } from './Numbers'
import { PersonRow } from './PersonRow'
import { roles } from './roles'
import { useKnock } from './useKnock'
import { usePeople, useShown } from './usePeople'
import { Waiting } from './Waiting'
import './People.css'

interface PeopleProps {
  roomId: string
  /** The viewer's own place, which has no actions. */
  meId: string | undefined
  /** The viewer's account, if they manage the room. */
  userId?: string
  /** Whether the session is open. */
  open: boolean
  /** Reads the list again when it grows, after an event that changed many people. */
  epoch: number
  /** Whose role changed while this page was open, with the role revision of the change. */
  changed: ReadonlyMap<string, number>
  chosen: boolean
  onWaiting?: (count: number) => void
  /** The raised hands, below those who wait. */
  hands?: ReactNode
  /** A person to show, chosen elsewhere. */
  marked?: { id: string; name: string } | null
}

/** Lists who waits, who is in, and who is away. Of a crowd it shows numbers and who waits, and lists people when somebody asks for them. */
export const People = memo(function People({ roomId, meId, userId, open, epoch, changed, chosen, onWaiting, hands, marked }: PeopleProps) {
  const [typed, setTyped] = useState('')
  const [where, setWhere] = useState<Where | null>(null)
  const [role, setRole] = useState<RoomRole | null>(null)
  const search = useDebounced(searchable(typed), 200)
  const { list, nodes, filtered, room, crowd, waiting, beyond, queued, queue, whole, looks } = usePeople(roomId, { where, role, search }, epoch)
  const title = useRef<HTMLHeadingElement>(null)
  const everyone = useRoving<HTMLUListElement>()
  const [shown, showMore] = useShown(`${where ?? ''} ${role ?? ''} ${search}`)
  if (crowd && role && !where) setRole(null) // the numbers have a role only with a place

  // Somebody of a crowd is found by their name.
  const [seenMark, setSeenMark] = useState(marked)
  if (marked !== seenMark) {
    setSeenMark(marked)
    if (marked && crowd) {
      setTyped(marked.name)
      setWhere(null)
      setRole(null)
    }
  }

  const counts = room?.counts ?? null
  const queueRole = whole ? null : role
  const counted = (role && counts?.roles.find((one) => one.role === role)) || counts
  const queueCounts = whole ? counts : counted
  const waitingCount = counts?.waiting ?? 0
  const knocking = useMemo(() => waiting.map((person) => person.id), [waiting])
  useKnock(knocking, beyond, waitingCount)
  useEffect(() => onWaiting?.(waitingCount), [onWaiting, waitingCount])

  const hosts = filtered ? [] : (room?.managers ?? []).filter((manager) => manager.online && !manager.inRoom)
  // A manager beside the room is listed once, as a host.
  const listed = (nodes ?? []).filter((person) => filtered || !(person.managerRole && person.online && person.state !== 'IN_ROOM'))
  const inQueue = nodes ? nodes.filter((person) => person.state === 'WAITING').length : 0
  const groups = groupPeople(listed.slice(0, inQueue + shown), meId)
  const complete = !list.hasMore && listed.length <= inQueue + shown
  const more = () => {
    if (listed.length - inQueue <= shown && list.hasMore) list.more()
    else showMore()
  }
  const none = nodes?.length === 0 && hosts.length === 0
  if (hosts.length > 0 && groups[0]?.key !== 'moderators') groups.unshift({ key: 'moderators', people: [] })
  const rows = !crowd || (filtered && (where !== 'waiting' || none))

  const tools = (
    <div className="panel__tools" key="tools">
      <Search label={crowd && counts ? t.numbers.search(everybody(counts)) : t.people.search} value={typed} onChange={(event) => setTyped(event.target.value)} />
      {!crowd && (
        <div className="select">
          <select className="input" aria-label={t.people.role} value={role ?? ''} onChange={(event) => setRole((event.target.value || null) as RoomRole | null)}>
            <option value="">{t.people.allRoles}</option>
            {roles.map((one) => (
              <option key={one} value={one}>
                {t.people.ofRole[one]}
              </option>
            ))}
          </select>
          <Icon name="down" />
        </div>
      )}
    </div>
  )
  return (
    <section className="panel" data-chosen={chosen || undefined} aria-labelledby="title-people" id="panel-people">
      <header className="panel__head">
        <h2 id="title-people" ref={title} tabIndex={-1}>
          {t.people.title}
        </h2>
        {crowd && counts && <Badge count>{t.numbers.number(everybody(counts))}</Badge>}
      </header>
      {!crowd && counted && <Places counts={counted} open={open} where={where} onWhere={setWhere} />}
      {crowd && counts && (
        <Numbers
          counts={counts}
          open={open}
          where={where}
          role={role}
          onChoose={(nextWhere, nextRole) => {
            setWhere(nextWhere)
            setRole(nextRole)
          }}
        />
      )}
      {!crowd && tools}
      {queued.length > 0 && (
        <Waiting
          key="waiting"
          roomId={roomId}
          people={bySeniority(queued)}
          total={search ? null : (queueCounts?.waiting ?? null)}
          away={queueCounts?.away.waiting ?? 0}
          role={queueRole}
          onMore={(whole || where === 'waiting') && queue.hasMore ? queue.more : undefined}
          onEmpty={() => title.current?.focus()}
        />
      )}
      {hands}
      {crowd && <Looks people={looks.people} count={looks.count} onMore={looks.more} meId={meId} />}
      {crowd && tools}
      {!rows && <p className="numbers-note">{t.numbers.elsewhere}</p>}
      {rows && list.error && !list.nodes && <p className="field__error group-title">{unexpected(list.error)}</p>}
      {rows && !list.nodes && !list.error && <SkeletonRows label={t.people.loading} avatar />}
      {rows && none && <p className="small soft group-title">{filtered ? t.people.noneFound : t.people.none}</p>}
      {rows && groups.length > 0 && (
        // One list, so that a row which moves to another group keeps its open menu and its question.
        <ul ref={everyone}>
          {groups.flatMap((group, index) => [
            <li key={group.key}>
              <h3 className="group-title">
                {t.people.groups[group.key]}
                {complete && ` · ${group.people.length + (index === 0 ? hosts.length : 0)}`}
              </h3>
            </li>,
            ...(index === 0 ? hosts.map((host) => <HostRow key={host.user.id} name={host.user.name} me={host.user.id === userId} />) : []),
            ...group.people.map((person) => (
              <PersonRow key={person.id} person={person} me={person.id === meId} changed={isChanged(person, changed)} marked={marked?.id === person.id} />
            )),
          ])}
        </ul>
      )}
      {rows && !complete && nodes && (
        <ul>
          <More key={`${list.mark} ${shown}`} onNear={more} />
        </ul>
      )}
    </section>
  )
})

/** Reports whether a row shows a role that was given while this page was open. Rows may show an earlier one for a moment. */
function isChanged({ id, roleRevision }: Listed, changed: ReadonlyMap<string, number>): boolean {
  const revision = changed.get(id)
  return revision !== undefined && roleRevision >= revision
}

interface PlacesProps {
  counts: Omit<Counts, 'roles'>
  /** Whether the session is open. */
  open: boolean
  where: Where | null
  onWhere: (where: Where | null) => void
}

/** Shows how many people are where. Each number filters the list. */
function Places({ counts, open, where, onWhere }: PlacesProps) {
  const places = placesOf(counts)
  const names = (Object.keys(places) as Where[]).filter((name) => places[name] > 0 || name === where || (open && name === 'inRoom'))
  if (names.length === 0) return null
  return (
    <div className="places" role="group" aria-label={t.people.whereLabel}>
      {names.map((name) => (
        <button key={name} type="button" className={name === 'waiting' ? 'place-chip place-chip--wait' : 'place-chip'} aria-pressed={name === where} onClick={() => onWhere(name === where ? null : name)}>
          {name === 'lobby' && !open ? t.people.beforeStart : t.people.where[name]} <span className="digits">{places[name]}</span>
        </button>
      ))}
    </div>
  )
}

/** A manager who has the room open, but is not in it. */
function HostRow({ name, me }: { name: string; me: boolean }) {
  return (
    <li className="row">
      <Avatar name={name} online />
      <div className="row__main">
        <Clip className="row__name">{name}</Clip>
        <Status>{me ? t.people.youManage : t.people.manages}</Status>
      </div>
    </li>
  )
}
