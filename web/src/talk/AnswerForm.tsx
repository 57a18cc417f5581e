import { useState } from 'react'
import { AnswerQuestionDocument } from '../graphql/generated/graphql'
import { useRun } from '../graphql/useRun'
import { t } from '../texts'
import { Button } from '../ui/Button'
import { Check } from '../ui/Check'
import { Field, tooLong } from '../ui/Field'

const limit = 2_000

/** Writes the answer to a question, for everyone or for who asked. */
export function AnswerForm({ questionId, onClose }: { questionId: string; onClose: () => void }) {
  const [text, setText] = useState('')
  const [alone, setAlone] = useState(false)
  const [fault, setFault] = useState<string | null>(null)
  const [answer, busy] = useRun(AnswerQuestionDocument)
  async function send() {
    if (tooLong({ text, limit })) return
    const outcome = await answer({ input: { questionId, text, private: alone } })
    if ('answer' in outcome) onClose()
    else setFault('problem' in outcome ? outcome.problem.message : outcome.fault)
  }
  return (
    <form
      className="question__form"
      onSubmit={(event) => {
        event.preventDefault()
        void send()
      }}
    >
      <Field label={t.questions.answer} error={fault} limited={{ text, limit }}>
        {(control) => <textarea {...control} className="input textarea" rows={3} dir="auto" autoFocus value={text} onChange={(event) => setText(event.target.value)} />}
      </Field>
      <Check checked={alone} label={t.questions.onlyAuthor} note={t.questions.onlyAuthorNote} onChange={setAlone} />
      <div className="question__actions">
        <Button type="submit" kind="primary" size="small" busy={busy}>{t.questions.sendAnswer}</Button>
        <Button kind="quiet" size="small" onClick={onClose}>{t.questions.cancel}</Button>
      </div>
    </form>
  )
}
