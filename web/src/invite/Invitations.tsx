import { Suspense, useCallback, useEffect, useState } from 'react'
import type { RoomEvent, Target } from '../activity/sentence'
import { InvitationsDocument, type InvitationStatus } from '../graphql/generated/graphql'
import { crowdFrom } from '../graphql/lists'
import { unexpected } from '../graphql/problem'
import { usePages } from '../graphql/usePages'
import { extra } from '../shell/part'
import { t } from '../texts'
import { Badge } from '../ui/Badge'
import { Button } from '../ui/Button'
import { Empty } from '../ui/Empty'
import { Search } from '../ui/Field'
import { Icon } from '../ui/Icon'
import { Menu, MenuChoice } from '../ui/Menu'
import { More } from '../ui/More'
import { SkeletonRows } from '../ui/Skeleton'
import { searchable } from '../ui/searchable'
import { useDebounced } from '../ui/useDebounced'
import { useRoving } from '../ui/useRoving'
import { EarlierSessions } from './EarlierSessions'
import { HostInbox } from './HostInbox'
import { InvitationRow } from './InvitationRow'
import { useInvitationActions } from './useInvitationActions'
import './Invitations.css'

const LinksMenu = extra(() => import('./LinksMenu'))

interface InvitationsProps {
  roomId: string
  /** The current session, if there ever was one. Invitations to others are folded. */
  sessionId: string | null
  canInvite: boolean
  /** Why nobody can be invited, if so. */
  why: 'over' | 'off' | 'chat' | null
  chosen: boolean
  epoch: number
  /** Newest first. */
  events: RoomEvent[]
  onInvite: () => void
  /** Opens the list of the people of the last session. */
  onChoose: () => void
  onAsking: (count: number) => void
  /** An invitation to open, chosen elsewhere. */
  marked: Target | null
}

const statuses: InvitationStatus[] = ['PENDING', 'OPENED', 'REDEEMED', 'EXPIRED', 'REVOKED', 'CLOSED']

/** Lists the invitations, with the status of each link. */
export function Invitations({ roomId, sessionId, canInvite, why, chosen, epoch, events, onInvite, onChoose, onAsking, marked }: InvitationsProps) {
  const [typed, setTyped] = useState('')
  const search = useDebounced(searchable(typed), 200)
  const [status, setStatus] = useState<InvitationStatus | null>(null)
  const filtered = Boolean(search || status)
  const list = usePages(InvitationsDocument, { roomId, sessionId: filtered ? null : sessionId, first: 50, status: status ? [status] : null, search: search || null }, (data) => data.room?.invitations)
  const [actions, dialog] = useInvitationActions(roomId)
  const rows = useRoving<HTMLUListElement>()
  const [opened, setOpened] = useState<string | null>(null)
  const open = useCallback((id: string) => setOpened((before) => (before === id ? null : id)), [])
  const crowd = list.total >= crowdFrom
  const [seenMark, setSeenMark] = useState<Target | null>(null)
  if (marked !== seenMark) {
    setSeenMark(marked)
    setOpened(marked?.id ?? null)
    // One of very many is found by its name.
    if (marked && list.nodes?.every(({ id }) => id !== marked.id)) {
      setTyped(marked.name)
      setStatus(null)
    }
  }

  const { refresh } = list
  useEffect(() => {
    if (epoch > 0) refresh()
  }, [epoch, refresh])
  // The cache changes the rows in place. A filtered list has to be read again after an event, and a long one after an invitation.
  const newest = events.find((event) => (filtered ? 'invitation' in event : event.__typename === 'InvitationCreated'))?.id
  // An event names at most 100 emails.
  const mailed = events.find((event) => event.__typename === 'MailsChanged' && event.count > event.mails.length)?.id
  useEffect(() => {
    if (mailed) refresh()
  }, [mailed, refresh])
  useEffect(() => {
    if ((filtered || crowd) && newest) refresh()
  }, [filtered, crowd, newest, refresh])

  return (
    <section className="panel" data-chosen={chosen || undefined} aria-labelledby="title-invitations" id="panel-invitations">
      <header className="panel__head">
        <h2 id="title-invitations" tabIndex={-1}>
          {t.invitations.title}
        </h2>
        {list.nodes && <Badge count>{t.numbers.number(list.total)}</Badge>}
        <div className="panel__actions">
          {canInvite && (filtered || list.nodes?.length !== 0) && (
            <Button size="small" icon="user-plus" data-opens="invite" onClick={onInvite}>
              {t.invite.title}
            </Button>
          )}
          {sessionId && (list.nodes?.length ?? 0) > 0 && (
            <Suspense>
              <LinksMenu roomId={roomId} sessionId={sessionId} />
            </Suspense>
          )}
        </div>
      </header>
      <HostInbox roomId={roomId} events={events} epoch={epoch} actions={actions} onAsking={onAsking} />
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
          <Empty icon="link" title={t.invitations.none} text={canInvite || !why ? t.invitations.noneText : t.invitations.whyNot[why]}>
            {canInvite && <Button data-opens="invite" onClick={onInvite}>{t.invite.title}</Button>}
          </Empty>
        ))}
      <ul ref={rows}>
        {list.nodes?.map((invitation) => (
          <InvitationRow
            key={invitation.id}
            invitation={invitation}
            off={why === 'off' || why === 'chat' ? t.invitations.linksOff[why] : null}
            opened={opened === invitation.id}
            marked={marked?.id === invitation.id}
            newest={opened === invitation.id ? events.find((event) => 'invitation' in event && event.invitation?.id === invitation.id)?.id : undefined}
            onOpen={open}
            actions={actions}
          />
        ))}
        {list.hasMore && <More key={list.mark} onNear={list.more} />}
      </ul>
      {sessionId && !filtered && <EarlierSessions roomId={roomId} sessionId={sessionId} current={list.total} epoch={epoch} mayInvite={canInvite} actions={actions} onChoose={onChoose} />}
      {dialog}
    </section>
  )
}

