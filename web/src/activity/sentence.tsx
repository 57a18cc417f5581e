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

/** Returns the person that an event is about, by the name that they had then. */
export function targetOf(event: RoomEvent): Target | null {
  if ('participant' in event && event.participant) return { kind: 'participant', id: event.participant.id, name: event.subject ?? event.participant.displayName }
  if ('invitation' in event && event.invitation) {
    return { kind: 'invitation', id: event.invitation.id, name: event.subject ?? event.invitation.name }
  }
  return null
}

type Moved = Extract<RoomEvent, { __typename: 'ParticipantChanged' }>

/** Who moved somebody: the host, the people themselves, or nobody whom a reader should hear of, because another event says it. */
export function moverOf({ previousState, state, actor, subject, participant }: Moved): 'host' | 'self' | 'other event' {
  if (state === 'BLOCKED' || (state === 'REMOVED' && previousState !== 'BLOCKED' && previousState !== 'DENIED')) return 'other event'
  if (state === 'DENIED' || state === 'REMOVED' || (state === 'IN_ROOM' && previousState === 'WAITING')) return 'host'
  // Somebody whose invitation or role ended is out by that.
  return state === 'LEFT' && actor && actor !== (subject ?? participant.displayName) ? 'other event' : 'self'
}

/** Returns an event as a sentence, or null for an unknown event and one without interest to a reader. Of its moment it says only what the event itself has. */
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
    case 'Exported':
      return say(e.exported, { what: e.contents[event.what] ?? event.what })
    case 'ManagerAdded':
      return say(e.managerAdded, { who: <Name>{event.subject ?? event.manager.user.name}</Name>, role: t.managerRoleWithArticle(event.manager.role) })
    case 'ManagerRemoved':
      return say(e.managerRemoved, { who: <Name>{event.subject ?? event.user.name}</Name> })
    case 'SessionScheduled':
      return event.plannedFor ? say(e.sessionScheduledFor, { time: dayAndClock(event.plannedFor) }) : say(e.sessionScheduled)
    case 'SessionRescheduled':
      return say(e.sessionRescheduled, { time: dayAndClock(event.startsAt) })
    case 'SessionStarted':
      return say(e.sessionStarted)
    case 'SessionEnded':
      return say(event.actor ? e.sessionEnded : e.sessionEndedItself)
    case 'SessionCancelled':
      return say(event.actor ? e.sessionCancelled : e.sessionCancelledItself)
    case 'InvitationCreated':
      return event.invitedAs ? say(e.invitedAs, { role: t.withArticle(t.roles[event.invitedAs]) }) : say(e.invited)
    case 'InvitationUpdated':
      return say(e.invitationUpdated)
    case 'InvitationOpened':
      return say(e.opened)
    case 'InvitationRedeemed':
      return say(event.device ? e.redeemedOn : e.redeemed, { device: e.browser(event.device ?? '') })
    case 'RedemptionRefused':
      return say(t.refusedBecause[event.code] ?? e.refused)
    case 'InvitationRevoked':
      return say(e.revoked)
    case 'DeviceReleased':
      return say(e.released)
    case 'DeviceMoved':
      return say(event.device ? e.movedTo : e.movedDevice, { device: e.browser(event.device ?? '') })
    case 'LinkRegenerated':
      return say(e.regenerated)
    case 'HostAsked':
      return say(e.asked)
    case 'ParticipantChanged': {
      const mover = moverOf(event)
      if (mover === 'other event') return null
      const known = mover === 'self' ? e.moved[event.state] : e.movedBy[event.state]
      return known ? say(known, { role: t.withArticle(t.roles[event.role]) }) : null
    }
    case 'ParticipantRemoved':
      return say(event.blocked ? e.blocked : e.removed)
    case 'RolePromoted':
    case 'RoleDemoted':
      return say(event.actor ? e.madeRole : e.becameRole, { role: t.withArticle(t.roles[event.role]) })
    // The lists of people and invitations show who has seen their new role, and how far the emails are.
    case 'RoleDelivered':
    case 'MailsChanged':
    case 'ResyncRequired':
      return null
    // The panels of the tools show these. The activity does not ask for them.
    case 'ToolsChanged':
    case 'MessagesPosted':
    case 'MessagesChanged':
    case 'MessagesHidden':
    case 'MessagePinned':
    case 'ChannelCleared':
    case 'ParticipantMuted':
    case 'HandsRaised':
    case 'HandLowered':
    case 'HandsLowered':
    case 'QuestionsAsked':
    case 'QuestionChanged':
    case 'OwnQuestionChanged':
    case 'AskerMuted':
    case 'InteractionChanged':
    case 'ResultsShared':
    case 'AnswerHidden':
      return null
    default:
      return unknown(event)
  }
}

/** Returns null for an event that only a newer server knows. Its parameter makes a kind without a case above an error of types. */
const unknown = (_event: never) => null
