import { useState } from 'react'
import { t } from '../texts'
import { useVoice } from '../ui/Announcer'
import { copyText } from '../ui/Copy'
import { Icon } from '../ui/Icon'
import { Menu, MenuItem } from '../ui/Menu'
import { csv, linkRows, linkText, save } from './csv'
import { RemindDialog, RemindItem } from './Remind'
import { useInvited } from './useInvited'

/** Copies or downloads all links of a session that work, and reminds people of theirs. */
export default function LinksMenu({ roomId, sessionId }: { roomId: string; sessionId: string }) {
  const { toast } = useVoice()
  const read = useInvited(roomId)
  const words = t.severalPeople
  const [asking, setAsking] = useState<number | null>(null)
  async function links() {
    const people = await read(sessionId)
    const working = people?.filter(({ link }) => link) ?? []
    if (working.length === 0) toast({ text: people ? words.noLinks : words.readFailed, failed: true })
    return working
  }
  const copy = async () => {
    const all = await links()
    if (all.length > 0) toast((await copyText(linkText(all))) ? { text: words.copied(all.length) } : { text: t.copyByHand, failed: true })
  }
  const download = async () => {
    const all = await links()
    if (all.length > 0) save(words.fileName, csv(linkRows(all)))
  }
  return (
    <>
      <Menu
        label={words.listMenu}
        button={
          <button type="button" className="button button--quiet button--small button--icon" aria-label={words.listMenu}>
            <Icon name="more" />
          </button>
        }
      >
        <MenuItem icon="copy" note={words.personal} onClick={() => void copy()}>
          {words.copyLinks}
        </MenuItem>
        <MenuItem icon="link" onClick={() => void download()}>
          {words.download}
        </MenuItem>
        <RemindItem roomId={roomId} sessionId={sessionId} onAsk={setAsking} />
      </Menu>
      {asking !== null && <RemindDialog roomId={roomId} count={asking} onClose={() => setAsking(null)} />}
    </>
  )
}
