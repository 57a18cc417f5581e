import { useState } from 'react'
import { t } from '../texts'
import { Button } from '../ui/Button'
import { useRoving } from '../ui/useRoving'
import type { Listed } from './attendance'
import { PersonRow } from './PersonRow'
import './queue.css'

interface LooksProps {
  people: Listed[]
  /** How many there are, with those who were not read. */
  count: number
  /** Reads more of them, if there are more. */
  onMore?: () => void
  meId: string | undefined
}

const few = 5

/** Lists the people of a crowd whom a host should look at: whose role has not arrived, and who should be there and is not. */
export function Looks({ people, count, onMore, meId }: LooksProps) {
  const [shown, setShown] = useState(few)
  const list = useRoving<HTMLUListElement>()
  const rows = people.slice(0, shown)
  const showMore = () => {
    setShown(shown + 20)
    if (people.length < shown + 20) onMore?.()
  }
  if (rows.length === 0) return null
  return (
    <div className="looks">
      <h3 className="group-title">{t.people.looks(count)}</h3>
      <ul aria-label={t.people.looksLabel} ref={list}>
        {rows.map((person) => (
          <PersonRow key={person.id} person={person} me={person.id === meId} changed={false} marked={false} look />
        ))}
      </ul>
      {count > rows.length && (
        <div className="queue-more">
          <Button kind="text" size="small" onClick={showMore}>
            {t.people.moreLooks(count - rows.length)}
          </Button>
        </div>
      )}
    </div>
  )
}
