import { useId, useState } from 'react'
import { CopyPollDocument } from '../graphql/generated/graphql'
import { useDo } from '../graphql/useRun'
import { t } from '../texts'
import { useVoice } from '../ui/Announcer'
import { MenuItem, MenuList } from '../ui/Menu'
import { newKey } from './key'
import type { Opened } from '../shell/MenuButton'
import type { Poll } from './usePolls'

interface PollMenuProps extends Opened {
  poll: Poll
  onEdit: () => void
  onDrop: () => void
  onCopied: (copy: Poll) => void
}

/** Lists what else hosts can do with a draft, or with a poll that was closed. */
export default function PollMenu({ poll, opener, open, setOpen, onEdit, onDrop, onCopied }: PollMenuProps) {
  const [copy] = useDo(CopyPollDocument)
  const { toast } = useVoice()
  const [key, setKey] = useState(newKey)
  const draft = poll.state === 'DRAFT'
  async function copyIt() {
    const done = await copy({ id: poll.id, key })
    if (!done) return
    setKey(newKey())
    toast({ text: t.polls.copied })
    onCopied(done.interaction)
  }
  return (
    <MenuList id={useId()} label={t.polls.more(poll.title)} opener={opener} focus="first" open={open} setOpen={setOpen}>
      {draft && <MenuItem icon="edit" onClick={onEdit}>{t.polls.edit}</MenuItem>}
      <MenuItem icon="copy" onClick={() => void copyIt()}>{t.polls.copy}</MenuItem>
      {draft && <MenuItem icon="trash" danger onClick={onDrop}>{t.polls.drop}</MenuItem>}
    </MenuList>
  )
}
