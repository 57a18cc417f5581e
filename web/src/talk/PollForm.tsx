import { useState } from 'react'
import { CreatePollDocument, type InteractionKind } from '../graphql/generated/graphql'
import { useRun } from '../graphql/useRun'
import { t } from '../texts'
import { Button } from '../ui/Button'
import { Check } from '../ui/Check'
import { Field } from '../ui/Field'
import { newKey } from './key'
import type { Poll } from './usePolls'

const kinds: InteractionKind[] = ['CHOICE', 'TEXT', 'WORDS']
const mostOptions = 20

/** The button below the polls, and the form to draft one. What was typed stays until it is saved, with the key that keeps it from being there twice. */
export default function PollForm({ roomId, onDrafted }: { roomId: string; onDrafted: (poll: Poll) => void }) {
  const [open, setOpen] = useState(false)
  const [kind, setKind] = useState<InteractionKind>('CHOICE')
  const [title, setTitle] = useState('')
  const [options, setOptions] = useState(['', ''])
  const [several, setSeveral] = useState(false)
  const [named, setNamed] = useState(false)
  const [key, setKey] = useState(newKey)
  const [fault, setFault] = useState<string | null>(null)
  const [create, busy] = useRun(CreatePollDocument)
  if (!open) return <Button kind="primary" wide icon="poll" data-pane-start onClick={() => setOpen(true)}>{t.polls.create}</Button>
  const texts = options.map((option) => option.trim()).filter(Boolean)
  async function save() {
    const chosen = kind === 'CHOICE' ? { options: texts.map((text) => ({ text })), maxChoices: several ? texts.length : 1 } : {}
    const outcome = await create({ input: { roomId, key, interaction: { kind, title, named, ...chosen } } })
    if (!('answer' in outcome)) return setFault('problem' in outcome ? outcome.problem.message : outcome.fault)
    onDrafted(outcome.answer.interaction)
    setTitle('')
    setOptions(['', ''])
    setKey(newKey())
    setFault(null)
    setOpen(false)
  }
  const write = (at: number, text: string) => setOptions((before) => before.map((option, n) => (n === at ? text : option)))
  return (
    <form
      className="poll__form"
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      <Field label={t.polls.kind}>
        {(control) => (
          <select {...control} className="input" value={kind} onChange={(event) => setKind(event.target.value as InteractionKind)}>
            {kinds.map((one) => <option key={one} value={one}>{t.polls.kinds[one]}</option>)}
          </select>
        )}
      </Field>
      <Field label={t.polls.question} error={fault} limited={{ text: title, limit: 300 }}>
        {(control) => <input {...control} className="input" dir="auto" autoFocus value={title} onChange={(event) => setTitle(event.target.value)} />}
      </Field>
      {kind === 'CHOICE' && (
        <>
          {options.map((option, at) => (
            <Field key={at} label={t.polls.option(at + 1)} limited={{ text: option, limit: 120 }}>
              {(control) => <input {...control} className="input" dir="auto" value={option} onChange={(event) => write(at, event.target.value)} />}
            </Field>
          ))}
          <Button kind="quiet" size="small" disabled={options.length >= mostOptions} onClick={() => setOptions((before) => [...before, ''])}>{t.polls.more}</Button>
          <Check checked={several} label={t.polls.several} onChange={setSeveral} />
        </>
      )}
      <Check checked={named} label={t.polls.withNames} note={t.polls.withNamesNote} onChange={setNamed} />
      <div className="poll__actions">
        <Button type="submit" kind="primary" busy={busy}>{t.polls.save}</Button>
        <Button kind="quiet" onClick={() => setOpen(false)}>{t.polls.cancel}</Button>
      </div>
    </form>
  )
}
