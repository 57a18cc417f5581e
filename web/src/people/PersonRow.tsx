import { memo, type ReactNode, useEffect, useRef, useState } from 'react'
import { useServerNow } from '../graphql/clock'
import { type AttendeePartsFragment, ChangeRoleDocument, RemoveParticipantDocument, type RoomRole, UnblockParticipantDocument } from '../graphql/generated/graphql'
import { useDo } from '../graphql/useRun'
import { t } from '../texts'
import { useVoice } from '../ui/Announcer'
import { Status } from '../ui/Badge'
import { Button } from '../ui/Button'
import { Confirm } from '../ui/Dialog'
import { Icon } from '../ui/Icon'
import { Menu, MenuChoice, MenuItem, MenuNote, MenuRule } from '../ui/Menu'
import { Clip } from '../ui/Text'
import { clock } from '../ui/time'
import { Avatar } from './Avatar'
import { gone, isAway, type Listed, offersFor } from './attendance'
import { delivery, firstRole } from './delivery'
import { PauseItems } from './PauseItems'
import { roleIcons, roles } from './roles'

interface PersonRowProps {
  person: Listed
  me: boolean
  changed: boolean
  marked: boolean
  /** Says why a host should look at them. */
  look?: boolean
}

/** One person with their state, and what the viewer can do with them. Drawn again only if something of them changed. */
export const PersonRow = memo(function PersonRow({ person, me, changed, marked, look = false }: PersonRowProps) {
  const [changeRole] = useDo(ChangeRoleDocument)
  const [remove, removing] = useDo(RemoveParticipantDocument)
  const [unblock] = useDo(UnblockParticipantDocument)
  const { toast, settle } = useVoice()
  const [asking, setAsking] = useState<'remove' | 'block' | null>(null)
  const out = person.state === 'BLOCKED' || person.state === 'REMOVED'
  useEffect(() => settle(person.id, out ? null : person.roleRevision), [settle, person.id, out, person.roleRevision])
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
      undo: { label: t.undo, run: () => void changeRole({ input: { participantId: person.id, role: before } }), of: { id: person.id, revision: done.participant.roleRevision } },
    })
  }

  const choices = roles.filter((role) => person.rolesToGive.includes(role)).map((role) => (
    <MenuChoice key={role} name="role" value={role} checked={role === person.role} icon={roleIcons[role]} note={t.gives[role]} onChoose={() => void give(role)}>
      {t.roles[role]}
    </MenuChoice>
  ))
  return (
    <li className={marked ? 'row is-marked' : 'row'} ref={row} data-row>
      <Avatar name={name} online={gone.has(person.state) ? undefined : me || person.online} />
      <div className="row__main">
        <Clip className="row__name">{name}</Clip>
        {look ? <LookStatus person={person} /> : <PersonStatus person={person} me={me} changed={changed} />}
        {person.muted && <Paused until={person.mutedUntil ?? null} />}
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
                {person.state === 'IN_ROOM' && <PauseItems participantId={person.id} name={name} />}
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
})

/** Says that somebody's writing is paused, until it is over. */
function Paused({ until }: { until: string | null }): ReactNode {
  const now = useServerNow(5_000)
  return until && Date.parse(until) <= now ? null : <Status tone="wait" icon="pause">{until ? t.people.pausedUntil(clock(until)) : t.people.paused}</Status>
}

function LookStatus({ person: { role, roleRevision, roleDelivered, online } }: { person: AttendeePartsFragment }): ReactNode {
  const awaited = roleDelivered === false && roleRevision > firstRole
  if (awaited) return <Status tone="wait" icon="hour">{t.people.notArrived(t.withArticle(t.roles[role]), online)}</Status>
  return <Status tone="wait" icon="offline">{t.people.connectionLost(t.roles[role])}</Status>
}

function PersonStatus({ person, me, changed }: { person: AttendeePartsFragment; me: boolean; changed: boolean }): ReactNode {
  if (me) return <Status>{t.you}</Status>
  const how = delivery(person, changed)
  if (how === 'delivered') return <Status tone="well" icon="check">{t.people.delivered}</Status>
  if (how === 'under way') return <Status tone="wait" icon="clock">{t.people.underWay}</Status>
  if (how === 'later') return <Status tone="wait" icon="clock">{t.people.later}</Status>
  if (person.state === 'BLOCKED' || person.state === 'DENIED') return <Status tone="danger" icon="x">{t.people.states[person.state]}</Status>
  if (isAway(person)) return <Status>{person.state === 'IN_ROOM' ? t.people.away : t.people.awayBefore}</Status>
  return <Status>{t.people.states[person.state]}</Status>
}
