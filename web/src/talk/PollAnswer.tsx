import { useState } from 'react'
import { AnswerPollDocument } from '../graphql/generated/graphql'
import { useServerNow } from '../graphql/clock'
import { useRun } from '../graphql/useRun'
import { t } from '../texts'
import { Button } from '../ui/Button'
import { elapsed } from '../ui/time'
import type { Poll } from './usePolls'

/** The form to answer a poll that runs. An answer can be changed until the poll stops. */
export function PollAnswer({ poll, onAnswered }: { poll: Poll; onAnswered: (poll: Poll) => void }) {
  const [chosen, setChosen] = useState<readonly string[]>(poll.myAnswer?.choices ?? [])
  const [text, setText] = useState(poll.myAnswer?.texts.join(', ') ?? '')
  const [fault, setFault] = useState<string | null>(null)
  const [answer, busy] = useRun(AnswerPollDocument)
  const written = poll.kind === 'TEXT' || poll.kind === 'WORDS'
  const several = poll.maxChoices > 1
  async function send() {
    const texts = poll.kind === 'WORDS' ? text.split(',').map((word) => word.trim()).filter(Boolean) : [text]
    const outcome = await answer({ input: { interactionId: poll.id, ...(written ? { texts } : { choices: [...chosen] }) } })
    if (!('answer' in outcome)) return setFault('problem' in outcome ? outcome.problem.message : outcome.fault)
    setFault(null)
    onAnswered(outcome.answer.interaction)
  }
  const choose = (id: string, on: boolean) => setChosen((before) => (several ? [...before.filter((one) => one !== id), ...(on ? [id] : [])] : [id]))
  return (
    <form
      className="poll__form"
      onSubmit={(event) => {
        event.preventDefault()
        void send()
      }}
    >
      <fieldset className="poll__fields">
        <legend className="poll__note">{poll.named ? t.polls.named : t.polls.anonymous}</legend>
        {poll.lowest && poll.highest && <p className="poll__note">{t.polls.scale(poll.lowest, poll.options.at(-1)?.text ?? '', poll.highest)}</p>}
        {!written && several && <p className="poll__note">{t.polls.upTo(poll.maxChoices)}</p>}
        {written && (
          <label className="poll__written">
            <span>{poll.kind === 'WORDS' ? t.polls.words(poll.maxChoices) : t.polls.text}</span>
            <input className="input" dir="auto" value={text} onChange={(event) => setText(event.target.value)} />
          </label>
        )}
        {poll.options.map((option) => (
          <label key={option.id} className="check">
            <input type={several ? 'checkbox' : 'radio'} name={poll.id} checked={chosen.includes(option.id)} onChange={(event) => choose(option.id, event.target.checked)} />
            <span dir="auto">{option.text}</span>
          </label>
        ))}
      </fieldset>
      {fault && <p className="field__note field__note--error" role="alert">{fault}</p>}
      <div className="poll__actions">
        <Button type="submit" kind="primary" size="small" busy={busy} disabled={written ? !text.trim() : chosen.length === 0}>{poll.myAnswer ? t.polls.change : t.polls.send}</Button>
        {poll.stopsAt && <TimeLeft until={poll.stopsAt} />}
      </div>
      {poll.myAnswer && <p className="poll__note">{t.polls.sent}</p>}
    </form>
  )
}

function TimeLeft({ until }: { until: string }) {
  const now = useServerNow(1_000)
  const end = Date.parse(until)
  return <span className="poll__note">{end > now ? t.polls.left(elapsed(new Date(now).toISOString(), end)) : t.polls.over}</span>
}
