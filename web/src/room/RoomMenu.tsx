import { type RoomPartsFragment, StartSessionDocument } from '../graphql/generated/graphql'
import { useServerNow } from '../graphql/clock'
import { useDo } from '../graphql/useRun'
import { t } from '../texts'
import { useVoice } from '../ui/Announcer'
import { Button } from '../ui/Button'
import { copyText } from '../ui/Copy'
import { Menu, MenuItem, MenuRule } from '../ui/Menu'
import { minute } from '../ui/time'
import { reopens } from './words'

export type RoomQuestion = 'invite' | 'edit' | 'managers' | 'reschedule' | 'new session' | 'cancel' | 'delete' | 'summary' | 'export'

interface RoomMenuProps {
  room: RoomPartsFragment
  mayEdit: boolean
  mayDelete: boolean
  mayExport: boolean
  onAsk: (question: RoomQuestion) => void
}

/** Lists the actions of the room besides its primary one. */
export function RoomMenu({ room, mayEdit, mayDelete, mayExport, onAsk }: RoomMenuProps) {
  const { toast } = useVoice()
  const [start] = useDo(StartSessionDocument)
  const now = useServerNow(minute)
  const { session } = room
  const planned = session?.state === 'SCHEDULED'
  const over = !session || session.state === 'ENDED' || session.state === 'CANCELLED'
  const copy = async () => toast((await copyText(`${location.origin}/rooms/${room.id}`)) ? { text: t.room.addressCopied } : { text: t.copyByHand, failed: true })
  return (
    <Menu label={t.room.menu} button={<Button size="large" icon="more" aria-label={t.room.more} />}>
      {room.canInvite && (
        <MenuItem icon="user-plus" onClick={() => onAsk('invite')}>
          {t.invite.title}
        </MenuItem>
      )}
      {mayEdit && (
        <MenuItem icon="edit" onClick={() => onAsk('edit')}>
          {t.room.edit}
        </MenuItem>
      )}
      <MenuItem icon="users" onClick={() => onAsk('managers')}>
        {t.managers.title}
      </MenuItem>
      {planned && (
        <MenuItem icon="clock" onClick={() => onAsk('reschedule')}>
          {t.room.reschedule}
        </MenuItem>
      )}
      {session && reopens(session, now) && (
        <MenuItem icon="refresh" onClick={() => void start({ sessionId: session.id })}>
          {t.room.openAgain}
        </MenuItem>
      )}
      {over && (
        <MenuItem icon="calendar" onClick={() => onAsk('new session')}>
          {t.room.newSession}
        </MenuItem>
      )}
      <MenuItem icon="link" onClick={() => void copy()}>
        {t.room.copyAddress}
      </MenuItem>
      {mayExport && session && (
        <MenuItem icon="poll" onClick={() => onAsk('summary')}>
          {t.summary.title}
        </MenuItem>
      )}
      {mayExport && (session?.state === 'OPEN' || session?.state === 'ENDED') && (
        <MenuItem icon="copy" onClick={() => onAsk('export')}>
          {t.exporting.open}
        </MenuItem>
      )}
      {(planned || mayDelete) && <MenuRule />}
      {planned && (
        <MenuItem icon="x" danger onClick={() => onAsk('cancel')}>
          {t.room.cancelSession}…
        </MenuItem>
      )}
      {mayDelete && (
        <MenuItem icon="trash" danger onClick={() => onAsk('delete')}>
          {t.room.delete}…
        </MenuItem>
      )}
    </Menu>
  )
}
