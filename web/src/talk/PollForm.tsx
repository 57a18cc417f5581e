import { useRef, useState } from 'react'
import { CreatePollDocument, type InteractionKind, type ShareResults, UpdatePollDocument } from '../graphql/generated/graphql'
import { useRun } from '../graphql/useRun'
import { t } from '../texts'
import { Button } from '../ui/Button'
import { Check } from '../ui/Check'
import { Chips } from '../ui/Chips'
import { Field, focusFirstInvalid, SelectField, TextField, tooLong } from '../ui/Field'
import { Scroll } from '../ui/Scroll'
import { elapsed, span } from '../ui/time'
import { type Draft, draftOf, emptyDraft, hasOptions, inputOf, limits, written } from './draft'
import { PollOptions } from './PollOptions'
import type { Poll } from './usePolls'

const kinds: InteractionKind[] = ['CHOICE', 'QUIZ', 'RATING', 'TEXT', 'WORDS']
const shares: ShareResults[] = ['WHEN_ASKED', 'AT_STOP', 'LIVE']
const times = [10, 20, 30, 45, 60, 120, 180, 300, 600, 900, 1_800, 3_600, 7_200]
const fields = ['title', 'options', 'lowest', 'highest']

interface PollFormProps {
  roomId: string
  /** The draft that is edited. Without it, the form makes a new one. */
  poll: Poll | null
  /** What was typed before and not saved. */
  kept: Draft | null
  /** Gets what was typed, to keep it. */
  onClose: (kept: Draft) => void
  onSaved: (poll: Poll, start: boolean) => void
}

