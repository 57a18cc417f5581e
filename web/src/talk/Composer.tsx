import type { KeyboardEvent, RefObject } from 'react'
import { serverNow, useServerNow } from '../graphql/clock'
import { t } from '../texts'
import { Button } from '../ui/Button'
import { Icon } from '../ui/Icon'
import { Name, Say } from '../ui/Text'
import type { Message } from './messages'

/** What the field is for: a message, an answer to one, or another text for one's own. */
export type About = { reply: Message } | { edit: Message } | null

const most = 1_000

interface ComposerProps {
  back: boolean
  about: About
  text: string
  onText: (text: string) => void
  field: RefObject<HTMLTextAreaElement | null>
  /** When one may send again. */
  until: number
  slowModeSeconds: number
  busy: boolean
  fault: string | null
  onSend: () => void
  onCancel: () => void
  /** Edits the last own message. */
  onUp: () => void
}

/** The field where people write. Its label says who will read. */
export function Composer({ back, about, text, onText, field, until, slowModeSeconds, busy, fault, onSend, onCancel, onUp }: ComposerProps) {
  const seconds = Math.ceil((until - useServerNow(until > 0 ? 1_000 : 60_000)) / 1_000)
  const left = most - [...text.trim()].length
  const send = () => {
    if (until > serverNow() || left < 0 || text.trim() === '') return field.current?.focus()
    onSend()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault()
      send()
    } else if (event.key === 'Escape' && about) onCancel()
    else if (event.key === 'ArrowUp' && text === '' && !about) {
      event.preventDefault()
      onUp()
    }
  }
  return (
    <div className={back ? 'tool__foot composer composer--back' : 'tool__foot composer'}>
      <label className="composer__to" htmlFor={back ? 'to-back' : 'to-all'}>
        <Icon name={back ? 'lock' : 'users'} />
        <span>{back ? t.talk.toBack : t.talk.toAll}</span>
      </label>
      {about && (
        <div className="composer__about">
          <Icon name={'edit' in about ? 'edit' : 'reply'} />
          <span className="clip">{'edit' in about ? t.talk.editing : <Say text={t.talk.replying} name={<Name>{about.reply.author.name}</Name>} words={<bdi>{about.reply.text}</bdi>} />}</span>
          <Button kind="quiet" size="small" icon="x" aria-label={t.talk.stop} onClick={onCancel} />
        </div>
      )}
      <div className="composer__row">
        <textarea ref={field} id={back ? 'to-back' : 'to-all'} className="input textarea" rows={1} dir="auto" value={text} data-pane-start onChange={(event) => onText(event.target.value)} onKeyDown={onKeyDown} />
        {/* A press must not take the focus from the field, or a phone would close its keyboard. */}
        <button type="button" className="button button--primary composer__send" aria-disabled={seconds > 0 || undefined} aria-busy={busy || undefined} onMouseDown={(event) => event.preventDefault()} onClick={send}>
          {seconds > 0 ? (
            <span role="timer" aria-live="off">
              {t.talk.wait(seconds)}
            </span>
          ) : about && 'edit' in about ? (
            t.talk.save
          ) : (
            t.talk.send
          )}
        </button>
      </div>
      {fault && (
        <p className="field__error" role="alert">
          {fault}
        </p>
      )}
      {left <= 100 ? <p className="composer__hint">{t.talk.left(left)}</p> : slowModeSeconds > 0 && <p className="composer__hint">{t.talk.slow(slowModeSeconds)}</p>}
    </div>
  )
}

/** Says why one cannot write, in place of the field. */
export function ComposerOff({ words }: { words: string }) {
  return (
    <div className="tool__foot">
      <p className="composer-off">
        <Icon name="lock" />
        <span>{words}</span>
      </p>
    </div>
  )
}
