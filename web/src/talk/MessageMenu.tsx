import { useId } from 'react'
import { PauseItems } from '../people/PauseItems'
import { t } from '../texts'
import { MenuItem, MenuList, MenuRule } from '../ui/Menu'
import type { Opened } from '../shell/MenuButton'
import type { Action } from './Message'
import type { Message } from './messages'

interface MessageMenuProps extends Opened {
  row: Message
  mine: boolean
  writes: boolean
  moderates: boolean
  pinned: boolean
  onAct: (action: Action) => void
}

/** Lists what can be done with a message. */
export default function MessageMenu({ row: { author }, mine, writes, moderates, pinned, opener, open, setOpen, onAct }: MessageMenuProps) {
  return (
    <MenuList id={useId()} label={t.talk.moreFor(author.name)} opener={opener} focus="first" open={open} setOpen={setOpen}>
      {writes && (
        <MenuItem icon="reply" onClick={() => onAct('reply')}>
          {t.talk.reply}
        </MenuItem>
      )}
      {writes && !mine && author.participantId && (
        <MenuItem icon="at" onClick={() => onAct('mention')}>
          {t.talk.mention}
        </MenuItem>
      )}
      {mine && writes && (
        <MenuItem icon="edit" onClick={() => onAct('edit')}>
          {t.talk.edit}
        </MenuItem>
      )}
      {mine && (
        <MenuItem icon="trash" danger onClick={() => onAct('delete')}>
          {t.talk.delete}
        </MenuItem>
      )}
      {moderates && (
        <>
          <MenuItem icon="pin" onClick={() => onAct(pinned ? 'unpin' : 'pin')}>
            {pinned ? t.talk.unpin : t.talk.pin}
          </MenuItem>
          <MenuRule />
          <MenuItem icon="eye-off" onClick={() => onAct('hide')}>
            {t.talk.hide}
          </MenuItem>
        </>
      )}
      {moderates && !mine && author.participantId && !author.host && (
        <>
          <PauseItems participantId={author.participantId} name={author.name} />
          <MenuItem icon="eye-off" danger onClick={() => onAct('hideAll')}>
            {t.talk.hideAll}
          </MenuItem>
        </>
      )}
    </MenuList>
  )
}
