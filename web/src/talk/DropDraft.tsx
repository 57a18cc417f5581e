import { DeletePollDocument } from '../graphql/generated/graphql'
import { useDo } from '../graphql/useRun'
import { t } from '../texts'
import { Confirm } from '../ui/Dialog'
import type { Poll } from './usePolls'

/** Asks before it deletes a draft. */
export default function DropDraft({ poll, onClose, onDropped }: { poll: Poll; onClose: () => void; onDropped: () => void }) {
  const [drop, dropping] = useDo(DeletePollDocument)
  async function confirm() {
    const done = await drop({ id: poll.id })
    onClose()
    if (done) onDropped()
  }
  return <Confirm title={t.polls.dropTitle} text={poll.title} confirm={t.polls.drop} busy={dropping} onClose={onClose} onConfirm={() => void confirm()} />
}
