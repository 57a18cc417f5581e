import { Suspense, useState } from 'react'
import {
  type Channel,
  DeleteMessageDocument,
  HideMessageDocument,
  PinMessageDocument,
  RestoreMessageDocument,
  UnpinMessageDocument,
} from '../graphql/generated/graphql'
import { useDo } from '../graphql/useRun'
import { DialogBoundary } from '../shell/DialogBoundary'
import { part } from '../shell/part'
import { t } from '../texts'
import { useVoice } from '../ui/Announcer'
import type { Action } from './Message'
import type { Message } from './messages'

const HideAll = part(() => import('./HideAll'))

/** Returns a function that does what somebody chose for a message, and the question that it may ask first. */
export function useModeration(roomId: string, channel: Channel) {
  const [remove] = useDo(DeleteMessageDocument)
  const [hide] = useDo(HideMessageDocument)
  const [restore] = useDo(RestoreMessageDocument)
  const [pin] = useDo(PinMessageDocument)
  const [unpin] = useDo(UnpinMessageDocument)
  const { toast } = useVoice()
  const [asking, setAsking] = useState<Message | null>(null)

  async function act({ id: messageId }: Message, action: Action): Promise<void> {
    if (action === 'delete') await remove({ messageId })
    if (action === 'restore') await restore({ messageId })
    if (action === 'pin') await pin({ messageId })
    if (action === 'unpin') await unpin({ roomId, channel })
    if (action === 'hide' && (await hide({ messageId }))) toast({ text: t.talk.hiddenNow, undo: { label: t.undo, run: () => void restore({ messageId }) } })
  }
  const question = asking && (
    <DialogBoundary onClose={() => setAsking(null)}>
      <Suspense fallback={null}>
        <HideAll author={asking.author} onClose={() => setAsking(null)} />
      </Suspense>
    </DialogBoundary>
  )
  return { act: (row: Message, action: Action) => (action === 'hideAll' ? setAsking(row) : void act(row, action)), question, unpin: () => void unpin({ roomId, channel }) }
}
