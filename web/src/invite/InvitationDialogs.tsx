import { useState } from 'react'
import { type InvitationPartsFragment, UpdateInvitationDocument } from '../graphql/generated/graphql'
import { useFault } from '../graphql/useFault'
import { useRun } from '../graphql/useRun'
import { t } from '../texts'
import { useVoice } from '../ui/Announcer'
import { Button } from '../ui/Button'
import { Dialog, useUnsaved } from '../ui/Dialog'
import { ExpiryField, expiresAt, expiryOf } from './Expiry'
import { InviteLink } from './InviteLink'
import { QrCode } from '../ui/QrCode'

interface Props {
  invitation: InvitationPartsFragment
  onClose: () => void
}

const nameOf = ({ name }: InvitationPartsFragment) => name

/** Shows the QR code of a link, large enough for a camera across a table. */
export function QrDialog({ invitation, onClose }: Props) {
  return (
    <Dialog title={t.invite.qr} subtitle={nameOf(invitation)} onClose={onClose} foot={<Button onClick={onClose}>{t.done}</Button>}>
      {invitation.link ? <QrCode text={invitation.link} label={t.invite.qrOf} large /> : <p>{t.invite.noLink}</p>}
    </Dialog>
  )
}

/** Shows a regenerated link. */
export function LinkDialog({ invitation, roomId, onClose }: Props & { roomId: string }) {
  return (
    <Dialog title={t.invite.ready} subtitle={nameOf(invitation)} onClose={onClose} foot={<Button kind="quiet" onClick={onClose}>{t.done}</Button>}>
      <InviteLink invitation={invitation} roomId={roomId} />
    </Dialog>
  )
}

/** Changes the expiry of a link. */
export function ExtendDialog({ invitation, onClose }: Props) {
  const { toast } = useVoice()
  const [run, busy] = useRun(UpdateInvitationDocument)
  const [expiry, setExpiry] = useState(expiryOf(invitation.status === 'EXPIRED' ? null : invitation.expiresAt))
  const [error, setError] = useState<string | null>(null)
  const [fault, setFault] = useFault()
  const unsaved = useUnsaved(expiry)
  async function submit() {
    setFault(null)
    const until = expiresAt(expiry)
    if (until === null) return setError(t.invite.typeUntil)
    const outcome = await run({ input: { invitationId: invitation.id, ...(until ? { expiresAt: until } : { untilSessionEnds: true }) } })
    if ('answer' in outcome) {
      toast({ text: t.invitations.extended })
      return onClose()
    }
    if ('fault' in outcome) return setFault(outcome.fault)
    setError(outcome.problem.message)
  }
  return (
    <Dialog
      title={t.invitations.extendTitle}
      subtitle={nameOf(invitation)}
      onClose={onClose}
      onSubmit={() => void submit()}
      unsaved={unsaved}
      fault={fault}
      foot={
        <>
          <Button kind="quiet" onClick={onClose}>
            {t.cancel}
          </Button>
          <Button type="submit" kind="primary" busy={busy}>
            {t.save}
          </Button>
        </>
      }
    >
      <ExpiryField value={expiry} onChange={setExpiry} error={error} />
    </Dialog>
  )
}
