import { t } from '../texts'
import { Button } from '../ui/Button'
import { Icon } from '../ui/Icon'
import type { Sending } from './useSending'

/** An own message that is on its way, or was not sent. */
export function Pending({ one: { text, fault, id }, onAgain, onDrop }: { one: Sending; onAgain: () => void; onDrop: () => void }) {
  return (
    <li className={`message message--more${fault ? ' message--failed' : id ? '' : ' message--pending'}`}>
      <div className="message__body">
        <p className="message__text" dir="auto">
          {text}
        </p>
        {fault ? (
          <span className="message__note" role="alert">
            <Icon name="alert" />
            {t.talk.notSent} {fault}
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
