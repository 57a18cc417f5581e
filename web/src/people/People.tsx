import { type ReactNode, useEffect, useEffectEvent, useMemo, useRef, useState } from 'react'
import {
  AdmitAllDocument, AdmitParticipantDocument, type AttendeePartsFragment, ChangeRoleDocument, DenyParticipantDocument, PeopleDocument, RemoveParticipantDocument, type RoomRole,
  UnblockParticipantDocument,
} from '../graphql/generated/graphql'
import { useServerNow } from '../graphql/clock'
import { unexpected } from '../graphql/problem'
import { usePages } from '../graphql/usePages'
import { useDo } from '../graphql/useRun'
import { t } from '../texts'
import { useVoice } from '../ui/Announcer'
import { Badge, Status } from '../ui/Badge'
import { Button } from '../ui/Button'
import { Confirm } from '../ui/Dialog'
import { Search } from '../ui/Field'
import { Icon } from '../ui/Icon'
import { Menu, MenuChoice, MenuItem, MenuNote, MenuRule } from '../ui/Menu'
import { SkeletonRows } from '../ui/Skeleton'
import { Clip, Name } from '../ui/Text'
import { span } from '../ui/time'
import { searchable } from '../ui/searchable'
import { useDebounced } from '../ui/useDebounced'
import { Avatar } from './Avatar'
import { bySeniority, gone, groupPeople, offersFor } from './attendance'
import { delivery } from './delivery'
import { roleIcons, roles } from './roles'
import { usePresence } from './usePresence'
import { useKnock } from './useKnock'
import './People.css'
import './queue.css'

