import { type KeyboardEvent, type ReactNode, type RefObject, useState } from 'react'
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
  /** Says how long one waits between two messages, or nothing. */
  gap: string | null
  busy: boolean
  fault: string | null
  onSend: () => void
  onCancel: () => void
  /** Edits the last own message. */
  onUp: () => void
  /** What moderators can set. */
  settings: ReactNode
}

/** The field where people write. Its label says who will read. */
export function Composer({ back, about, text, onText, field, until, gap, busy, fault, onSend, onCancel, onUp, settings }: ComposerProps) {
  const [over, setOver] = useState(0) // the last wait that is over
  const edits = about !== null && 'edit' in about
  const now = useServerNow(over < until ? 1_000 : 60_000)
  const seconds = edits ? 0 : Math.ceil((until - now) / 1_000)
  if (now >= until && over < until) setOver(until)
  const left = most - [...text.trim()].length
  const send = () => {
    if ((!edits && until > serverNow()) || left < 0 || text.trim() === '') return field.current?.focus()
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
      <div className="composer__to">
        <Icon name={back ? 'lock' : 'users'} />
        <label htmlFor={back ? 'to-back' : 'to-all'}>{back ? t.talk.toBack : t.talk.toAll}</label>
        {settings}
      </div>
      {about && (
        <div className="composer__about">
          <Icon name={edits ? 'edit' : 'reply'} />
          <span className="clip">{'edit' in about ? t.talk.editing : <Say text={t.talk.replying} name={<Name>{about.reply.author.name}</Name>} words={<bdi>{about.reply.text}</bdi>} />}</span>
          <Button kind="quiet" size="small" icon="x" aria-label={t.talk.stop} onClick={onCancel} />
        </div>
      )}
      <div className="composer__row">
        <textarea ref={field} id={back ? 'to-back' : 'to-all'} className="input textarea" rows={1} dir="auto" value={text} data-pane-start onChange={(event) => onText(event.target.value)} onKeyDown={onKeyDown} />
        {/* A press must not take the focus from the field, or a phone would close its keyboard. */}
        <button type="button" className="button button--primary composer__send" aria-label={seconds > 0 ? t.talk.sendIn(seconds) : undefined} aria-disabled={seconds > 0 || undefined} aria-busy={busy || undefined} onMouseDown={(event) => event.preventDefault()} onClick={send}>
          {seconds > 0 ? (
            <span role="timer" aria-live="off">
              {t.talk.wait(seconds)}
            </span>
          ) : edits ? (
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
      {left <= 100 ? <p className="composer__hint">{t.talk.left(left)}</p> : gap && <p className="composer__hint">{gap}</p>}
    </div>
  )
}

/** Says why one cannot write, in place of the field. */
export function ComposerOff({ words, settings }: { words: string; settings: ReactNode }) {
  return (
    <div className="tool__foot composer-closed">
      <p className="composer-off">
        <Icon name="lock" />
        <span>{words}</span>
      </p>
      {settings}
    </div>
  )
}
