import { Avatar } from '../people/Avatar'
import { t } from '../texts'
import { Button } from '../ui/Button'
import { Icon } from '../ui/Icon'
import { clock } from '../ui/time'
import type { Sending } from './useSending'

interface PendingProps {
  one: Sending
  me: { displayName: string }
  /** It comes after another of one's own. */
  more: boolean
  onAgain: () => void
  onDrop: () => void
}

/** An own message that is on its way, or was not sent. */
export function Pending({ one: { text, at, fault, id }, me, more, onAgain, onDrop }: PendingProps) {
  return (
    <li className={`message${more ? ' message--more' : ''}${fault ? ' message--failed' : id ? '' : ' message--pending'}`}>
      {!more && <Avatar name={me.displayName} size="small" />}
      <div className="message__body">
        {!more && (
          <div className="message__head">
            <span className="message__who">{t.you}</span>
            <time dateTime={at}>{clock(at)}</time>
          </div>
        )}
        <p className="message__text" dir="auto">
          {text}
        </p>
        {fault ? (
          <span className="message__note" role="alert">
            <Icon name="alert" />
            <span>
              {t.talk.notSent} {fault}
            </span>
            <Button kind="text" size="small" onClick={onAgain}>
              {t.tryAgain}
            </Button>
            <Button kind="quiet" size="small" onClick={onDrop}>
              {t.talk.drop}
            </Button>
          </span>
        ) : (
          !id && (
            <span className="message__note">
              <Icon name="clock" />
              {t.talk.sending}
            </span>
          )
        )}
      </div>
    </li>
  )
}
