import { useState } from 'react'
import { AskQuestionDocument, type QuestionRulesFragment } from '../graphql/generated/graphql'
import { useRun } from '../graphql/useRun'
import { t } from '../texts'
import { useVoice } from '../ui/Announcer'
import { Button } from '../ui/Button'
import { Check } from '../ui/Check'
import { Field, tooLong } from '../ui/Field'
import { Icon } from '../ui/Icon'
import { newKey } from './key'
import type { Question } from './questions'

const limit = 500

interface AskFormProps {
  roomId: string
  rules: QuestionRulesFragment
  /** Why the reader cannot ask, if so. */
  closed: string | null
  onAsked: (question: Question) => void
}

/** The button below the questions, and the form that it opens. A text that was not sent stays, with the key that keeps it from being there twice. */
export function AskForm({ roomId, rules, closed, onAsked }: AskFormProps) {
  const [open, setOpen] = useState(false)
  const [text, setText] = useState('')
  const [anonymous, setAnonymous] = useState(false)
  const [key, setKey] = useState(newKey)
  const [fault, setFault] = useState<string | null>(null)
  const [ask, busy] = useRun(AskQuestionDocument)
  const { say } = useVoice()
  if (closed && open) setOpen(false) // it would take the focus when questions are taken again
  if (closed)
    return (
      <div className="tool__foot composer-closed">
        <p className="composer-off"><Icon name="lock" /><span>{closed}</span></p>
      </div>
    )
  if (!open)
    return (
      <div className="tool__foot">
        <Button kind="primary" wide icon="ask" data-pane-start onClick={() => setOpen(true)}>{t.questions.ask}</Button>
      </div>
    )
  async function send() {
    if (tooLong({ text, limit })) return
    if (anonymous && !rules.anonymousQuestions) {
      setAnonymous(false)
      return setFault(t.questions.nowNamed)
    }
    const outcome = await ask({ input: { roomId, text, anonymous, key } })
    if (!('answer' in outcome)) return setFault('problem' in outcome ? outcome.problem.message : outcome.fault)
    onAsked(outcome.answer.question)
    say(t.questions.asked)
    setText('')
    setKey(newKey())
    setFault(null)
    setOpen(false)
  }
  return (
    <div className="tool__foot">
      <form
        className="question__form"
        onSubmit={(event) => {
          event.preventDefault()
          void send()
        }}
      >
        <Field label={t.questions.yours} hint={rules.questions === 'MODERATED' ? t.questions.moderated : undefined} error={fault} limited={{ text, limit }}>
          {(control) => <textarea {...control} className="input textarea" rows={3} dir="auto" autoFocus data-pane-start value={text} onChange={(event) => setText(event.target.value)} onKeyDown={(event) => event.key === 'Escape' && setOpen(false)} />}
        </Field>
        {rules.anonymousQuestions ? (
          <Check checked={anonymous} label={t.questions.anonymously} note={t.questions.anonymouslyNote} onChange={setAnonymous} />
        ) : (
          <p className="small soft">{t.questions.named}</p>
        )}
        <div className="question__actions">
          <Button type="submit" kind="primary" busy={busy}>{t.questions.send}</Button>
          <Button kind="quiet" onClick={() => setOpen(false)}>{t.questions.cancel}</Button>
        </div>
      </form>
    </div>
  )
}
