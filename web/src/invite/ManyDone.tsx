import { t } from '../texts'
import { Button } from '../ui/Button'
import { CopyButton } from '../ui/Copy'
import { Dialog } from '../ui/Dialog'
import { Icon } from '../ui/Icon'
import { Name } from '../ui/Text'
import { csv, linkRows, linkText, save } from './csv'
import { type Row, stateOf } from './rows'
import type { RowResult } from './useInviteMany'

interface ManyDoneProps {
  rows: RowResult[]
  /** The rows that were not ticked. */
  left: Row[]
  title: string
  onMore: () => void
  onClose: () => void
}

/** Shows what became of everybody, and gives out the links. */
export function ManyDone({ rows, left, title, onMore, onClose }: ManyDoneProps) {
  const invited = rows.filter(({ outcome }) => outcome === 'INVITED').length
  const emailed = rows.flatMap(({ outcome, invitation }) => (outcome === 'INVITED' && invitation?.mails?.length ? [invitation] : []))
  const dropped = emailed.filter(({ mails }) => mails?.[0]?.state === 'DROPPED').length
  const links = rows.flatMap(({ outcome, invitation }) => (invitation?.link && outcome !== 'DUPLICATE' ? [invitation] : []))
  const refused = [
    ...rows.filter(({ outcome }) => outcome === 'REFUSED').map((row) => ({ key: `r${row.row}-${row.email}`, name: `${row.firstName} ${row.lastName}`.trim(), email: row.email, why: row.problem?.message ?? '' })),
    ...left.filter(({ outcome }) => outcome === 'REFUSED').map((row) => ({ key: `l${row.row}`, name: `${row.firstName} ${row.lastName}`.trim(), email: row.email, why: stateOf(row).text })),
  ]
  return (
    <Dialog
      wide
      title={t.severalPeople.done(invited)}
      subtitle={title}
      onClose={onClose}
      foot={
        <>
          <Button icon="user-plus" onClick={onMore}>
            {t.severalPeople.more}
          </Button>
          <Button kind="quiet" onClick={onClose}>
            {t.done}
          </Button>
        </>
      }
    >
      {emailed.length > 0 && (
        <p role="status">
          {t.mail.manyOnTheirWay(emailed.length - dropped)}
          {dropped > 0 && `. ${t.mail.manyNotSent(dropped)}`}
        </p>
      )}
      {links.length > 0 && (
        <div className="stack stack--tight">
          <ul className="facts small">
            <li>
              <Icon name="lock" />
              <span>{t.severalPeople.personal}</span>
            </li>
          </ul>
          <div className="cluster">
            <CopyButton kind="primary" text={linkText(links)} words={t.severalPeople.copyAll} autoFocus />
            <Button onClick={() => save(t.severalPeople.fileName, csv(linkRows(links)))}>{t.severalPeople.download}</Button>
          </div>
        </div>
      )}
      {refused.length > 0 && (
        <section className="stack stack--tight">
          <h3>{t.severalPeople.refused(refused.length)}</h3>
          <ul className="stack stack--tight">
            {refused.map(({ key, name, email, why }) => (
              <li key={key} className="small wrap">
                {name && (
                  <b className="strong">
                    <Name>{name}</Name>{' '}
                  </b>
                )}
                {email}
                <br />
                <span className="soft">{why}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
    </Dialog>
  )
}
