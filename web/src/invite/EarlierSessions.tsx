import { useCallback, useEffect, useMemo, useState } from 'react'
import { type OperationResult, useClient, useQuery } from 'urql'
import { askFresh } from '../graphql/fresh'
import { type InvitationPartsFragment, InvitationsDocument, type InvitationsQuery } from '../graphql/generated/graphql'
import { usePages } from '../graphql/usePages'
import { t } from '../texts'
import { useVoice } from '../ui/Announcer'
import { Button } from '../ui/Button'
import { Icon } from '../ui/Icon'
import { More } from '../ui/More'
import { useRoving } from '../ui/useRoving'
import { AgainDialog, Refused } from './AgainDialog'
import { InvitationRow } from './InvitationRow'
import type { InvitationActions } from './useInvitationActions'
import { type RowResult, useInviteAgain } from './useInviteAgain'

interface EarlierSessionsProps {
  roomId: string
  /** The current session. */
  sessionId: string
  /** How many are invited to it. */
  current: number
  epoch: number
  mayInvite: boolean
  actions: InvitationActions
}

/** Reports whether an invitation is of an erased person, who has no address any more. */
const isErased = ({ email }: InvitationPartsFragment) => email.startsWith('erased:')

/** Reports whether somebody would be asked to come again: their invitation was not revoked, and they were not put out. */
const welcome = ({ revokedAt, participant }: InvitationPartsFragment) => !revokedAt && participant?.state !== 'BLOCKED' && participant?.state !== 'REMOVED'

/** Folds the invitations to earlier sessions, and offers to invite their people to the current one. */
export function EarlierSessions({ roomId, sessionId, current, epoch, mayInvite, actions }: EarlierSessionsProps) {
  const client = useClient()
  const { toast } = useVoice()
  const list = usePages(InvitationsDocument, { roomId, sessionId: null, first: 50, status: null, search: null }, (data) => data.room?.invitations)
  const { refresh } = list
  useEffect(() => {
    if (epoch > 0) refresh()
  }, [epoch, refresh])
  const [unfolded, setUnfolded] = useState(false)
  const rows = useRoving<HTMLUListElement>()
  const [opened, setOpened] = useState<string | null>(null)
  const open = useCallback((id: string) => setOpened((before) => (before === id ? null : id)), [])
  const [choosing, setChoosing] = useState<InvitationPartsFragment[] | null>(null)
  const [refused, setRefused] = useState<RowResult[]>([])
  const [again, done] = useInviteAgain(roomId)
  const earlier = useMemo(() => (list.nodes ?? []).filter((invitation) => invitation.session.id !== sessionId), [list.nodes, sessionId])
  const count = list.total - current
  const last = earlier[0]?.session.id
  const asks = mayInvite && current === 0
  const [{ data: lastTime }] = useQuery({ query: InvitationsDocument, variables: { roomId, sessionId: last, first: 1 }, pause: !asks || !last })

  /** Reads everybody who was invited to the last session. */
  async function everybody(): Promise<InvitationPartsFragment[] | null> {
    const people: InvitationPartsFragment[] = []
    for (let after: string | null = null; ; ) {
      const result: OperationResult<InvitationsQuery> = await askFresh(client, InvitationsDocument, { roomId, sessionId: last, first: 100, after })
      const page = result.data?.room?.invitations
      if (!page) return null
      people.push(...page.edges.map((edge) => edge.node).filter((one) => !isErased(one) && people.every(({ id }) => id !== one.id)))
      after = page.pageInfo.endCursor ?? null
      if (!page.pageInfo.hasNextPage || !after) return people
    }
  }

  async function invite(people: InvitationPartsFragment[]) {
    const { rows, stopped } = await again(people)
    const of = (outcome: RowResult['outcome']) => rows.filter((row) => row.outcome === outcome)
    setChoosing(null)
    setRefused(of('REFUSED'))
    toast(stopped ? { text: t.invitations.stopped(of('INVITED').length, stopped), failed: true } : { text: t.invitations.invitedAgain(of('INVITED').length, of('STANDING').length) })
  }

  const all = async (then: (people: InvitationPartsFragment[]) => void) => {
    const people = await everybody()
    if (people) then(people)
    else toast({ text: t.invitations.notRead, failed: true })
  }

  if (count <= 0 || !last) return null
  return (
    <div className="earlier">
      {asks && (
        <div className="earlier__ask">
          <p>{lastTime?.room?.invitations && t.invitations.lastTime(lastTime.room.invitations.totalCount)}</p>
          <div className="cluster">
            <Button size="small" busy={done !== null} onClick={() => void all((people) => void invite(people.filter(welcome)))}>
              {done === null ? t.invitations.againAll : t.invitations.againDone(done)}
            </Button>
            <Button size="small" onClick={() => void all(setChoosing)}>
              {t.invitations.againChoose}
            </Button>
          </div>
        </div>
      )}
      <button type="button" className="earlier__fold" aria-expanded={unfolded} onClick={() => setUnfolded(!unfolded)}>
        <Icon name="down" />
        {t.invitations.earlier(count)}
      </button>
      {unfolded && (
        <ul ref={rows}>
          {earlier.map((invitation) => (
            <InvitationRow
              key={invitation.id}
              invitation={invitation}
              opened={opened === invitation.id}
              marked={false}
              newest={undefined}
              onOpen={open}
              actions={actions}
              onAgain={mayInvite && !isErased(invitation) ? (one) => void invite([one]) : undefined}
            />
          ))}
          {list.hasMore && <More key={list.mark} onNear={list.more} />}
        </ul>
      )}
      {choosing && <AgainDialog people={choosing} welcome={welcome} done={done} onInvite={(people) => void invite(people)} onClose={() => setChoosing(null)} />}
      {refused.length > 0 && <Refused rows={refused} onClose={() => setRefused([])} />}
    </div>
  )
}
