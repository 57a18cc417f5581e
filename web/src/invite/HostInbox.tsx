import { useEffect, useState } from 'react'
import type { RoomEvent } from '../activity/sentence'
import type { InvitationPartsFragment } from '../graphql/generated/graphql'
import { useServerNow } from '../graphql/clock'
import { Avatar } from '../people/Avatar'
import { t } from '../texts'
import { useVoice } from '../ui/Announcer'
import { Button } from '../ui/Button'
import { CopyButton } from '../ui/Copy'
import { Name } from '../ui/Text'
import { exact, since } from '../ui/time'
import { useAsking } from './useAsking'
import type { InvitationActions } from './useInvitationActions'
import '../people/queue.css'

interface HostInboxProps {
  roomId: string
  events: RoomEvent[]
  epoch: number
  actions: InvitationActions
  onAsking: (count: number) => void
}

/** Lists who asks the host, with a button for the answer. */
export function HostInbox({ roomId, events, epoch, actions, onAsking }: HostInboxProps) {
  const { say } = useVoice()
  const now = useServerNow(10_000)
  const [later, setLater] = useState<ReadonlySet<string>>(new Set())
  const { asking: all, count: inAll, more } = useAsking(roomId, events, epoch)
  const asking = all.filter(({ id, hostAskedAt }) => !later.has(`${id}${hostAskedAt}`))
  const count = inAll - (all.length - asking.length)

  useEffect(() => {
    onAsking(count)
    if (count > 0) say(t.invitations.askNow(count))
  }, [count, onAsking, say])

  if (count === 0) return null
  return (
    <ul className="queue-cards" aria-label={t.invitations.asksLabel}>
      {asking.map((invitation) => {
        const name = invitation.name
        return (
          <li className="queue-card queue-card--ask" key={invitation.id}>
            <Avatar name={name} />
            <div className="queue-card__main">
              <div className="strong">
                <Name>{name}</Name>
              </div>
              <div className="small soft" title={invitation.hostAskedAt ? exact(invitation.hostAskedAt) : undefined}>
                {asks(invitation)} · {invitation.hostAskedAt && since(invitation.hostAskedAt, now)}
              </div>
              {invitation.hostMessage && (
                <blockquote>
                  “<Name>{invitation.hostMessage}</Name>”
                </blockquote>
              )}
            </div>
            <div className="queue-card__actions">
              <Button kind="quiet" size="small" onClick={() => setLater((before) => new Set([...before, `${invitation.id}${invitation.hostAskedAt}`]))}>
                {t.invitations.notNow}
              </Button>
              <Answer invitation={invitation} actions={actions} />
            </div>
          </li>
        )
      })}
      {more && (
        <li className="queue-more">
          <Button kind="text" size="small" onClick={more}>
            {t.invitations.moreAsk(count - asking.length)}
          </Button>
        </li>
      )}
    </ul>
  )
}

function asks(invitation: InvitationPartsFragment): string {
  if (invitation.status === 'EXPIRED') return t.invitations.asksExpired
  if (invitation.status === 'REDEEMED') return t.invitations.asksDevice
  if (invitation.hostAskedFor === 'CODE_REQUIRED') return t.invitations.asksCode
  return t.invitations.asksReplaced
}

/** Answers with one click. The waiting page continues by itself; somebody with an old link needs the newest one. */
function Answer({ invitation, actions }: { invitation: InvitationPartsFragment; actions: InvitationActions }) {
  if (invitation.status === 'EXPIRED') {
    return (
      <Button kind="primary" size="small" onClick={() => actions.letIn(invitation)}>
        {t.invitations.makeItWork}
      </Button>
    )
  }
  if (invitation.status === 'REDEEMED') {
    return (
      <Button kind="primary" size="small" onClick={() => actions.release(invitation)}>
        {t.invitations.releaseOld}
      </Button>
    )
  }
  if (invitation.hostAskedFor === 'CODE_REQUIRED') {
    return (
      <Button kind="primary" size="small" onClick={() => actions.vouch(invitation)}>
        {t.invitations.letInWithoutCode}
      </Button>
    )
  }
  if (invitation.link) return <CopyButton kind="primary" size="small" text={invitation.link} words={t.invitations.copyNewest} />
  return (
    <Button kind="primary" size="small" onClick={() => actions.ask('renew', invitation)}>
      {t.invite.newLink}
    </Button>
  )
}
