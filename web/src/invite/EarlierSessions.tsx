import { useCallback, useEffect, useMemo, useState } from 'react'
import { useQuery } from 'urql'
import { type InvitationPartsFragment, InvitationsDocument } from '../graphql/generated/graphql'
import { usePages } from '../graphql/usePages'
import { t } from '../texts'
import { useVoice } from '../ui/Announcer'
import { Button } from '../ui/Button'
import { Icon } from '../ui/Icon'
import { More } from '../ui/More'
import { useRoving } from '../ui/useRoving'
import { InvitationRow } from './InvitationRow'
import type { InvitationActions } from './useInvitationActions'
import { Refused } from './Refused'
import { inputOf } from './rows'
import { isErased, useInvited, welcome } from './useInvited'
import { type RowResult, useInviteMany } from './useInviteMany'
import { useSending } from './useSending'

interface EarlierSessionsProps {
  roomId: string
  /** The current session. */
  sessionId: string
  /** How many are invited to it. */
  current: number
  epoch: number
  mayInvite: boolean
  actions: InvitationActions
  /** Opens the list of the people of the last session, to choose among them. */
  onChoose: () => void
}

/** Folds the invitations to earlier sessions, and offers to invite their people to the current one. */
export function EarlierSessions({ roomId, sessionId, current, epoch, mayInvite, actions, onChoose }: EarlierSessionsProps) {
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
  const [refused, setRefused] = useState<RowResult[]>([])
  const [again, done] = useInviteMany(roomId)
  const read = useInvited(roomId)
  const sending = useSending()
  const earlier = useMemo(() => (list.nodes ?? []).filter((invitation) => invitation.session.id !== sessionId), [list.nodes, sessionId])
  const count = list.total - current
  const last = earlier[0]?.session.id
  const asks = mayInvite && current === 0
  const [{ data: lastTime }] = useQuery({ query: InvitationsDocument, variables: { roomId, sessionId: last, first: 1 }, pause: !asks || !last })

  async function invite(people: InvitationPartsFragment[]) {
    const { rows, stopped } = await again({ people: people.map(inputOf), of: sessionId, send: sending.send, language: sending.send ? sending.language : undefined })
    const of = (outcome: RowResult['outcome']) => rows.filter((row) => row.outcome === outcome)
    setRefused(of('REFUSED'))
    toast(stopped ? { text: t.invitations.stopped(of('INVITED').length, stopped), failed: true } : { text: t.invitations.invitedAgain(of('INVITED').length, of('STANDING').length) })
  }

  const all = async () => {
    const people = last ? await read(last) : null
    if (people) await invite(people.filter(welcome))
    else toast({ text: t.invitations.notRead, failed: true })
  }

  if (count <= 0 || !last) return null
  return (
    <div className="earlier">
      {asks && (
        <div className="earlier__ask">
          <p>{lastTime?.room?.invitations && t.invitations.lastTime(lastTime.room.invitations.totalCount)}</p>
          {sending.field}
          <div className="cluster">
            <Button size="small" busy={done !== null} onClick={() => void all()}>
              {done === null ? t.invitations.againAll : t.invitations.againDone(done)}
            </Button>
            <Button size="small" data-opens="invite" onClick={onChoose}>
              {t.invitations.againChoose}
            </Button>
          </div>
        </div>
      )}
      <button type="button" className="earlier__fold" aria-expanded={unfolded} onClick={() => setUnfolded(!unfolded)}>
        <Icon name="down" />
        {t.invitations.earlier(count)}
      </button>
      {unfolded && mayInvite && !asks && sending.field && <div className="group-title">{sending.field}</div>}
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
      {refused.length > 0 && <Refused rows={refused} onClose={() => setRefused([])} />}
    </div>
  )
}
