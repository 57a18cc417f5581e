import type { RoomRole } from '../graphql/generated/graphql'
import { t } from '../texts'
import { type Counts, placesOf, type Where } from './attendance'
import { roles } from './roles'
import './Numbers.css'

interface NumbersProps {
  counts: Counts
  /** Whether the session is open. */
  open: boolean
  where: Where | null
  role: RoomRole | null
  onChoose: (where: Where | null, role: RoomRole | null) => void
}

/** Shows how many people of a crowd are where, by role. Each number shows those people. */
export function Numbers({ counts, open, where, role, onChoose }: NumbersProps) {
  const c = t.numbers
  const all = placesOf(counts)
  const columns = [...roles.map((one) => [one, counts.roles.find((of) => of.role === one)] as const), [null, counts] as const]
  const rows = (Object.keys(all) as Where[]).filter((name) => all[name] > 0 || name === where || (open && name === 'inRoom'))
  return (
    <div className="numbers-frame">
      <table className="numbers">
        <caption className="visually-hidden">{c.caption}</caption>
        <thead>
          <tr>
            <td />
            {roles.map((one) => (
              <th key={one} scope="col">
                {one === 'MODERATOR' ? (
                  <>
                    {c.hosts}
                    <span className="numbers__long">{c.andModerators}</span>
                  </>
                ) : (
                  t.people.ofRole[one]
                )}
              </th>
            ))}
            <th scope="col">{c.all}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((name) => {
            const place = name === 'lobby' && !open ? t.people.beforeStart : t.people.where[name]
            return (
              <tr key={name} className={name === 'waiting' ? 'is-wait' : undefined}>
                <th scope="row">{place}</th>
                {columns.map(([of, counted]) => {
                  const count = counted ? placesOf(counted)[name] : 0
                  const pressed = name === where && of === role
                  return (
                    <td key={of ?? 'all'}>
                      {count > 0 || pressed ? (
                        <button
                          type="button"
                          aria-pressed={pressed}
                          aria-label={c.show(count, of ? c.who[of](count) : c.who.all(count), place)}
                          onClick={() => (pressed ? onChoose(null, null) : onChoose(name, of))}
                        >
                          {c.number(count)}
                        </button>
                      ) : (
                        <span className="numbers__none">0</span>
                      )}
                    </td>
                  )
                })}
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}
