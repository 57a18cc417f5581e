import { useEffect, useRef, useState } from 'react'
import type { RoomEvent } from '../activity/sentence'
import { type InvitationPartsFragment, InvitationsDocument, type InvitationStatus } from '../graphql/generated/graphql'
import { useServerNow } from '../graphql/clock'
import { unexpected } from '../graphql/problem'
import { usePages } from '../graphql/usePages'
import { roleIcons, roles } from '../people/roles'
import { Avatar } from '../people/Avatar'
import { t } from '../texts'
import { Badge, Status } from '../ui/Badge'
import { Button } from '../ui/Button'
import { CopyButton } from '../ui/Copy'
import { Empty } from '../ui/Empty'
import { Search } from '../ui/Field'
import { Icon, type IconName } from '../ui/Icon'
import { Menu, MenuChoice, MenuItem, MenuNote, MenuRule } from '../ui/Menu'
import { More } from '../ui/More'
import { SkeletonRows } from '../ui/Skeleton'
import { Name } from '../ui/Text'
import { ago, clockNear, exact, minute } from '../ui/time'
import { searchable } from '../ui/searchable'
import { useDebounced } from '../ui/useDebounced'
import { HostInbox } from './HostInbox'
import { Timeline } from './Timeline'
import { type InvitationActions, useInvitationActions } from './useInvitationActions'
import './Invitations.css'

interface InvitationsProps {
  roomId: string
  canInvite: boolean
  chosen: boolean
  epoch: number
  /** Newest first. */
  events: RoomEvent[]
  onInvite: () => void
  onAsking: (count: number) => void
  /** The id of an invitation to open, chosen elsewhere. */
  marked: string | null
}

const statuses: InvitationStatus[] = ['PENDING', 'OPENED', 'REDEEMED', 'EXPIRED', 'REVOKED', 'CLOSED']

/** Lists the invitations, with the status of each link. */
export function Invitations({ roomId, canInvite, chosen, epoch, events, onInvite, onAsking, marked }: InvitationsProps) {
  const [typed, setTyped] = useState('')
  const search = useDebounced(searchable(typed), 200)
  const [status, setStatus] = useState<InvitationStatus | null>(null)
  const filtered = Boolean(search || status)
  const list = usePages(InvitationsDocument, { roomId, first: 50, status: status ? [status] : null, search: search || null }, (data) => data.room?.invitations)
  const [actions, dialog] = useInvitationActions()
  const [opened, setOpened] = useState<string | null>(null)
  const [seenMark, setSeenMark] = useState<string | null>(null)
  if (marked !== seenMark) {
    setSeenMark(marked)
    setOpened(marked)
  }

  const { refresh } = list
  useEffect(() => {
    if (epoch > 0) refresh()
  }, [epoch, refresh])
  // The cache changes the whole list in place, but a filtered list has to be read again after an event.
  const newest = events.find((event) => 'invitation' in event)?.id
  useEffect(() => {
    if (filtered && newest) refresh()
  }, [filtered, newest, refresh])

  return (
    <section className="panel" data-chosen={chosen || undefined} aria-labelledby="title-invitations" id="panel-invitations">
      <header className="panel__head">
        <h2 id="title-invitations" tabIndex={-1}>
          {t.invitations.title}
        </h2>
        {list.nodes && <Badge count>{list.total}</Badge>}
        {canInvite && (filtered || list.nodes?.length !== 0) && (
          <Button size="small" icon="user-plus" data-opens="invite" onClick={onInvite}>
            {t.invite.title}
          </Button>
        )}
      </header>
      <HostInbox invitations={list.nodes ?? []} events={events} actions={actions} onAsking={onAsking} />
      {(filtered || (list.nodes?.length ?? 0) > 0) && (
        <div className="panel__tools">
          <Search label={t.invitations.search} value={typed} onChange={(event) => setTyped(event.target.value)} />
          <Menu
            label={t.invitations.filter}
            button={
              <button type="button" className="button button--small" aria-label={t.invitations.filterIs(status ? t.statuses[status] : t.invitations.all)}>
                {status ? t.statuses[status] : t.invitations.all}
                <Icon name="down" />
              </button>
            }
          >
            <MenuChoice name="status" value="" checked={!status} onChoose={() => setStatus(null)}>
              {t.invitations.all}
            </MenuChoice>
            {statuses.map((one) => (
              <MenuChoice key={one} name="status" value={one} checked={status === one} onChoose={() => setStatus(one)}>
                {t.statuses[one]}
              </MenuChoice>
            ))}
          </Menu>
        </div>
      )}
      {list.error && !list.nodes && <p className="field__error group-title">{unexpected(list.error)}</p>}
      {!list.nodes && !list.error && <SkeletonRows label={t.invitations.loading} avatar />}
      {list.nodes?.length === 0 &&
        (filtered ? (
          <p className="small soft group-title">{t.invitations.noneFound}</p>
        ) : (
          <Empty icon="link" title={t.invitations.none} text={canInvite ? t.invitations.noneText : t.invitations.noneOff}>
            {canInvite && <Button data-opens="invite" onClick={onInvite}>{t.invite.title}</Button>}
          </Empty>
        ))}
      <ul>
        {list.nodes?.map((invitation) => (
          <InvitationRow
            key={invitation.id}
            invitation={invitation}
            opened={opened === invitation.id}
            marked={marked === invitation.id}
            newest={opened === invitation.id ? events.find((event) => 'invitation' in event && event.invitation?.id === invitation.id)?.id : undefined}
            onOpen={() => setOpened(opened === invitation.id ? null : invitation.id)}
            actions={actions}
          />
        ))}
        {list.hasMore && <More key={list.mark} onNear={list.more} />}
      </ul>
      {dialog}
    </section>
  )
}

