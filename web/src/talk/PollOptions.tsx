import { useId, useRef } from 'react'
import { flushSync } from 'react-dom'
import { t } from '../texts'
import { Button } from '../ui/Button'
import { Icon } from '../ui/Icon'
import { tooLong } from '../ui/Field'
import { type Draft, limits } from './draft'

interface PollOptionsProps {
  options: Draft['options']
  /** Some of them are correct. */
  quiz: boolean
  error: string | null
  onChange: (options: Draft['options']) => void
}

/** The options of a draft. Enter leads from one to the next, and adds one at the end. */
export function PollOptions({ options, quiz, error, onChange }: PollOptionsProps) {
  const id = useId()
  const list = useRef<HTMLOListElement>(null)
  const full = options.length >= limits.options
  const focus = (at: number) => list.current?.querySelectorAll<HTMLElement>('input.input')[at]?.focus()
  const write = (at: number, to: Partial<Draft['options'][number]>) => onChange(options.map((option, n) => (n === at ? { ...option, ...to } : option)))
  // The field is there at once, so that the next key that is pressed is for it.
  const add = () => {
    if (full) return
    flushSync(() => onChange([...options, { text: '', correct: false }]))
    focus(options.length)
  }
  const remove = (at: number) => {
    flushSync(() => onChange(options.filter((_, n) => n !== at)))
    focus(Math.max(0, at - 1))
  }
  const long = options.findIndex(({ text }) => tooLong({ text, limit: limits.option }))
  const over = long < 0 ? 0 : [...(options[long]?.text ?? '').normalize('NFC').trim()].length - limits.option
  const wrong = error ?? (long < 0 ? null : t.pollForm.optionTooLong(long + 1, over))
  return (
    <fieldset className="field">
      <legend className="field__label">{t.pollForm.options}</legend>
      <ol className="poll-options" ref={list}>
        {options.map(({ text, correct }, at) => (
          <li key={at}>
            <input
              className="input"
              dir="auto"
              aria-label={t.pollForm.option(at + 1)}
              aria-describedby={`${id}-note`}
              aria-invalid={at === long || (error !== null && at === 0) || undefined}
              value={text}
              onChange={(event) => write(at, { text: event.target.value })}
              onKeyDown={(event) => {
                if (event.key !== 'Enter' || event.nativeEvent.isComposing) return
                event.preventDefault()
                if (at < options.length - 1) focus(at + 1)
                else add()
              }}
            />
            {options.length > 2 && <Button kind="quiet" size="small" icon="x" aria-label={t.pollForm.removeOption(at + 1)} onClick={() => remove(at)} />}
            {quiz && (
              <label className="check">
                <input type="checkbox" checked={correct} aria-label={t.pollForm.isCorrect(at + 1)} onChange={(event) => write(at, { correct: event.target.checked })} />
                <span aria-hidden="true">{t.pollForm.correct}</span>
              </label>
            )}
          </li>
        ))}
      </ol>
      <p className={wrong ? 'field__error' : 'field__hint'} id={`${id}-note`} role={wrong ? 'alert' : undefined}>
        {wrong && <Icon name="alert" />}
        <span>{wrong ?? (full ? t.pollForm.allOptions(limits.options) : t.pollForm.optionsNote(limits.options))}</span>
      </p>
      {!full && <div><Button kind="quiet" size="small" icon="plus" onClick={add}>{t.pollForm.addOption}</Button></div>}
    </fieldset>
  )
}
