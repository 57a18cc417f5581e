import { Suspense, useState } from 'react'
import {
  type Channel,
  DeleteMessageDocument,
  HideMessageDocument,
  HideMessagesOfDocument,
  PinMessageDocument,
  RestoreMessageDocument,
  UnpinMessageDocument,
} from '../graphql/generated/graphql'
import { useDo } from '../graphql/useRun'
import { part } from '../shell/part'
import { t } from '../texts'
import { useVoice } from '../ui/Announcer'
import type { Action } from './Message'
import type { Message } from './messages'

const Confirm = part(async () => ({ default: (await import('../ui/Dialog')).Confirm }))

/** Returns a function that does what somebody chose for a message, and the question that it may ask first. */
export function useModeration(roomId: string, channel: Channel) {
  const [remove] = useDo(DeleteMessageDocument)
  const [hide] = useDo(HideMessageDocument)
  const [restore] = useDo(RestoreMessageDocument)
  const [pin] = useDo(PinMessageDocument)
  const [unpin] = useDo(UnpinMessageDocument)
  const [hideAll, hiding] = useDo(HideMessagesOfDocument)
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
    <Suspense fallback={null}>
      <Confirm
        title={t.talk.hideAllTitle(asking.author.name)}
        text={t.talk.hideAllText}
        confirm={t.talk.hideAll}
        busy={hiding}
        onClose={() => setAsking(null)}
        onConfirm={() => void hideAll({ participantId: asking.author.participantId ?? '' }).then(() => setAsking(null))}
      />
    </Suspense>
  )
  return { act: (row: Message, action: Action) => (action === 'hideAll' ? setAsking(row) : void act(row, action)), question, unpin: () => void unpin({ roomId, channel }) }
}
