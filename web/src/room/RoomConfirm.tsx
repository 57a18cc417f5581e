import { CancelSessionDocument, DeleteRoomDocument } from '../graphql/generated/graphql'
import { useDo } from '../graphql/useRun'
import { t } from '../texts'
import { Confirm } from '../ui/Dialog'

/** Asks before cancelling the planned session. */
export function CancelSession({ sessionId, onClose }: { sessionId: string; onClose: () => void }) {
  const [cancel, busy] = useDo(CancelSessionDocument)
  return (
    <Confirm
      title={t.room.cancelTitle}
      text={t.room.cancelText}
      confirm={t.room.cancelSession}
      keep={t.room.keepIt}
      busy={busy}
      onClose={onClose}
      onConfirm={() => void cancel({ sessionId }).then(onClose)}
    />
  )
}

/** Asks before deleting the room. */
export function DeleteRoom({ room, onClose, onDeleted }: { room: { id: string; title: string }; onClose: () => void; onDeleted: () => void }) {
  const [remove, busy] = useDo(DeleteRoomDocument)
  return (
    <Confirm
      title={t.room.deleteTitle(room.title)}
      text={t.room.deleteText}
      confirm={t.room.delete}
      busy={busy}
      onClose={onClose}
      onConfirm={() => void remove({ roomId: room.id }).then((done) => (done ? onDeleted() : onClose()))}
    />
  )
}