/** The form for a draft of each kind. */
export default function PollForm({ roomId, poll, kept, onClose, onSaved }: PollFormProps) {
  const [draft, setDraft] = useState(() => (poll ? draftOf(poll) : (kept ?? emptyDraft())))
  const [fault, setFault] = useState<{ at: string; words: string } | null>(null)
  const [create, creating] = useRun(CreatePollDocument)
  const [update, updating] = useRun(UpdatePollDocument)
  const form = useRef<HTMLFormElement>(null)
  const set = (to: Partial<Draft>) => {
    setDraft((before) => ({ ...before, ...to }))
    setFault(null)
  }
  async function save(start: boolean) {
    const texts = [
      { text: draft.title, limit: limits.title },
      ...(hasOptions(draft.kind) ? draft.options.map(({ text }) => ({ text, limit: limits.option })) : []),
      ...(draft.kind === 'RATING' ? [draft.lowest, draft.highest].map((text) => ({ text, limit: limits.label })) : []),
    ]
    const needed = ['title', ...(draft.kind === 'RATING' ? ['lowest', 'highest'] : [])] as ('title' | 'lowest' | 'highest')[]
    const missing = needed.find((field) => !draft[field].trim())
    if (missing) setFault({ at: missing, words: t.pollForm.missing[missing] })
    if (missing || texts.some(tooLong)) return focusFirstInvalid(form.current)
    const interaction = inputOf(draft)
    const outcome = poll ? await update({ input: { interactionId: poll.id, interaction } }) : await create({ input: { roomId, key: draft.key, interaction } })
    if ('answer' in outcome) return onSaved(outcome.answer.interaction, start)
    const field = 'problem' in outcome ? outcome.problem.field : null
    setFault({ at: field && fields.includes(field) ? field : 'form', words: 'problem' in outcome ? outcome.problem.message : outcome.fault })
    focusFirstInvalid(form.current)
  }
  const faultAt = (field: string) => (fault?.at === field ? fault.words : null)
  const busy = creating || updating
  const choices = Math.max(2, written(draft).length)
  return (
    <form
      ref={form}
      className="poll-editor"
      aria-label={poll ? t.pollForm.editPoll : t.pollForm.newPoll}
      onSubmit={(event) => {
        event.preventDefault()
        if (!busy) void save(false)
      }}
    >
      <div className="poll-editor__head">
        <h2>{poll ? t.pollForm.editPoll : t.pollForm.newPoll}</h2>
        <Button kind="quiet" size="small" icon="x" aria-label={t.pollForm.close} onClick={() => onClose(draft)} />
      </div>
      <Scroll className="tool__scroll" label={poll ? t.pollForm.editPoll : t.pollForm.newPoll}>
        <div className="poll-editor__fields">
          <Chips label={t.pollForm.kind} labelled options={kinds.map((kind) => [kind, t.pollForm.kinds[kind]] as const)} value={draft.kind} onChange={(kind) => set({ kind })} />
          <p className="poll__note">{t.pollForm.notes[draft.kind]}</p>
          <Field label={t.pollForm.question} error={faultAt('title')} limited={{ text: draft.title, limit: limits.title }}>
            {(control) => (
              <textarea
                {...control}
                className="input textarea"
                rows={2}
                dir="auto"
                autoFocus
                data-pane-start
                value={draft.title}
                onChange={(event) => set({ title: event.target.value.replaceAll('\n', ' ') })}
                onKeyDown={(event) => event.key === 'Enter' && event.preventDefault()}
              />
            )}
          </Field>
          {hasOptions(draft.kind) && (
            <>
              <PollOptions options={draft.options} quiz={draft.kind === 'QUIZ'} error={faultAt('options')} onChange={(options) => set({ options })} />
              <SelectField label={t.pollForm.each} value={Math.min(draft.most, choices)} onChange={(event) => set({ most: Number(event.target.value) })}>
                {Array.from({ length: choices }, (_, at) => <option key={at} value={at + 1}>{at === 0 ? t.pollForm.one : t.pollForm.upTo(at + 1)}</option>)}
              </SelectField>
            </>
          )}
          {draft.kind === 'WORDS' && (
            <SelectField label={t.pollForm.eachGives} value={draft.words} onChange={(event) => set({ words: Number(event.target.value) })}>
              {Array.from({ length: limits.words }, (_, at) => <option key={at} value={at + 1}>{t.pollForm.words(at + 1)}</option>)}
            </SelectField>
          )}
          {draft.kind === 'RATING' && (
            <>
              <SelectField label={t.pollForm.steps} value={draft.steps} onChange={(event) => set({ steps: Number(event.target.value) })}>
                {Array.from({ length: limits.steps - 1 }, (_, at) => <option key={at} value={at + 2}>{t.pollForm.stepsFrom(at + 2)}</option>)}
              </SelectField>
              <TextField label={t.pollForm.lowest} dir="auto" error={faultAt('lowest')} limited={{ text: draft.lowest, limit: limits.label }} value={draft.lowest} onChange={(event) => set({ lowest: event.target.value })} />
              <TextField label={t.pollForm.highest(draft.steps)} dir="auto" error={faultAt('highest')} limited={{ text: draft.highest, limit: limits.label }} value={draft.highest} onChange={(event) => set({ highest: event.target.value })} />
            </>
          )}
          <SelectField label={t.pollForm.limit} value={draft.seconds ?? 0} onChange={(event) => set({ seconds: Number(event.target.value) || null })}>
            <option value={0}>{t.pollForm.noLimit}</option>
            {[...new Set([...times, ...(draft.seconds ? [draft.seconds] : [])])].toSorted((a, b) => a - b).map((seconds) => <option key={seconds} value={seconds}>{timeLimit(seconds)}</option>)}
          </SelectField>
          <SelectField label={t.pollForm.results} value={draft.share} onChange={(event) => set({ share: event.target.value as ShareResults })}>
            {shares.map((share) => <option key={share} value={share}>{t.pollForm.shares[share]}</option>)}
          </SelectField>
          <Check checked={draft.named} label={t.pollForm.withNames} note={t.pollForm.withNamesNote} onChange={(named) => set({ named })} />
        </div>
      </Scroll>
      <div className="tool__foot">
        {faultAt('form') && <p className="field__error" role="alert">{faultAt('form')}</p>}
        <div className="poll__actions">
          <Button type="submit" kind="primary" busy={busy}>{poll ? t.pollForm.saveChanges : t.pollForm.save}</Button>
          {!poll && <Button onClick={() => busy || void save(true)}>{t.pollForm.startNow}</Button>}
        </div>
      </div>
    </form>
  )
}

/** 45 s, 5 min or 1:30. */
const timeLimit = (seconds: number) => (seconds < 60 || seconds % 60 === 0 ? span(seconds * 1_000) : elapsed(new Date(0).toISOString(), seconds * 1_000))
