import { type ReactNode, useRef, useState } from 'react'
import { AnswerPollDocument } from '../graphql/generated/graphql'
import { useServerNow } from '../graphql/clock'
import { useRun } from '../graphql/useRun'
import { t } from '../texts'
import { useVoice } from '../ui/Announcer'
import { Button } from '../ui/Button'
import { Field, tooLong } from '../ui/Field'
import { elapsed } from '../ui/time'
import type { Poll } from './usePolls'

/** What somebody chose or wrote and has not sent. The stage and the panel show the same. */
export interface Typed {
  id: string
  chosen: readonly string[]
  texts: readonly string[]
}

interface PollAnswerProps {
  poll: Poll
  typed: Typed | null
  onType: (typed: Typed | null) => void
  onAnswered: (poll: Poll) => void
}

const textLimit = 200
const wordLimit = 30

/** The form to answer a poll that runs. An answer can be changed, or taken back, until the poll stops. */
export function PollAnswer({ poll, typed, onType, onAnswered }: PollAnswerProps) {
  const { say } = useVoice()
  const [fault, setFault] = useState<string | null>(null)
  const [answer, busy] = useRun(AnswerPollDocument)
  const form = useRef<HTMLFormElement>(null)
  const { chosen, texts } = typed?.id === poll.id ? typed : { chosen: poll.myAnswer?.choices ?? [], texts: poll.myAnswer?.texts ?? [] }
  const writes = poll.kind === 'TEXT' || poll.kind === 'WORDS'
  const limit = poll.kind === 'TEXT' ? textLimit : wordLimit
  const several = !writes && poll.maxChoices > 1
  const type = (to: Partial<Typed>) => {
    setFault(null)
    onType({ id: poll.id, chosen, texts, ...to })
  }
  const write = (at: number, text: string) => type({ texts: Array.from({ length: Math.max(texts.length, at + 1) }, (_, n) => (n === at ? text : (texts[n] ?? ''))) })
  const choose = (id: string, on: boolean) => type({ chosen: several ? [...chosen.filter((one) => one !== id), ...(on ? [id] : [])] : [id] })
  async function send(input: { choices?: string[]; texts?: string[] }) {
    const outcome = await answer({ input: { interactionId: poll.id, ...input } })
    if (!('answer' in outcome)) return setFault('problem' in outcome ? outcome.problem.message : outcome.fault)
    setFault(null)
    onType(null)
    const { interaction } = outcome.answer
    say(interaction.myAnswer ? t.polls.sent : t.polls.takenBack)
    if (!interaction.myAnswer) form.current?.querySelector<HTMLElement>('input, textarea')?.focus() // the button is gone
    onAnswered(interaction)
  }
  function submit() {
    const full = texts.map((text) => text.trim()).filter(Boolean)
    if (busy || full.some((text) => writes && tooLong({ text, limit }))) return
    if (writes ? full.length === 0 : chosen.length === 0) return setFault(writes ? t.polls.writeFirst : t.polls.chooseFirst)
    void send(writes ? { texts: full } : { choices: [...chosen] })
  }
  return (
    <form
      ref={form}
      className="poll__form"
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      <fieldset className="poll__fields">
        <legend className="poll__note">{poll.named ? t.polls.named : t.polls.anonymous}</legend>
        {several && <p className="poll__note">{t.polls.upTo(poll.maxChoices)} {chosen.length > 0 && t.polls.chosen(chosen.length, poll.maxChoices)}</p>}
        {poll.kind === 'TEXT' && (
          <Field label={t.polls.text} limited={{ text: texts[0] ?? '', limit }}>
            {(control) => <textarea {...control} className="input textarea" rows={3} dir="auto" value={texts[0] ?? ''} onChange={(event) => write(0, event.target.value.replaceAll('\n', ' '))} />}
          </Field>
        )}
        {poll.kind === 'WORDS' && poll.maxChoices > 1 && <p className="poll__note">{t.polls.wordsNote(poll.maxChoices)}</p>}
        {poll.kind === 'WORDS' &&
          Array.from({ length: poll.maxChoices }, (_, at) => (
            <Field key={at} label={t.polls.word(at + 1, poll.maxChoices)} limited={{ text: texts[at] ?? '', limit }}>
              {(control) => <input {...control} className="input" dir="auto" value={texts[at] ?? ''} onChange={(event) => write(at, event.target.value)} />}
            </Field>
          ))}
        {!writes && (
          <Choices poll={poll}>
            {poll.options.map((option) => (
              <label key={option.id} className="choice">
                <input
                  type={several ? 'checkbox' : 'radio'}
                  name={poll.id}
                  checked={chosen.includes(option.id)}
                  disabled={several && chosen.length >= poll.maxChoices && !chosen.includes(option.id)}
                  onChange={(event) => choose(option.id, event.target.checked)}
                />
                <span dir="auto">{option.text}</span>
              </label>
            ))}
          </Choices>
        )}
      </fieldset>
      {fault && <p className="field__error" role="alert">{fault}</p>}
      <div className="poll__actions">
        <Button type="submit" kind="primary" size="small" busy={busy}>{poll.myAnswer ? t.polls.change : t.polls.send}</Button>
        {poll.myAnswer && <Button kind="quiet" size="small" onClick={() => busy || void send({})}>{t.polls.takeBack}</Button>}
      </div>
      {poll.myAnswer && <p className="poll__note">{t.polls.sent}</p>}
    </form>
  )
}

/** The options, or the steps of a rating with what its ends mean. */
function Choices({ poll, children }: { poll: Poll; children: ReactNode }) {
  if (poll.kind !== 'RATING') return <div className="choices">{children}</div>
  return (
    <>
      <div className="choices choices--steps">{children}</div>
      <Ends poll={poll} />
    </>
  )
}

/** What both ends of a rating mean. */
export function Ends({ poll }: { poll: Pick<Poll, 'lowest' | 'highest' | 'options'> }) {
  return (
    <div className="poll__ends">
      <span dir="auto">{t.polls.end(1, poll.lowest ?? '')}</span>
      <span dir="auto">{t.polls.end(poll.options.length, poll.highest ?? '')}</span>
    </div>
  )
}

/** How long a poll still runs, by the server's clock. */
export function TimeLeft({ poll }: { poll: Poll }) {
  const now = useServerNow(1_000)
  if (!poll.stopsAt || poll.state !== 'OPEN') return null
  const end = Date.parse(poll.stopsAt)
  return <span className="poll__left">{end > now ? t.polls.left(elapsed(new Date(now).toISOString(), end)) : t.polls.over}</span>
}
