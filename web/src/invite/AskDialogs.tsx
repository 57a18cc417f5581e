import { type InvitationPartsFragment, RegenerateLinkDocument, RevokeInvitationDocument } from '../graphql/generated/graphql'
import { useDo } from '../graphql/useRun'
import { t } from '../texts'
import { useVoice } from '../ui/Announcer'
import { Confirm } from '../ui/Dialog'
import { useNotify } from './useNotify'
import { useSending } from './useSending'

interface Props {
  invitation: InvitationPartsFragment
  onClose: () => void
}

/** Asks before it makes another link, which may go by email at once. */
export function RenewDialog({ invitation, onDone, onClose }: Props & { onDone: (invitation: InvitationPartsFragment) => void }) {
  const words = t.invitations.confirm
  const [regenerate, busy] = useDo(RegenerateLinkDocument)
  const { send, field } = useSending()
  return (
    <Confirm
      title={words.renew(invitation.name)}
      text={words.renewText}
      confirm={words.renewConfirm}
      busy={busy}
      onClose={onClose}
      onConfirm={() => void regenerate({ invitationId: invitation.id, send }).then((done) => (done ? onDone(done.invitation) : onClose()))}
    >
      {field}
    </Confirm>
  )
}

/** Asks before it revokes an invitation. Whoever got an email may get one about that too. */
export function RevokeDialog({ invitation, onClose }: Props) {
  const words = t.invitations.confirm
  const { toast } = useVoice()
  const [revoke, busy] = useDo(RevokeInvitationDocument)
  const emailed = invitation.mails?.some(({ state }) => state === 'SENT' || state === 'WAITING') ?? false
  const [notify, field] = useNotify(emailed, t.mail.notifyOne)
  return (
    <Confirm
      title={words.revoke(invitation.name)}
      text={words.revokeText}
      confirm={words.revokeConfirm}
      busy={busy}
      onClose={onClose}
      onConfirm={() =>
        void revoke({ invitationId: invitation.id, notify: emailed && notify }).then((done) => {
          onClose()
          if (done) toast({ text: t.invitations.revoked(invitation.name) })
        })
      }
    >
      {emailed && field}
    </Confirm>
  )
}
