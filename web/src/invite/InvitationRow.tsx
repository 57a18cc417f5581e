import { memo, useEffect, useRef } from 'react'
import type { InvitationPartsFragment, ParticipantState } from '../graphql/generated/graphql'
import { serverNow, useNowNear } from '../graphql/clock'
import { roleIcons, roles } from '../people/roles'
import { Avatar } from '../people/Avatar'
import { t } from '../texts'
import { useVoice } from '../ui/Announcer'
import { Status } from '../ui/Badge'
import { Button } from '../ui/Button'
import { CopyButton } from '../ui/Copy'
import type { IconName } from '../ui/Icon'
import { Menu, MenuChoice, MenuItem, MenuNote, MenuRule } from '../ui/Menu'
import { Name } from '../ui/Text'
import { usePreference } from '../ui/preference'
import { clockNear, exact, since } from '../ui/time'
import { MailStatus } from '../people/MailStatus'
import { Timeline } from './Timeline'
import { type InvitationActions, rolesOf } from './useInvitationActions'

interface RowProps {
  invitation: InvitationPartsFragment
  /** Why links do not work now, if they do not. */
  off?: string | null
  opened: boolean
  marked: boolean
  newest: string | undefined
  /** Opens or closes the history of an invitation. */
  onOpen: (id: string) => void
  actions: InvitationActions
  /** Invites the person of an earlier session to the current one. */
  onAgain?: (invitation: InvitationPartsFragment) => void
}

/** A row of the list: who is invited, as what, and how far they are. It opens its history. Drawn again only if something of it changed. */
export const InvitationRow = memo(function InvitationRow({ invitation, off, opened, marked, newest, onOpen, actions, onAgain }: RowProps) {
  usePreference('clock') // drawn again only if something of it changes
  const name = invitation.name
  const live = invitation.status === 'PENDING' || invitation.status === 'OPENED' || invitation.status === 'REDEEMED'
  const closed = invitation.status === 'CLOSED'
  const works = off ? null : invitation.link
  const mail = invitation.mails?.[0]
  const coded = invitation.status !== 'REDEEMED' && (invitation.hostAskedFor === 'CODE_REQUIRED' || mail?.kind === 'CODE')
  const row = useRef<HTMLLIElement>(null)
  const { settle } = useVoice()
  const now = rolesOf(invitation)
  useEffect(() => settle(invitation.id, now), [settle, invitation.id, now])
  useEffect(() => {
    if (marked) row.current?.scrollIntoView({ block: 'nearest' })
  }, [marked])
  return (
    <li ref={row}>
      <div className={opened ? 'row row--opened' : 'row'} data-row>
        <Avatar name={name} />
        <div className="row__main">
          <button type="button" className="row__name row__open clip" aria-expanded={opened} title={name} onClick={() => onOpen(invitation.id)}>
            <Name>{name}</Name>
          </button>
          <span className="small soft clip row__mail" title={invitation.email}>
            {roleNow(invitation)} · {invitation.email}
          </span>
          <InvitationStatusLine invitation={invitation} off={off} />
          {mail && <MailStatus mail={mail} />}
          {invitation.vouchedUntil && (
            <Status tone="well" icon="check">
              {t.invitations.vouchedUntil(clockNear(invitation.vouchedUntil, serverNow()))}
            </Status>
          )}
        </div>
        <div className="row__end">
          {works && <CopyButton kind="quiet" size="small" text={works} label={t.invitations.copyOf(name)} />}
          {onAgain && (
            <Button kind="quiet" size="small" aria-label={t.invitations.againNamed(name)} onClick={() => onAgain(invitation)}>
              {t.invitations.again}
            </Button>
          )}
          {!closed && (
            <Menu label={t.people.moreFor(name)} button={<Button kind="quiet" size="small" icon="more" aria-label={t.people.moreFor(name)} />}>
              {works && (
                <MenuItem icon="qr" onClick={() => actions.ask('qr', invitation)}>
                  {t.invite.qr}
                </MenuItem>
              )}
              {works && live && actions.send && (
                <MenuItem icon="mail" onClick={() => actions.send?.(invitation)}>
                  {invitation.mails?.some(({ kind }) => kind !== 'CODE') ? t.mail.again : t.mail.send}
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
              {works && live && coded && (
                <MenuItem icon="check" onClick={() => actions.vouch(invitation)}>
                  {t.invitations.letInWithoutCode}
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
              {works && (
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
})

/** Returns the role of now, and that of the invitation where it differs. */
function roleNow({ role, participant }: InvitationPartsFragment): string {
  if (!participant || participant.role === role) return t.roles[role]
  return t.invitations.roleNow(t.roles[participant.role], t.withArticle(t.roles[role]))
}

interface StatusLine {
  text: string
  at?: string | null
  icon: IconName
  tone?: 'well' | 'wait' | 'danger'
}

/** Shows the status in words, such as “opened 3 min ago”, with the exact time on hover. */
function InvitationStatusLine({ invitation, off }: { invitation: InvitationPartsFragment; off?: string | null }) {
  const now = useNowNear(statusLine(invitation, 0, off).at)
  const { text, at, icon, tone } = statusLine(invitation, now, off)
  return (
    <Status tone={tone} icon={icon}>
      {at ? <span title={exact(at)}>{text}</span> : text}
    </Status>
  )
}

// What became of somebody who redeemed. The states before entering say no more than that.
const places: Partial<Record<ParticipantState, { icon: IconName; tone?: 'well' | 'wait' | 'danger' }>> = {
  WAITING: { icon: 'clock', tone: 'wait' },
  IN_ROOM: { icon: 'check', tone: 'well' },
  LEFT: { icon: 'leave' },
  DENIED: { icon: 'x', tone: 'danger' },
  REMOVED: { icon: 'x', tone: 'danger' },
  BLOCKED: { icon: 'x', tone: 'danger' },
}

function statusLine(invitation: InvitationPartsFragment, now: number, off?: string | null): StatusLine {
  const s = t.invitations.status
  const { status, expiresAt, openedAt, redeemedAt, revokedAt, device, participant } = invitation
  const when = (at: string | null | undefined) => (at ? since(at, now) : '')
  switch (status) {
    case 'PENDING':
    case 'OPENED':
      if (off) return { text: off, icon: 'lock' }
      if (status === 'OPENED') return { text: s.opened(when(openedAt)), at: openedAt, icon: 'eye' }
      return { text: expiresAt ? s.pendingUntil(clockNear(expiresAt, now)) : s.pending, at: expiresAt, icon: 'hour' }
    case 'REDEEMED': {
      const place = participant && places[participant.state]
      if (place) return { text: t.people.states[participant.state], at: redeemedAt, ...place }
      return { text: device ? s.redeemedOn(device) : s.redeemed, at: redeemedAt, icon: 'check', tone: 'well' }
    }
    case 'EXPIRED':
      return { text: s.expired(when(expiresAt)), at: expiresAt, icon: 'clock', tone: 'wait' }
    case 'REVOKED':
      return { text: s.revoked(when(revokedAt)), at: revokedAt, icon: 'unlink', tone: 'danger' }
    case 'CLOSED':
      return { text: revokedAt ? s.revoked(when(revokedAt)) : s.closed, icon: 'lock' }
  }
}
