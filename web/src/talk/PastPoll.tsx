import type { PollPartsFragment } from '../graphql/generated/graphql'
import { t } from '../texts'
import { Bars, Counts } from './PollResults'
import type { Words } from './usePollAnswers'
import './Polls.css'

/** What came of a poll, for the managers of its room, also when its session is over. */
export function PastPoll({ poll }: { poll: PollPartsFragment & { words?: Words | null } }) {
  const { kind, words } = poll
  const counted = kind === 'TEXT' || words || poll.options.some(({ answers }) => typeof answers === 'number')
  return (
    <article className="poll">
      <h3 className="poll__title" dir="auto">{poll.title}</h3>
      <p className="poll__note">{t.polls.answered(poll.answers, poll.turnout ?? null)}</p>
      {!counted && <p className="poll__note">{t.polls.tooFew}</p>}
      {counted && kind === 'TEXT' && poll.answers > 0 && <p className="poll__note">{t.polls.textsInExport}</p>}
      {words && words.length > 0 && <Bars of={poll.answers} rows={words.map(({ id, word, answers, hidden }) => ({ id, text: word, answers, hidden }))} />}
      {counted && poll.options.length > 0 && <Counts poll={poll} />}
    </article>
  )
}
