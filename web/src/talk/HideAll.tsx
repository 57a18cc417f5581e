import { HideMessagesOfDocument } from '../graphql/generated/graphql'
import { useDo } from '../graphql/useRun'
import { t } from '../texts'
import { Confirm } from '../ui/Dialog'
import type { Message } from './messages'

/** Asks before it hides all messages of an author. */
export default function HideAll({ author, onClose }: { author: Message['author']; onClose: () => void }) {
  const [hideAll, hiding] = useDo(HideMessagesOfDocument)
  return (
    <Confirm
      title={t.talk.hideAllTitle(author.name)}
      text={t.talk.hideAllText}
      confirm={t.talk.hideAll}
      busy={hiding}
      onClose={onClose}
      onConfirm={() => void hideAll({ participantId: author.participantId ?? '' }).then(onClose)}
    />
  )
}
