import type { ReactNode } from 'react'
import type { EventPartsFragment } from '../graphql/generated/graphql'
import { t } from '../texts'
import { Name, Say } from '../ui/Text'
import { dayAndClock } from '../ui/time'

export type RoomEvent = EventPartsFragment

/** The person that a line of the feed links to. */
export interface Target {
  kind: 'invitation' | 'participant'
  id: string
  name: string
}

/** Returns the person that an event is about. */
export function targetOf(event: RoomEvent): Target | null {
  if ('participant' in event && event.participant) return { kind: 'participant', id: event.participant.id, name: event.participant.displayName }
  if ('invitation' in event && event.invitation) return { kind: 'invitation', id: event.invitation.id, name: event.invitation.name }
  return null
}

/** Returns an event as a sentence, or null for an unknown event and one without interest to a reader. */
export function sentence(event: RoomEvent, person: (target: Target) => ReactNode): ReactNode {
  const e = t.events
  const actor = event.actor ? <Name>{event.actor}</Name> : t.events.usher
  const target = targetOf(event)
  const who = target ? person(target) : null
  const say = (text: string, parts: Record<string, ReactNode> = {}) => <Say text={text} actor={actor} who={who} {...parts} />
  switch (event.__typename) {
    case 'RoomUpdated':
      return say(e.roomUpdated)
    case 'RoomDeleted':
      return say(e.roomDeleted)
    case 'ManagerAdded':
      return say(e.managerAdded, { who: <Name>{event.manager.user.name}</Name>, role: t.withArticle(t.managerRoles[event.manager.role]) })
    case 'ManagerRemoved':
      return say(e.managerRemoved, { who: <Name>{event.user.name}</Name> })
    case 'SessionScheduled':
      return say(e.sessionScheduled)
    case 'SessionRescheduled':
      return say(e.sessionRescheduled, { time: dayAndClock(event.startsAt) })
    case 'SessionStarted':
      return say(e.sessionStarted)
    case 'SessionEnded':
      return say(event.actor ? e.sessionEnded : e.sessionEndedItself)
    case 'SessionCancelled':
      return say(event.actor ? e.sessionCancelled : e.sessionCancelledItself)
    case 'InvitationCreated':
      return say(e.invited, { role: t.roles[event.invitation.role] })
    case 'InvitationUpdated':
      return say(e.invitationUpdated)
    case 'InvitationOpened':
      return say(e.opened)
    case 'InvitationRedeemed':
      return say(event.invitation.device ? e.redeemedOn : e.redeemed, { device: event.invitation.device })
    case 'RedemptionRefused':
      return say(t.refusedBecause[event.code] ?? e.refused)
    case 'InvitationRevoked':
      return say(e.revoked)
    case 'DeviceReleased':
      return say(e.released)
    case 'LinkRegenerated':
      return say(e.regenerated)
    case 'HostAsked':
      return say(e.asked)
    case 'ParticipantChanged': {
      // Removing and blocking have events of their own.
      const again = event.previousState === 'BLOCKED' || event.previousState === 'DENIED'
      if (event.state === 'BLOCKED' || (event.state === 'REMOVED' && !again)) return null
      const own = event.actor === event.participant.displayName || !event.actor
      const known = own ? e.moved[event.state] : (e.movedBy[event.state] ?? e.moved[event.state])
      return known ? say(known, { role: t.roles[event.participant.role] }) : null
    }
    case 'ParticipantRemoved':
      return say(event.blocked ? e.blocked : e.removed)
    case 'RolePromoted':
    case 'RoleDemoted':
      return say(event.actor ? e.madeRole : e.becameRole, { role: t.withArticle(t.roles[event.role]) })
    case 'RoleDelivered':
      return say(e.delivered)
    case 'ResyncRequired':
      return null
    default:
      return unknown(event)
  }
}

/** Returns null for an event that only a newer server knows. Its parameter makes a kind without a case above an error of types. */
const unknown = (_event: never) => null
