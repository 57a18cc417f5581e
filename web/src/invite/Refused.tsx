import { t } from '../texts'
import { Button } from '../ui/Button'
import { Dialog } from '../ui/Dialog'
import { Name } from '../ui/Text'
import type { RowResult } from './useInviteMany'

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