interface RowProps {
  invitation: InvitationPartsFragment
  opened: boolean
  marked: boolean
  newest: string | undefined
  onOpen: () => void
  actions: InvitationActions
}

function InvitationRow({ invitation, opened, marked, newest, onOpen, actions }: RowProps) {
  const name = invitation.name
  const live = invitation.status === 'PENDING' || invitation.status === 'OPENED' || invitation.status === 'REDEEMED'
  const closed = invitation.status === 'CLOSED'
  const row = useRef<HTMLLIElement>(null)
  useEffect(() => {
    if (marked) row.current?.scrollIntoView({ block: 'nearest' })
  }, [marked])
  return (
    <li ref={row}>
      <div className={opened ? 'row row--opened' : 'row'}>
        <Avatar id={invitation.id} name={name} />
        <div className="row__main">
          <button type="button" className="row__name row__open clip" aria-expanded={opened} title={name} onClick={onOpen}>
            <Name>{name}</Name>
          </button>
          <span className="small soft clip row__mail" title={invitation.email}>
            {t.roles[invitation.role]} · {invitation.email}
          </span>
          <InvitationStatusLine invitation={invitation} />
        </div>
        <div className="row__end">
          {invitation.link && <CopyButton kind="quiet" size="small" text={invitation.link} label={t.invitations.copyOf(name)} />}
          {!closed && (
            <Menu label={t.people.moreFor(name)} button={<Button kind="quiet" size="small" icon="more" aria-label={t.people.moreFor(name)} />}>
              {invitation.link && (
                <MenuItem icon="qr" onClick={() => actions.ask('qr', invitation)}>
                  {t.invite.qr}
                </MenuItem>
              )}
              <MenuItem icon="refresh" onClick={() => actions.ask('renew', invitation)}>
                {t.invite.newLink}
              </MenuItem>
              {invitation.status !== 'REVOKED' && (
                <MenuItem icon="clock" onClick={() => actions.ask('extend', invitation)}>
                  {t.invitations.extend}
                </MenuItem>
              )}
              {invitation.status === 'REDEEMED' && (
                <MenuItem icon="device" onClick={() => actions.ask('release', invitation)}>
                  {t.invitations.release}
                </MenuItem>
              )}
              {live && (
                <>
                  <MenuRule />
                  <MenuNote>{t.invite.role}</MenuNote>
                  {roles.map((role) => (
                    <MenuChoice key={role} name="role" value={role} checked={role === invitation.role} icon={roleIcons[role]} onChoose={() => actions.changeRole(invitation, role)}>
                      {t.roles[role]}
                    </MenuChoice>
                  ))}
                  <MenuRule />
                  <MenuItem icon="unlink" danger onClick={() => actions.ask('revoke', invitation)}>
                    {t.invitations.revoke}
                  </MenuItem>
                </>
              )}
            </Menu>
          )}
        </div>
      </div>
      {opened && (
        <div className="opened">
          <Timeline invitation={invitation} newest={newest} actions={actions} />
          {!closed && (
            <div className="cluster">
              {invitation.link && (
                <Button size="small" icon="qr" onClick={() => actions.ask('qr', invitation)}>
                  {t.invite.qr}
                </Button>
              )}
              <Button size="small" icon="refresh" onClick={() => actions.ask('renew', invitation)}>
                {t.invite.newLink}
              </Button>
              {invitation.status !== 'REVOKED' && (
                <Button size="small" icon="clock" onClick={() => actions.ask('extend', invitation)}>
                  {t.invitations.extend}
                </Button>
              )}
              {live && (
                <Button size="small" kind="danger" onClick={() => actions.ask('revoke', invitation)}>
                  {t.invitations.revoke}
                </Button>
              )}
            </div>
          )}
        </div>
      )}
    </li>
  )
}

const looks: Record<InvitationStatus, [IconName, 'well' | 'wait' | 'danger' | undefined]> = {
  PENDING: ['hour', undefined],
  OPENED: ['eye', undefined],
  REDEEMED: ['check', 'well'],
  EXPIRED: ['clock', 'wait'],
  REVOKED: ['unlink', 'danger'],
  CLOSED: ['lock', undefined],
}

/** Shows the status in words, such as “opened 3 min ago”, with the exact time on hover. */
function InvitationStatusLine({ invitation }: { invitation: InvitationPartsFragment }) {
  const now = useServerNow(minute)
  const [icon, tone] = looks[invitation.status]
  const [text, at] = statusWords(invitation, now)
  return (
    <Status tone={tone} icon={icon}>
      {at ? <span title={exact(at)}>{text}</span> : text}
    </Status>
  )
}

function statusWords(invitation: InvitationPartsFragment, now: number): [string, string | null | undefined] {
  const s = t.invitations.status
  switch (invitation.status) {
    case 'PENDING': {
      const until = invitation.expiresAt
      return [until ? s.pendingUntil(clockNear(until, now)) : s.pending, until]
    }
    case 'OPENED':
      return [s.opened(invitation.openedAt ? ago(invitation.openedAt, now) : ''), invitation.openedAt]
    case 'REDEEMED':
      return [invitation.device ? s.redeemedOn(invitation.device) : s.redeemed, invitation.redeemedAt]
    case 'EXPIRED':
      return [s.expired(invitation.expiresAt ? ago(invitation.expiresAt, now) : ''), invitation.expiresAt]
    case 'REVOKED':
      return [s.revoked(invitation.revokedAt ? ago(invitation.revokedAt, now) : ''), invitation.revokedAt]
    case 'CLOSED':
      return [s.closed, null]
  }
}
