import { useState } from 'react'
import { AnswerQuestionDocument } from '../graphql/generated/graphql'
import { useRun } from '../graphql/useRun'
import { t } from '../texts'
import { Button } from '../ui/Button'
import { Check } from '../ui/Check'
import { Field, tooLong } from '../ui/Field'

const limit = 2_000

/** An answer that is being written. */
export interface Written {
  text: string
  /** Only for who asked. */
  alone: boolean
  /** It is on its way, so the question may be answered by it. */
  sent?: boolean
}

/** Reports whether there are words that cannot be sent any more once the question is answered. */
export const isLate = (one: Written | undefined) => Boolean(one && !one.sent && one.text.trim())

interface AnswerFormProps {
  questionId: string
  written: Written
  /** Somebody else has answered meanwhile. What was written stays until it is discarded. */
  late: boolean
  /** Gets what is written now, or null once it is sent or discarded. */
  onWrite: (to: Written | null) => void
}

/** Writes the answer to a question, for everyone or for who asked. */
export function AnswerForm({ questionId, written: { text, alone }, late, onWrite }: AnswerFormProps) {
  const [fault, setFault] = useState<string | null>(null)
  const [answer, busy] = useRun(AnswerQuestionDocument)
  async function send() {
    if (late || tooLong({ text, limit })) return
    onWrite({ text, alone, sent: true })
    const outcome = await answer({ input: { questionId, text, private: alone } })
    if ('answer' in outcome) return onWrite(null)
    onWrite({ text, alone })
    setFault('problem' in outcome ? outcome.problem.message : outcome.fault)
  }
  return (
    <form
      className="question__form"
      onSubmit={(event) => {
        event.preventDefault()
        void send()
      }}
    >
      <Field label={t.questions.answer} error={late ? t.questions.late : fault} limited={{ text, limit }}>
        {(control) => <textarea {...control} className="input textarea" rows={3} dir="auto" autoFocus={text === ''} readOnly={late} value={text} onChange={(event) => onWrite({ text: event.target.value, alone })} />}
      </Field>
      {!late && <Check checked={alone} label={t.questions.onlyAuthor} note={t.questions.onlyAuthorNote} onChange={(only) => onWrite({ text, alone: only })} />}
      <div className="question__actions">
        {!late && <Button type="submit" kind="primary" size="small" busy={busy}>{t.questions.sendAnswer}</Button>}
        <Button kind="quiet" size="small" onClick={() => onWrite(null)}>{late ? t.questions.discard : t.questions.cancel}</Button>
      </div>
    </form>
  )
}
