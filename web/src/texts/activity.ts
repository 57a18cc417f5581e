import type { ParticipantState, ProblemCode } from '../graphql/generated/graphql'
import { many } from './count'

// Texts of a room's activity: its events in sentences.

const movedBy: Partial<Record<ParticipantState, string>> = {
  IN_ROOM: '{actor} admitted {who}',
  DENIED: '{actor} did not let {who} in',
  REMOVED: '{actor} unblocked {who}',
}

const moved: Partial<Record<ParticipantState, string>> = {
  COUNTDOWN: '{who} is waiting for the start',
  LOBBY: '{who} is in the lobby',
  WAITING: '{who} asked to enter',
  IN_ROOM: '{who} entered as {role}',
  LEFT: '{who} left',
}

export const refusedBecause: Partial<Record<ProblemCode, string>> = {
  EMAIL_MISMATCH: 'Someone with {who}’s link entered a different email address',
  CODE_WRONG: 'Someone with {who}’s link entered a wrong code',
  CODE_EXPIRED: 'Someone with {who}’s link entered a code that no longer worked',
  TOO_MANY_ATTEMPTS: 'Someone with {who}’s link entered too many wrong addresses and has to wait 15 minutes',
  LINK_REPLACED: '{who} opened an old link',
  LINK_EXPIRED: '{who} opened an expired link',
  USED_ON_OTHER_DEVICE: 'Someone tried {who}’s link on another device',
  INVITATION_REVOKED: '{who} opened a revoked link',
  SESSION_ENDED: '{who} came after the session had ended',
  SESSION_CANCELLED: '{who} came to a cancelled session',
  SIGN_IN_REQUIRED: '{who} was asked to sign in',
  EMAIL_DOMAIN_BLOCKED: '{who} used an email domain that the site does not allow',
  PARTICIPANT_BLOCKED: '{who} tried to come back while blocked',
  ACCOUNT_DISABLED: '{who} tried to enter with a disabled account',
  ROOM_NOT_AVAILABLE: '{who} came while invitations were off',
}

export const activity = {
  title: 'Activity',
  none: 'Nothing has happened yet.',
  noneOfKind: 'Nothing of this kind yet.',
  loading: 'Loading activity',
  failed: 'The activity could not be loaded.',
  earlier: 'Show earlier',
  filter: 'Show',
  filters: { all: 'All', entries: 'Entries', changes: 'Changes', problems: 'Problems' },
  showAll: 'Show each',
  showLess: 'Show less',
  people: (count: number, more: boolean) => `${count}${more ? '+' : ''} people`,
  times: (count: number, more: boolean) => (more ? `at least ${count} times` : many(count, 'time', 'times')),
  folded: {
    cameAndWent: '{who} came and went {times}',
    opened: '{people} opened their links',
    accepted: '{people} accepted the invitation',
    lobby: '{people} are in the lobby',
    countdown: '{people} are waiting for the start',
    asked: '{people} asked to enter',
    entered: '{people} entered',
    left: '{people} left',
    invited: '{actor} invited {people}',
    admitted: '{actor} admitted {people}',
    denied: '{actor} did not let {people} in',
  },
}

export const events = {
  usher: 'Usher',
  /** What the server calls a browser and its system. */
  browser: (name: string) => name,
  roomUpdated: '{actor} edited the room',
  roomDeleted: '{actor} deleted the room',
  exported: '{actor} exported {what}',
  contents: { ATTENDANCE: 'who was there', CHAT: 'the chat', BACKCHANNEL: 'the backchannel', QUESTIONS: 'the questions', INTERACTIONS: 'the polls', ANSWERS: 'the answers to polls', HANDS: 'the raised hands' } as Partial<Record<string, string>>,
  managerAdded: '{actor} made {who} {role}',
  managerRemoved: '{actor} removed {who} as a manager',
  sessionScheduled: '{actor} planned a session',
  sessionScheduledFor: '{actor} planned a session for {time}',
  sessionRescheduled: '{actor} moved the session to {time}',
  sessionStarted: '{actor} started the session',
  sessionEnded: '{actor} ended the session',
  sessionEndedItself: 'The session ended by itself',
  sessionCancelled: '{actor} cancelled the session',
  sessionCancelledItself: 'The session was never opened, so it was cancelled',
  invited: '{actor} invited {who}',
  invitedAs: '{actor} invited {who} as {role}',
  invitationUpdated: '{actor} changed {who}’s invitation',
  opened: '{who} opened the link',
  redeemed: '{who} accepted the invitation',
  redeemedOn: '{who} accepted the invitation ({device})',
  refused: '{who} could not enter',
  revoked: '{actor} revoked {who}’s invitation',
  released: '{actor} signed out {who}’s device',
  movedDevice: '{who} continued on another device',
  movedTo: '{who} continued on another device ({device})',
  regenerated: '{actor} made a new link for {who}',
  asked: '{who} asked the host',
  moved,
  movedBy,
  removed: '{actor} removed {who}',
  blocked: '{actor} removed and blocked {who}',
  madeRole: '{actor} made {who} {role}',
  becameRole: '{who} is now {role}',
}
