import { useEffect, useMemo, useRef, useState } from 'react'
import type { RoomRole } from '../graphql/generated/graphql'
import { unexpected } from '../graphql/problem'
import { t } from '../texts'
import { Status } from '../ui/Badge'
import { Search } from '../ui/Field'
import { Icon } from '../ui/Icon'
import { More } from '../ui/More'
import { SkeletonRows } from '../ui/Skeleton'
import { Clip } from '../ui/Text'
import { searchable } from '../ui/searchable'
import { useDebounced } from '../ui/useDebounced'
import { Avatar } from './Avatar'
import { bySeniority, type Counts, groupPeople, placesOf, type Where } from './attendance'
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
  /** Reads the list again when it grows, after an event that changed many people. */
  epoch: number
  /** Whose role changed while this page was open. */
  changed: ReadonlySet<string>
  chosen: boolean
  onWaiting?: (count: number) => void
  /** The id of a person to show, chosen elsewhere. */
  marked?: string | null
}

/** Lists who waits, who is in, and who is away. */
export function People({ roomId, meId, userId, epoch, changed, chosen, onWaiting, marked }: PeopleProps) {
  const [typed, setTyped] = useState('')
  const [where, setWhere] = useState<Where | null>(null)
  const [role, setRole] = useState<RoomRole | null>(null)
  const search = useDebounced(searchable(typed), 200)
  const { list, nodes, everyone, filtered, room } = usePeople(roomId, { where, role, search }, epoch)
  const title = useRef<HTMLHeadingElement>(null)
  const [shown, showMore] = useShown(`${where ?? ''} ${role ?? ''} ${search}`)

  const counts = room?.counts ?? null
  const counted = (role && counts?.roles.find((one) => one.role === role)) || counts
  const waitingCount = counts?.waiting ?? 0
  const knocking = useMemo(() => (everyone ?? []).filter((person) => person.state === 'WAITING').map((person) => person.id), [everyone])
  useKnock(knocking, waitingCount)
  useEffect(() => onWaiting?.(waitingCount), [onWaiting, waitingCount])

  const waiting = bySeniority((nodes ?? []).filter((person) => person.state === 'WAITING'))
  const hosts = filtered ? [] : (room?.managers ?? []).filter((manager) => manager.online && !manager.inRoom)
  // A manager beside the room is listed once, as a host.
  const listed = (nodes ?? []).filter((person) => filtered || !(person.managerRole && person.online && person.state !== 'IN_ROOM'))
  const groups = groupPeople(listed.slice(0, waiting.length + shown), meId)
  const whole = !list.hasMore && listed.length <= waiting.length + shown
  const more = () => {
    if (listed.length - waiting.length <= shown && list.hasMore) list.more()
    else showMore()
  }
  const none = nodes?.length === 0 && hosts.length === 0
  if (hosts.length > 0 && groups[0]?.key !== 'moderators') groups.unshift({ key: 'moderators', people: [] })
  return (
    <section className="panel" data-chosen={chosen || undefined} aria-labelledby="title-people" id="panel-people">
      <header className="panel__head">
        <h2 id="title-people" ref={title} tabIndex={-1}>
          {t.people.title}
        </h2>
      </header>
      {counted && <Places counts={counted} open={room?.session?.state === 'OPEN'} where={where} onWhere={setWhere} />}
      <div className="panel__tools">
        <Search label={t.people.search} value={typed} onChange={(event) => setTyped(event.target.value)} />
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
      </div>
      {waiting.length > 0 && (
        <Waiting roomId={roomId} people={waiting} total={search ? null : (counted?.waiting ?? null)} away={counted?.away.waiting ?? 0} role={role} onEmpty={() => title.current?.focus()} />
      )}
      {list.error && !list.nodes && <p className="field__error group-title">{unexpected(list.error)}</p>}
      {!list.nodes && !list.error && <SkeletonRows label={t.people.loading} avatar />}
      {none && <p className="small soft group-title">{filtered ? t.people.noneFound : t.people.none}</p>}
      {groups.map((group, index) => (
        <div key={group.key}>
          <h3 className="group-title">
            {t.people.groups[group.key]}
            {whole && ` · ${group.people.length + (index === 0 ? hosts.length : 0)}`}
          </h3>
          <ul>
            {index === 0 && hosts.map((host) => <HostRow key={host.user.id} name={host.user.name} me={host.user.id === userId} />)}
            {group.people.map((person) => (
              <PersonRow key={person.id} person={person} me={person.id === meId} changed={changed.has(person.id)} marked={marked === person.id} />
            ))}
          </ul>
        </div>
      ))}
      {!whole && nodes && (
        <ul>
          <More key={`${list.mark} ${shown}`} onNear={more} />
        </ul>
      )}
    </section>
  )
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
