import { useId } from 'react'
import { type Channel, type ChatMode, ClearChannelDocument, UpdateToolsDocument } from '../graphql/generated/graphql'
import { useDo } from '../graphql/useRun'
import { t } from '../texts'
import { useVoice } from '../ui/Announcer'
import { MenuChoice, MenuItem, MenuList, MenuNote, MenuRule } from '../ui/Menu'
import type { Opened } from '../shell/MenuButton'

const modes: ChatMode[] = ['EVERYONE', 'HOSTS', 'OFF']
const gaps = [0, 10, 30, 60, 300] // seconds

interface ChannelMenuProps extends Opened {
  roomId: string
  channel: Channel
  chat: ChatMode
  slowModeSeconds: number
}

/** Lists what moderators set for a channel. Nobody is kept from writing in the backchannel, so it can only be cleared. */
export default function ChannelMenu({ roomId, channel, chat, slowModeSeconds, opener, open, setOpen }: ChannelMenuProps) {
  const [update] = useDo(UpdateToolsDocument)
  const [clear] = useDo(ClearChannelDocument)
  const { toast } = useVoice()
  const back = channel === 'BACKCHANNEL'

  async function clearAll() {
    if (await clear({ roomId, channel, on: true })) toast({ text: back ? t.talk.backCleared : t.talk.cleared, undo: { label: t.undo, run: () => void clear({ roomId, channel, on: false }) } })
  }
  return (
    <MenuList id={useId()} label={back ? t.talk.backSettings : t.talk.settings} opener={opener} focus="first" open={open} setOpen={setOpen}>
      {!back && (
        <>
          <MenuNote>{t.talk.whoWrites}</MenuNote>
          {modes.map((mode) => (
            <MenuChoice key={mode} name="chat" value={mode} checked={mode === chat} onChoose={() => void update({ input: { roomId, chat: mode } })}>
              {t.talk.modes[mode]}
            </MenuChoice>
          ))}
          <MenuRule />
          <MenuNote>{t.talk.slowMode}</MenuNote>
          {[...new Set([...gaps, slowModeSeconds])].toSorted((a, b) => a - b).map((seconds) => (
            <MenuChoice key={seconds} name="slow" value={String(seconds)} checked={seconds === slowModeSeconds} onChoose={() => void update({ input: { roomId, slowModeSeconds: seconds } })}>
              {t.talk.gap(seconds)}
            </MenuChoice>
          ))}
          <MenuRule />
        </>
      )}
      <MenuItem icon="trash" danger onClick={() => void clearAll()}>
        {back ? t.talk.clearBack : t.talk.clear}
      </MenuItem>
    </MenuList>
  )
}
