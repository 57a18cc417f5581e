import type { PinnedPartsFragment } from '../graphql/generated/graphql'
import { t } from '../texts'
import { Button } from '../ui/Button'
import { Icon } from '../ui/Icon'
import { Name, Say } from '../ui/Text'
import { Words } from './Words'

/** The pinned message of a channel, which is an announcement too. */
export function Pinned({ message, onUnpin }: { message: PinnedPartsFragment; onUnpin: (() => void) | undefined }) {
  return (
    <div className="pinned">
      <Icon name="pin" />
      <div className="pinned__main">
        <p dir="auto" className="lines">
          <Words text={message.text ?? ''} names={[]} />
        </p>
        <small>
          <Say text={t.talk.pinnedBy} name={<Name>{message.author.name}</Name>} />
        </small>
      </div>
      {onUnpin && <Button kind="quiet" size="small" icon="x" aria-label={t.talk.unpin} onClick={onUnpin} />}
    </div>
  )
}
