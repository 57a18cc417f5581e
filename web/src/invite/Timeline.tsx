import { useEffect, useEffectEvent } from 'react'
import { useQuery } from 'urql'
import { type RoomEvent, sentence } from '../activity/sentence'
import { type InvitationPartsFragment, InvitationTimelineDocument, type ProblemCode } from '../graphql/generated/graphql'
import { useServerNow } from '../graphql/clock'
import { t } from '../texts'
import { Button } from '../ui/Button'
import { CopyButton } from '../ui/Copy'
import { Name } from '../ui/Text'
import { clock, dayAndClock, dayWord, exact, minute } from '../ui/time'
import type { InvitationActions } from './useInvitationActions'
import './Timeline.css'

interface TimelineProps {
  invitation: InvitationPartsFragment
  /** The newest event about it. The timeline is read again when it changes. */
  newest: string | undefined
  actions: InvitationActions
}

type Tone = 'is-well' | 'is-wait' | 'is-danger' | undefined

const tones: Partial<Record<NonNullable<RoomEvent['__typename']>, Tone>> = {
  InvitationRedeemed: 'is-well',
  RedemptionRefused: 'is-wait',
  HostAsked: 'is-wait',
  InvitationRevoked: 'is-danger',
}

// The action that helps somebody with a refused link.
const mends: Partial<Record<ProblemCode, 'copy' | 'release' | 'extend' | 'renew'>> = {
  EMAIL_MISMATCH: 'copy',
  TOO_MANY_ATTEMPTS: 'renew',
  LINK_REPLACED: 'copy',
  LINK_EXPIRED: 'extend',
  USED_ON_OTHER_DEVICE: 'release',
}

/** Lists what happened to an invitation, oldest first, with a button that helps. */
export function Timeline({ invitation, newest, actions }: TimelineProps) {
  const [{ data }, read] = useQuery({ query: InvitationTimelineDocument, variables: { id: invitation.id }, requestPolicy: 'cache-and-network' })
  const reread = useEffectEvent(() => read({ requestPolicy: 'network-only' }))
  useEffect(() => {
    if (newest) reread()
  }, [newest])
  const now = useServerNow(minute)
  const found = data?.node?.__typename === 'Invitation' ? (data.node.events ?? []) : []
  const events = found.toReversed()
  // Each button is on the newest line that it helps with.
  const last = new Map(events.map((event) => [mendOf(event, invitation), event.id]))
  return (
    <ol className="timeline">
      {events.map((event) => {
        const text = sentence(event, (target) => <Name>{target.name}</Name>)
        if (text === null) return null
        const mend = mendOf(event, invitation)
        const today = dayWord(event.at, now) === dayWord(new Date(now).toISOString(), now)
        return (
          <li key={event.id} className={event.__typename && tones[event.__typename]}>
            <time dateTime={event.at} title={exact(event.at)}>
              {today ? clock(event.at) : dayAndClock(event.at).split(',')[0]}
            </time>
            <span>{text}</span>
            {mend && last.get(mend) === event.id && <Mend mend={mend} invitation={invitation} actions={actions} />}
          </li>
        )
      })}
    </ol>
  )
}

function mendOf(event: RoomEvent, invitation: InvitationPartsFragment): 'copy' | 'release' | 'extend' | 'renew' | null {
  if (invitation.status === 'CLOSED') return null
  if (event.__typename === 'InvitationRevoked') return invitation.status === 'REVOKED' ? 'renew' : null
  const code = event.__typename === 'RedemptionRefused' ? event.code : null
  const mend = code ? (mends[code] ?? null) : event.__typename === 'HostAsked' && invitation.hostAskedAt ? (invitation.status === 'EXPIRED' ? 'extend' : invitation.status === 'REDEEMED' ? 'release' : 'copy') : null
  if (mend === 'extend' && invitation.status !== 'EXPIRED') return null
  if (mend === 'release' && invitation.status !== 'REDEEMED') return null
  if (mend === 'copy' && !invitation.link) return null
  return mend
}

function Mend({ mend, invitation, actions }: { mend: 'copy' | 'release' | 'extend' | 'renew'; invitation: InvitationPartsFragment; actions: InvitationActions }) {
  if (mend === 'copy') return <CopyButton kind="text" size="small" text={invitation.link ?? ''} />
  if (mend === 'release') return <Button kind="text" size="small" onClick={() => actions.ask('release', invitation)}>{t.invitations.release}</Button>
  if (mend === 'extend') return <Button kind="text" size="small" onClick={() => actions.ask('extend', invitation)}>{t.invitations.extend}</Button>
  return <Button kind="text" size="small" onClick={() => actions.ask('renew', invitation)}>{t.invite.newLink}</Button>
}
