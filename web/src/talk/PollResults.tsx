import { useEffect, useState } from 'react'
import { useQuery } from 'urql'
import { PollResultsDocument } from '../graphql/generated/graphql'
import { t } from '../texts'
import { Icon } from '../ui/Icon'
import type { Poll } from './usePolls'

/** The results of a poll: a table whose rows have bars, or what people wrote. */
export function PollResults({ poll }: { poll: Poll }) {
  if (poll.kind === 'TEXT' || poll.kind === 'WORDS') return <Written poll={poll} />
  return <Bars caption={t.polls.results} rows={poll.options.map(({ id, text, answers, correct }) => ({ id, text, answers: answers ?? 0, correct: correct ?? false }))} of={poll.answers} />
}

interface Row {
  id: string
  text: string
  answers: number
  correct?: boolean
}

function Bars({ caption, rows, of }: { caption: string; rows: Row[]; of: number }) {
  return (
    <table className="poll__results">
      <caption className="visually-hidden">{caption}</caption>
      <tbody>
        {rows.map(({ id, text, answers, correct }) => {
          const share = of > 0 ? answers / of : 0
          return (
            <tr key={id}>
              <th scope="row" dir="auto">
                {text}
                {correct && <span className="poll__correct"><Icon name="check" /> {t.polls.correct}</span>}
                <span className="poll__bar" aria-hidden="true"><span style={{ inlineSize: `${share * 100}%` }} /></span>
              </th>
              <td>{t.polls.share100(answers, share)}</td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}

function Written({ poll }: { poll: Poll }) {
  const [{ data }, read] = useQuery({ query: PollResultsDocument, variables: { id: poll.id }, requestPolicy: 'network-only' })
  // Nothing reports the texts of others, so they are read again, at most once a second while people write.
  const version = `${poll.answers} ${poll.resultsShared} ${poll.state}`
  const [shown, setShown] = useState(version)
  useEffect(() => {
    if (version === shown) return
    const soon = setTimeout(() => {
      setShown(version)
      read({ requestPolicy: 'network-only' })
    }, 1_000)
    return () => clearTimeout(soon)
  }, [version, shown, read])
  const node = data?.node?.__typename === 'Interaction' ? data.node : null
  if (poll.kind === 'WORDS') return node?.words?.length ? <Bars caption={t.polls.results} rows={node.words.map(({ id, word, answers }) => ({ id, text: word, answers }))} of={poll.answers} /> : null
  const texts = node?.allAnswers?.nodes ?? []
  return texts.length > 0 ? <ul className="poll__texts">{texts.map(({ id, texts }) => <li key={id} dir="auto">{texts[0]}</li>)}</ul> : null
}
