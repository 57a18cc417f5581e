import { useEffect, useState } from 'react'
import type { TallySubscription } from '../graphql/generated/graphql'
import { t } from '../texts'
import { Sign } from './Sign'
import { signs } from './Reactions'
import './gesture.css'

// A count is shown for so long after the last reaction, whenever the server says that it is over.
const shownFor = 4_000

/** The reactions of everyone, as counts in a corner of the stage. They are never spoken. */
export default function Reacted({ reactions }: { reactions: TallySubscription['tally']['reactions'] }) {
  const key = reactions.map(({ reaction, count }) => `${reaction} ${count}`).join()
  const [over, setOver] = useState('')
  useEffect(() => {
    const timer = setTimeout(() => setOver(key), shownFor)
    return () => clearTimeout(timer)
  }, [key])
  if (!key || over === key) return null
  return (
    <ul className="reacted" aria-label={t.gesture.reacted}>
      {reactions.map(({ reaction, count }) => (
        <li className="reacted__chip" key={reaction}>
          <Sign name={signs[reaction]} />
          <span className="visually-hidden">{t.gesture.reactions[reaction]}: </span>
          {t.numbers.number(count)}
        </li>
      ))}
    </ul>
  )
}