interface PeopleProps {
  roomId: string
  /** The viewer's own place, which has no actions. */
  meId: string | undefined
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
export function People({ roomId, meId, epoch, changed, chosen, onWaiting, marked }: PeopleProps) {
  const [typed, setTyped] = useState('')
  const search = useDebounced(searchable(typed), 200)
  const list = usePages(PeopleDocument, { roomId, first: 100, search: search || null }, (data) => data.room?.participants)
  const everyone = usePages(PeopleDocument, { roomId, first: 100, search: null }, (data) => data.room?.participants)
  const online = usePresence(roomId)
  const title = useRef<HTMLHeadingElement>(null)
  const refresh = useEffectEvent(() => {
    everyone.refresh()
    if (search) list.refresh()
  })
  useEffect(() => {
    if (epoch > 0) refresh()
  }, [epoch])

  const waiting = useMemo(() => bySeniority((everyone.nodes ?? []).filter((person) => person.state === 'WAITING')), [everyone.nodes])
  const groups = useMemo(() => groupPeople(list.nodes ?? []), [list.nodes])
  useKnock(waiting.map((person) => person.id))
  useEffect(() => onWaiting?.(waiting.length), [onWaiting, waiting.length])

  const unread = list.total - (list.nodes?.length ?? 0)
  const none = list.nodes?.length === 0
  return (
    <section className="panel" data-chosen={chosen || undefined} aria-labelledby="title-people" id="panel-people">
      <header className="panel__head">
        <h2 id="title-people" ref={title} tabIndex={-1}>
          {t.people.title}
        </h2>
        {online !== null && Boolean(everyone.nodes?.length) && (
          <Badge count>
            {online}
            <span className="visually-hidden"> {t.people.connected}</span>
          </Badge>
        )}
      </header>
      {waiting.length > 0 && <Waiting roomId={roomId} people={waiting} onEmpty={() => title.current?.focus()} />}
      <div className="panel__tools">
        <Search label={t.people.search} value={typed} onChange={(event) => setTyped(event.target.value)} />
      </div>
      {list.error && !list.nodes && <p className="field__error group-title">{unexpected(list.error)}</p>}
      {!list.nodes && !list.error && <SkeletonRows label={t.people.loading} avatar />}
      {none && <p className="small soft group-title">{search ? t.people.noneFound : t.people.none}</p>}
      {groups.map((group) => (
        <div key={group.key}>
          <h3 className="group-title">
            {t.people.groups[group.key]} · {group.people.length}
            {unread > 0 && group === groups.at(-1) ? '+' : ''}
          </h3>
          <ul>
            {group.people.map((person) => (
              <PersonRow key={person.id} person={person} me={person.id === meId} changed={changed.has(person.id)} marked={marked === person.id} />
            ))}
          </ul>
        </div>
      ))}
      {list.hasMore && (
        <div className="panel__head">
          <Button kind="text" size="small" busy={list.fetching} onClick={list.more}>
            {t.people.more(Math.min(unread, 100))}
          </Button>
        </div>
      )}
    </section>
  )
}

function Waiting({ roomId, people, onEmpty }: { roomId: string; people: AttendeePartsFragment[]; onEmpty: () => void }) {
  const [admit] = useDo(AdmitParticipantDocument)
  const [deny] = useDo(DenyParticipantDocument)
  const [admitAll, admittingAll] = useDo(AdmitAllDocument)
  const { say, toast } = useVoice()
  const now = useServerNow(10_000)
  const list = useRef<HTMLUListElement>(null)
  const [working, setWorking] = useState<string | null>(null)

  // An answered row disappears, so focus moves to the next row, then to the panel.
  async function answer(person: AttendeePartsFragment, how: typeof admit | typeof deny, said: string) {
    const next = people[people.findIndex((one) => one.id === person.id) + 1] ?? people.find((one) => one.id !== person.id)
    setWorking(person.id)
    const done = await how({ participantId: person.id })
    setWorking(null)
    if (!done) return
    say(said)
    requestAnimationFrame(() => {
      const button = next && list.current?.querySelector<HTMLElement>(`[data-person="${CSS.escape(next.id)}"] .button--primary`)
      if (button) button.focus()
      else onEmpty()
    })
  }

  return (
    <>
      <div className="group-title spread">
        <span>{t.people.waiting(people.length)}</span>
        {people.length > 1 && (
          <Button kind="text" size="small" busy={admittingAll} onClick={() => void admitAll({ roomId }).then((done) => done && (toast({ text: t.people.admittedAll(done.admitted) }), onEmpty()))}>
            {t.people.admitAll}
          </Button>
        )}
      </div>
      <ul className="queue" aria-label={t.people.waitingLabel} ref={list}>
        {people.map((person) => (
          <li className="queue-card" key={person.id} data-person={person.id}>
            <Avatar name={person.displayName} />
            <div className="queue-card__main">
              <div className="strong">
                <Name>{person.displayName}</Name>
              </div>
              <div className="small soft">{person.waitingSince ? t.people.waitsFor(t.roles[person.role], span(now - Date.parse(person.waitingSince))) : t.roles[person.role]}</div>
            </div>
            <div className="queue-card__actions">
              <Button kind="quiet" size="small" aria-label={t.people.denyNamed(person.displayName)} onClick={() => void answer(person, deny, t.people.denied(person.displayName))}>
                {t.people.deny}
              </Button>
              <Button kind="primary" size="small" busy={working === person.id} aria-label={t.people.admitNamed(person.displayName)} onClick={() => void answer(person, admit, t.people.admitted(person.displayName))}>
                {t.people.admit}
              </Button>
            </div>
          </li>
        ))}
      </ul>
    </>
  )
}

interface PersonRowProps {
  person: AttendeePartsFragment
  me: boolean
  changed: boolean
  marked: boolean
}

function PersonRow({ person, me, changed, marked }: PersonRowProps) {
  const [changeRole] = useDo(ChangeRoleDocument)
  const [remove, removing] = useDo(RemoveParticipantDocument)
  const [unblock] = useDo(UnblockParticipantDocument)
  const { toast } = useVoice()
  const [asking, setAsking] = useState<'remove' | 'block' | null>(null)
  const name = person.displayName
  const offers = offersFor(person, me)
  const row = useRef<HTMLLIElement>(null)
  useEffect(() => {
    if (marked) row.current?.scrollIntoView({ block: 'nearest' })
  }, [marked])

  async function give(role: RoomRole) {
    const before = person.role
    const done = await changeRole({ input: { participantId: person.id, role, expectedRoleRevision: person.roleRevision } })
    if (!done) return
    toast({
      text: t.people.isNow(name, t.withArticle(t.roles[role])),
      undo: { label: t.undo, run: () => void changeRole({ input: { participantId: person.id, role: before } }) },
    })
  }

  const choices = roles.map((role) => (
    <MenuChoice key={role} name="role" value={role} checked={role === person.role} icon={roleIcons[role]} note={t.gives[role]} onChoose={() => void give(role)}>
      {t.roles[role]}
    </MenuChoice>
  ))
  return (
    <li className={marked ? 'row is-marked' : 'row'} ref={row}>
      <Avatar name={name} online={gone.has(person.state) ? undefined : me || person.online} />
      <div className="row__main">
        <Clip className="row__name">{name}</Clip>
        <PersonStatus person={person} me={me} changed={changed} />
      </div>
      <div className="row__end">
        {person.managerRole ? (
          <span className="small soft">{t.managerRoles[person.managerRole]}</span>
        ) : (
          offers.changeRole && (
            <Menu
              label={t.people.roleOf(name)}
              button={
                <button type="button" className="button button--small button--quiet role-pick" aria-label={t.people.roleOfIs(name, t.roles[person.role])}>
                  {t.roles[person.role]}
                  <Icon name="down" />
                </button>
              }
            >
              <MenuNote>{t.people.toldAtOnce(name)}</MenuNote>
              {choices}
            </Menu>
          )
        )}
        {(offers.changeRole || offers.remove || offers.unblock) && (
          <Menu label={t.people.moreFor(name)} button={<Button kind="quiet" size="small" icon="more" aria-label={t.people.moreFor(name)} />}>
            {offers.changeRole && (
              <>
                <MenuNote>{t.people.role}</MenuNote>
                {choices}
              </>
            )}
            {offers.remove && (
              <>
                {offers.changeRole && <MenuRule />}
                <MenuItem icon="leave" onClick={() => setAsking('remove')}>
                  {t.people.remove}
                </MenuItem>
                <MenuItem icon="x" danger onClick={() => setAsking('block')}>
                  {t.people.block}
                </MenuItem>
              </>
            )}
            {offers.unblock && (
              <MenuItem icon="check" onClick={() => void unblock({ participantId: person.id }).then((done) => done && toast({ text: t.people.unblocked(name) }))}>
                {t.people.unblock}
              </MenuItem>
            )}
          </Menu>
        )}
      </div>
      {asking && (
        <Confirm
          title={asking === 'block' ? t.people.blockTitle(name) : t.people.removeTitle(name)}
          text={asking === 'block' ? t.people.blockText : t.people.removeText}
          confirm={asking === 'block' ? t.people.blockConfirm : t.people.removeConfirm}
          busy={removing}
          onClose={() => setAsking(null)}
          onConfirm={() => void remove({ participantId: person.id, block: asking === 'block' }).then(() => setAsking(null))}
        />
      )}
    </li>
  )
}

function PersonStatus({ person, me, changed }: { person: AttendeePartsFragment; me: boolean; changed: boolean }): ReactNode {
  if (me) return <Status>{t.you}</Status>
  const how = delivery(person, changed)
  if (how === 'delivered') return <Status tone="well" icon="check">{t.people.delivered}</Status>
  if (how === 'under way') return <Status tone="wait" icon="clock">{t.people.underWay}</Status>
  if (how === 'later') return <Status tone="wait" icon="clock">{t.people.later}</Status>
  if (person.state === 'BLOCKED' || person.state === 'DENIED') return <Status tone="danger" icon="x">{t.people.states[person.state]}</Status>
  if (person.state === 'IN_ROOM' && !person.online) return <Status>{t.people.away}</Status>
  return <Status>{t.people.states[person.state]}</Status>
}
