import { type ReactNode, useId, useState } from 'react'
import { roles } from '../people/roles'
import type { RoomRole } from '../graphql/generated/graphql'
import { t } from '../texts'
import { Status } from '../ui/Badge'
import { Banner } from '../ui/Banner'
import { Button } from '../ui/Button'
import { Meant } from './Meant'
import { type Group, groupOf, type List, mayInvite, order, type Row, stateOf, summaryOf } from './rows'

interface ManyCheckProps {
  list: List
  /** Asks whether to email the links, where the site sends emails. */
  sending: ReactNode
  busy: boolean
  /** The rows have other ticks. */
  onTick: (rows: Row[]) => void
  /** The rows have other values, which the server checks. */
  onEdit: (rows: Row[]) => void
}

const pageSize = 100
const groups: Group[] = ['fix', 'guessed', 'ready', 'out']

/** Shows the list as it was read, to be checked and mended in place. */
export function ManyCheck({ list, sending, busy, onTick, onEdit }: ManyCheckProps) {
  const { rows, more, skippedColumns, linesBefore, windows1252 } = list
  const [places] = useState(() => order(rows)) // a row that is mended keeps its place
  const [group, setGroup] = useState<Group | null>(null)
  const [start, setStart] = useState(0)
  const [shown, setShown] = useState<number[] | null>(null)
  const all = shown ?? places
  const page = all.slice(start, start + pageSize)
  const count = (of: Group) => rows.filter((row) => groupOf(row) === of).length
  const choose = (next: Group | null) => {
    setGroup(next)
    setStart(0)
    setShown(next && places.filter((at) => groupOf(rows[at] as Row) === next))
  }
  const change = (at: number, values: Partial<Row>) => rows.map((row, other) => (other === at ? { ...row, ...values } : row))
  const notes = [
    more > 0 && t.severalPeople.notes.more(more),
    windows1252 && t.severalPeople.notes.encoding,
    linesBefore > 0 && t.severalPeople.notes.lines(linesBefore),
    skippedColumns.length > 0 && t.severalPeople.notes.columns(skippedColumns.join(', ')),
  ].filter((note) => note !== false)
  return (
    <div className="stack" aria-busy={busy || undefined}>
      <div>
        <p className="strong">{summaryOf(rows)}</p>
        {sending ?? <p className="small soft">{t.severalPeople.sendNothing}</p>}
      </div>
      {notes.length > 0 && (
        <Banner icon="alert" tone={more > 0 || windows1252 ? 'wait' : undefined}>
          {notes.map((note) => (
            <div key={note}>{note}</div>
          ))}
        </Banner>
      )}
      <div className="segments" role="group" aria-label={t.severalPeople.filter}>
        <Segment pressed={group === null} words={t.severalPeople.filters.all} count={rows.length} onClick={() => choose(null)} />
        {groups.filter((one) => count(one) > 0 || one === group).map((one) => (
          <Segment key={one} pressed={group === one} words={t.severalPeople.filters[one]} count={count(one)} onClick={() => choose(one)} />
        ))}
      </div>
      <table className="many" aria-label={t.severalPeople.table}>
        <thead>
          <tr>
            {Object.entries(t.severalPeople.columns).map(([name, words]) => (
              <th key={name} scope="col">
                {name === 'invite' ? <span className="visually-hidden">{words}</span> : words}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {page.map((at) => (
            <CheckRow key={at} row={rows[at] as Row} onTick={(ticked) => onTick(change(at, { ticked, settled: true }))} onEdit={(values) => onEdit(change(at, { ...values, settled: true, ticked: true }))} />
          ))}
        </tbody>
      </table>
      {all.length > pageSize && (
        <div className="spread">
          <span className="small soft" role="status">{t.severalPeople.page(start + 1, Math.min(start + pageSize, all.length), all.length)}</span>
          <span className="cluster">
            {start > 0 && <Button size="small" onClick={() => setStart(start - pageSize)}>{t.severalPeople.previous}</Button>}
            {start + pageSize < all.length && <Button size="small" onClick={() => setStart(start + pageSize)}>{t.severalPeople.next}</Button>}
          </span>
        </div>
      )}
    </div>
  )
}

function Segment({ pressed, words, count, onClick }: { pressed: boolean; words: string; count: number; onClick: () => void }) {
  return (
    <button type="button" className="segment" aria-pressed={pressed} onClick={onClick}>
      {words} <span className="segment__count">{t.numbers.number(count)}</span>
    </button>
  )
}

interface CheckRowProps {
  row: Row
  onTick: (ticked: boolean) => void
  onEdit: (values: Partial<Row>) => void
}

function CheckRow({ row, onTick, onEdit }: CheckRowProps) {
  const id = useId()
  const { text, tone, icon } = stateOf(row)
  const words = t.severalPeople
  const fixed = row.outcome === 'STANDING'
  const wrong = row.outcome === 'REFUSED' ? (row.problem?.field ?? 'email') : null
  const cell = (name: 'email' | 'firstName' | 'lastName', label: string) => (
    <td data-label={label}>
      {fixed || (name !== 'email' && row.names === 'ACCOUNT') ? (
        <bdi className="wrap">{row[name]}</bdi>
      ) : (
        <Editable
          key={row[name]}
          value={row[name]}
          label={words.of(label, row.row + 1)}
          guessed={name !== 'email' && row.names === 'GUESSED'}
          invalid={wrong === name}
          note={`${id}-state`}
          onCommit={(value) => onEdit(name === 'email' ? { email: value } : { [name]: value, names: 'LIST', oneName: name === 'lastName' ? value.trim() === '' : row.lastName.trim() === '' })}
        />
      )}
    </td>
  )
  return (
    <tr data-group={groupOf(row)}>
      <td data-label={t.severalPeople.number(row.row + 1)} className="many__first">
        <span className="small soft digits" aria-hidden="true">
          {row.row + 1}
        </span>
        {mayInvite(row) && <input type="checkbox" className="many__tick" checked={row.ticked} aria-label={words.inviteOf(`${row.firstName} ${row.lastName}`.trim() || row.email)} onChange={(event) => onTick(event.target.checked)} />}
      </td>
      {cell('email', words.columns.email)}
      {cell('firstName', words.columns.first)}
      {cell('lastName', words.columns.last)}
      <td data-label={words.columns.role}>
        {fixed ? (
          t.roles[row.invitation?.role ?? 'VIEWER']
        ) : (
          <select className="input many__cell" aria-label={words.of(words.columns.role, row.row + 1)} value={row.role ?? ''} onChange={(event) => onEdit({ role: event.target.value as RoomRole, ticked: row.ticked, settled: row.settled })}>
            {roles.map((role) => (
              <option key={role} value={role}>
                {t.roles[role]}
              </option>
            ))}
          </select>
        )}
      </td>
      <td data-label={words.columns.state} id={`${id}-state`}>
        <Status tone={tone} icon={icon}>
          {text}
        </Status>
        {row.suggestion && !fixed && <Meant address={row.suggestion} onChoose={(email) => onEdit({ email })} />}
      </td>
    </tr>
  )
}

interface EditableProps {
  value: string
  label: string
  guessed: boolean
  invalid: boolean
  note: string
  onCommit: (value: string) => void
}

/** A cell that is a field. Enter or leaving it has the list checked, Escape brings back what was there. */
function Editable({ value, label, guessed, invalid, note, onCommit }: EditableProps) {
  const [draft, setDraft] = useState(value)
  const commit = () => draft !== value && onCommit(draft)
  return (
    <input
      className={`input many__cell${guessed ? ' many__cell--guessed' : ''}`}
      aria-label={label}
      aria-invalid={invalid || undefined}
      aria-describedby={note}
      autoComplete="off"
      spellCheck={false}
      dir="auto"
      maxLength={500}
      value={draft}
      onChange={(event) => setDraft(event.target.value)}
      onBlur={commit}
      onKeyDown={(event) => {
        if (event.key === 'Enter') {
          event.preventDefault() // Enter in a cell invites nobody
          commit()
        } else if (event.key === 'Escape' && draft !== value) {
          event.stopPropagation()
          setDraft(value)
        }
      }}
    />
  )
}
