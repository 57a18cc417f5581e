import { useQuery } from 'urql'
import { CancelSessionDocument, DeleteRoomDocument, type SessionState, WhatDeletingEndsDocument } from '../graphql/generated/graphql'
import { useDo } from '../graphql/useRun'
import { useNotify } from '../invite/useNotify'
import { t } from '../texts'
import { useVoice } from '../ui/Announcer'
import { Confirm } from '../ui/Dialog'

/** Asks before cancelling the planned session. */
export function CancelSession({ sessionId, onClose }: { sessionId: string; onClose: () => void }) {
  const [cancel, busy] = useDo(CancelSessionDocument)
  const [notify, field] = useNotify(true)
  return (
    <Confirm
      title={t.room.cancelTitle}
      text={t.room.cancelText}
      confirm={t.room.cancelSession}
      keep={t.room.keepIt}
      busy={busy}
      onClose={onClose}
      onConfirm={() => void cancel({ sessionId, notify }).then(onClose)}
    >
      {field}
    </Confirm>
  )
}

interface DeleteRoomProps {
  room: { id: string; title: string; session?: { state: SessionState } | null }
  onClose: () => void
  onDeleted: () => void
}

/** Asks before deleting the room, by what that ends. */
export function DeleteRoom({ room, onClose, onDeleted }: DeleteRoomProps) {
  const [remove, busy] = useDo(DeleteRoomDocument)
  const [notify, field] = useNotify(true)
  const { toast } = useVoice()
  const [{ data }] = useQuery({ query: WhatDeletingEndsDocument, variables: { roomId: room.id }, requestPolicy: 'network-only' })
  const counts = data?.room?.counts
  const planned = room.session?.state === 'SCHEDULED'
  const live = room.session?.state === 'OPEN'
  return (
    <Confirm
      title={live ? t.room.deleteLiveTitle(room.title) : t.room.deleteTitle(room.title)}
      text={[live && t.room.deleteEnds(counts ? counts.inRoom + counts.waiting : 0), t.room.deleteText(counts?.invited ?? 0)].filter(Boolean).join(' ')}
      confirm={live ? t.room.deleteLive : t.room.delete}
      busy={busy}
      onClose={onClose}
      onConfirm={async () => {
        if (!(await remove({ roomId: room.id, notify }))) return onClose()
        toast({ text: t.room.deleted(room.title) })
        onDeleted()
      }}
    >
      {planned && field}
    </Confirm>
  )
}
