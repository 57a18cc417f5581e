import type { InvitePreviewQuery, RoomRole } from '../graphql/generated/graphql'
import { t } from '../texts'

type Preview = Extract<InvitePreviewQuery['invitePreview'], { __typename: 'InvitePreviewSuccess' }>

/** A row of the list, as the server checked it, with what the manager decided. */
export type Row = Preview['rows'][number] & {
  ticked: boolean
  /** The manager has edited or ticked it, so what was doubtful is settled. */
  settled: boolean
  /** Why the person should not be invited by itself, such as that they were revoked before. */
  unwelcome?: string
}

export type List = Omit<Preview, 'rows' | '__typename'> & { rows: Row[] }

export type Group = 'fix' | 'ready' | 'guessed' | 'out'

/** Reports whether a row can be ticked. */
export const mayInvite = ({ outcome }: Pick<Row, 'outcome'>) => outcome === 'READY' || outcome === 'GONE'

export function groupOf(row: Row): Group {
  if (row.outcome === 'REFUSED' || (row.doubt && !row.settled && mayInvite(row))) return 'fix'
  if (!mayInvite(row) || !row.ticked) return 'out'
  return row.names === 'GUESSED' ? 'guessed' : 'ready'
}

/** Returns the rows of an answer. What was ticked stays so; what was mended is ticked. */
export function rowsOf(preview: Preview, before: Row[] = [], unwelcome: (string | undefined)[] = []): List {
  const rows = preview.rows.map((row, at): Row => {
    const old = before[at]
    const settled = old?.settled ?? false
    const next: Row = { ...row, line: old ? old.line : row.line, doubt: old ? old.doubt : row.doubt, ticked: false, settled, unwelcome: old ? old.unwelcome : unwelcome[at] }
    if (old && old.names === 'GUESSED' && row.names === 'LIST' && !settled) next.names = 'GUESSED'
    const was = old && mayInvite(old) ? old.ticked : row.outcome === 'READY' && !next.unwelcome
    next.ticked = mayInvite(row) && was && (!next.doubt || settled)
    return next
  })
  return { ...preview, rows }
}

/** Returns the positions of the rows in the order of the table: what needs a look first, then the others as they came. */
export function order(rows: Row[]): number[] {
  const rank: Record<Group, number> = { fix: 0, guessed: 1, ready: 2, out: 3 }
  return rows.map((_, at) => at).toSorted((a, b) => rank[groupOf(rows[a] as Row)] - rank[groupOf(rows[b] as Row)] || a - b)
}

/** Returns a row as the API takes it. */
export const inputOf = ({ email, firstName, lastName, oneName, role }: { email: string; firstName: string; lastName: string; oneName?: boolean; role?: RoomRole | null }) => ({
  email: email.slice(0, 500),
  firstName: firstName.slice(0, 200),
  lastName: lastName.slice(0, 200),
  oneName: oneName ?? lastName.trim() === '',
  role,
})

export interface StateText {
  text: string
  tone?: 'well' | 'wait' | 'danger'
  icon: 'check' | 'alert' | 'unlink' | 'x' | 'eye'
}

/** Returns the state of a row in words. */
export function stateOf(row: Row): StateText {
  const s = t.severalPeople.states
  switch (row.outcome) {
    case 'REFUSED':
      return { text: row.problem?.message ?? '', tone: 'danger', icon: 'alert' }
    case 'DUPLICATE':
      return { text: s.same((row.same ?? 0) + 1), icon: 'x' }
    case 'STANDING':
      return { text: s.standing(t.roles[row.invitation?.role ?? 'VIEWER']), icon: 'check' }
    case 'GONE':
      return { text: row.invitation?.revokedAt ? s.revoked : s.expired, tone: 'wait', icon: 'unlink' }
    default:
      if (row.doubt && !row.settled) return { text: s.look(row.doubt), tone: 'wait', icon: 'eye' }
      if (row.unwelcome) return { text: row.unwelcome, tone: 'wait', icon: 'eye' }
      if (row.names === 'GUESSED') return { text: s.guessed, tone: 'wait', icon: 'eye' }
      return { text: row.names === 'ACCOUNT' ? s.account : s.ready, tone: 'well', icon: 'check' }
  }
}

/** Returns how many will be invited, and what else there is, as a sentence. */
export function summaryOf(rows: Row[]): string {
  return t.severalPeople.summary(rows.filter((row) => row.ticked).length, rows.filter((row) => row.outcome === 'STANDING').length, rows.filter((row) => groupOf(row) === 'fix').length)
}
