import { useState } from 'react'
import { AttendanceDocument, type AttendanceQuery } from '../graphql/generated/graphql'
import { unexpected } from '../graphql/problem'
import { usePages } from '../graphql/usePages'
import { Avatar } from '../people/Avatar'
import { t } from '../texts'
import { Badge } from '../ui/Badge'
import { Search } from '../ui/Field'
import { More } from '../ui/More'
import { SkeletonRows } from '../ui/Skeleton'
import { searchable } from '../ui/searchable'
import { Clip } from '../ui/Text'
import { clock, exact, span } from '../ui/time'
import { useDebounced } from '../ui/useDebounced'

type Attendee = NonNullable<NonNullable<AttendanceQuery['room']>['attendance']>['edges'][number]['node']

/** Lists who had a place in a session, and from when to when they were in the room. */
export function Attendance({ roomId, sessionId }: { roomId: string; sessionId: string }) {
  const [typed, setTyped] = useState('')
  const search = useDebounced(searchable(typed), 200)
  const list = usePages(AttendanceDocument, { roomId, sessionId, search: search || null }, (data) => data.room?.attendance)
  return (
    <section className="attendance" aria-labelledby="title-attendance">
      <h3 id="title-attendance" className="cluster">
        {t.summary.people}
        {list.nodes && <Badge count>{t.numbers.number(list.total)}</Badge>}
      </h3>
      {(typed !== '' || list.total > 0) && <Search label={t.summary.search} value={typed} onChange={(event) => setTyped(event.target.value)} />}
      {list.error && !list.nodes && <p className="field__error">{unexpected(list.error)}</p>}
      {!list.nodes && !list.error && <SkeletonRows label={t.summary.loading} avatar />}
      {list.nodes?.length === 0 && <p className="small soft">{typed ? t.people.noneFound : t.summary.nobody}</p>}
      <ul>
        {list.nodes?.map((one) => (
          <Row key={one.participant.id} of={one} />
        ))}
        {list.hasMore && <More key={list.mark} onNear={list.more} />}
      </ul>
    </section>
  )
}

function Row({ of: { participant, enteredAt, leftAt, stays, seconds } }: { of: Attendee }) {
  const { displayName, role, managerRole, user, invitation } = participant
  const email = user?.email ?? invitation?.email
  return (
    <li className="row">
      <Avatar name={displayName} />
      <div className="row__main">
        <Clip className="row__name">{displayName}</Clip>
        <span className="small soft clip" title={email ?? undefined}>
          {email ?? (managerRole ? t.managerRoles[managerRole] : t.roles[role])}
        </span>
      </div>
      <div className="attendance__times">
        {enteredAt ? (
          <>
            <span title={exact(enteredAt)}>{leftAt ? t.summary.fromTo(clock(enteredAt), clock(leftAt)) : t.summary.since(clock(enteredAt))}</span>
            <span className="small soft">{t.summary.inAll(span(seconds * 1000), stays)}</span>
          </>
        ) : (
          <span className="small soft">{t.summary.never}</span>
        )}
      </div>
    </li>
  )
}
