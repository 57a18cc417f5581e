import { useState } from 'react'
import type { InvitationPartsFragment } from '../graphql/generated/graphql'
import { t } from '../texts'
import { Button } from '../ui/Button'
import { Check } from '../ui/Check'
import { Dialog, useUnsaved } from '../ui/Dialog'
import { Name } from '../ui/Text'
import type { RowResult } from './useInviteAgain'

interface AgainDialogProps {
  people: InvitationPartsFragment[]
  /** Whether somebody is ticked from the beginning. */
  welcome: (person: InvitationPartsFragment) => boolean
  /** How many are invited already, while it works. */
  done: number | null
  onInvite: (people: InvitationPartsFragment[]) => void
  onClose: () => void
}

/** Chooses among the people of the last session. */
export function AgainDialog({ people, welcome, done, onInvite, onClose }: AgainDialogProps) {
  const [chosen, setChosen] = useState(() => new Set(people.filter(welcome).map(({ id }) => id)))
  const unsaved = useUnsaved([...chosen].toSorted())
  const tick = (ids: string[], on: boolean) => setChosen((before) => new Set(on ? [...before, ...ids] : [...before].filter((id) => !ids.includes(id))))
  return (
    <Dialog
      title={t.invitations.again}
      onClose={onClose}
      onSubmit={() => chosen.size > 0 && onInvite(people.filter(({ id }) => chosen.has(id)))}
      unsaved={unsaved}
      fault={null}
      foot={
        <>
          <Button kind="quiet" onClick={onClose}>
            {t.cancel}
          </Button>
          <Button type="submit" kind="primary" busy={done !== null}>
            {done === null ? t.invitations.againCount(chosen.size) : t.invitations.againDone(done)}
          </Button>
        </>
      }
    >
      <Check checked={chosen.size === people.length} label={t.invitations.everybody(people.length)} onChange={(on) => tick(people.map(({ id }) => id), on)} />
      <ul className="stack stack--tight">
        {people.map((person) => (
          <li key={person.id}>
            <Check checked={chosen.has(person.id)} label={person.name} note={`${t.roles[person.role]} · ${person.email}${welcome(person) ? '' : ` · ${person.revokedAt ? t.statuses.REVOKED : t.people.states[person.participant?.state ?? 'LEFT']}`}`} onChange={(on) => tick([person.id], on)} />
          </li>
        ))}
      </ul>
    </Dialog>
  )
}

/** Lists who could not be invited again, each with the reason. */
export function Refused({ rows, onClose }: { rows: RowResult[]; onClose: () => void }) {
  return (
    <Dialog title={t.invitations.refusedTitle(rows.length)} onClose={onClose} foot={<Button onClick={onClose}>{t.done}</Button>}>
      <ul className="stack stack--tight">
        {rows.map((row) => (
          <li key={row.row} className="small">
            <b className="strong">
              <Name>{`${row.firstName} ${row.lastName}`.trim()}</Name>
            </b>{' '}
            · {row.email}
            <br />
            {row.problem?.message}
          </li>
        ))}
      </ul>
    </Dialog>
  )
}
