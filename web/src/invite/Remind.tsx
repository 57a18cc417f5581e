import { useQuery } from 'urql'
import { NotJoinedDocument, SendInvitationsDocument } from '../graphql/generated/graphql'
import { useDo } from '../graphql/useRun'
import { t } from '../texts'
import { useVoice } from '../ui/Announcer'
import { Confirm } from '../ui/Dialog'
import { MenuItem } from '../ui/Menu'

interface RemindItemProps {
  roomId: string
  sessionId: string
  onAsk: (count: number) => void
}

/** Offers to email their link again to those who have not joined, where the site sends emails and there are some. */
export function RemindItem({ roomId, sessionId, onAsk }: RemindItemProps) {
  const [{ data }] = useQuery({ query: NotJoinedDocument, variables: { roomId, sessionId }, requestPolicy: 'network-only' })
  const count = data?.room?.invitations?.totalCount ?? 0
  if (!data?.site.mail || count === 0) return null
  return (
    <MenuItem icon="mail" onClick={() => onAsk(count)}>
      {t.mail.remind(count)}
    </MenuItem>
  )
}

/** Asks before it emails many people, and says how many got none. */
export function RemindDialog({ roomId, count, onClose }: { roomId: string; count: number; onClose: () => void }) {
  const [send, busy] = useDo(SendInvitationsDocument)
  const { toast } = useVoice()
  return (
    <Confirm
      title={t.mail.remindTitle(count)}
      text={t.mail.remindText}
      confirm={t.mail.remindThem}
      kind="primary"
      busy={busy}
      onClose={onClose}
      onConfirm={() =>
        void send({ input: { roomId, status: ['PENDING', 'OPENED'] } }).then((done) => {
          if (done) toast({ text: t.mail.reminded(done.queued, done.skipped) })
          onClose()
        })
      }
    />
  )
}
