import { useState } from 'react'
import { type InvitationPartsFragment, SendInvitationsDocument } from '../graphql/generated/graphql'
import { useDo } from '../graphql/useRun'
import { t } from '../texts'
import { Button } from '../ui/Button'
import { Status } from '../ui/Badge'
import { MailStatus } from '../people/MailStatus'
import { isOnItsWay } from '../people/mailLine'

/** Emails a link that was just made, or says that it is on its way. */
export function SendLink({ invitation, roomId }: { invitation: InvitationPartsFragment; roomId: string }) {
  const { id, email, mails } = invitation
  const [send, sending] = useDo(SendInvitationsDocument)
  const [queued, setQueued] = useState<number | null>(null)
  if (queued || isOnItsWay(invitation)) {
    return (
      <p role="status">
        <Status tone="well" icon="mail">
          {t.mail.onItsWayTo(email)}
        </Status>
      </p>
    )
  }
  const last = mails?.[0]
  return (
    <div className="cluster">
      <Button size="small" icon="mail" busy={sending} onClick={() => void send({ input: { roomId, invitationIds: [id] } }).then((done) => done && setQueued(done.queued))}>
        {last ? t.mail.again : t.mail.send}
      </Button>
      {last && <MailStatus mail={last} />}
      {queued === 0 && <p role="status" className="small">{t.mail.skipped}</p>}
    </div>
  )
}
