import type { InvitationStatus, ManagerRole, ParticipantState, ProblemCode, RoomRole, SessionState } from '../graphql/generated/graphql'
import { many } from './count'

// What managers and administrators read.

const movedBy: Partial<Record<ParticipantState, string>> = {
  IN_ROOM: '{actor} admitted {who}',
  DENIED: '{actor} did not let {who} in',
  REMOVED: '{actor} gave {who} another chance',
  LEFT: '{who} is out',
}

const moved: Partial<Record<ParticipantState, string>> = {
  COUNTDOWN: '{who} waits for the start',
  LOBBY: '{who} is in the lobby',
  WAITING: '{who} waits to come in',
  IN_ROOM: '{who} came in as {role}',
  LEFT: '{who} left',
  DENIED: '{who} was not let in',
  REMOVED: '{who} was removed',
  BLOCKED: '{who} was blocked',
}
export const done = 'Done'
export const save = 'Save'
export const saved = 'Saved'
export const add = 'Add'
export const yourAccount = 'Your account'
export const accountOf = (name: string) => `${name}: your account`
export const states: Record<SessionState, string> = { SCHEDULED: 'Planned', OPEN: 'Live', ENDED: 'Ended', CANCELLED: 'Cancelled' }

export const statuses: Record<InvitationStatus, string> = {
  PENDING: 'Not opened yet',
  OPENED: 'Opened',
  REDEEMED: 'Redeemed',
  EXPIRED: 'Expired',
  REVOKED: 'Revoked',
  CLOSED: 'Closed',
}

export const refusedBecause: Partial<Record<ProblemCode, string>> = {
  EMAIL_MISMATCH: '{who} typed another email address',
  TOO_MANY_ATTEMPTS: '{who} typed wrong addresses and has to wait 15 minutes',
  LINK_REPLACED: '{who} opened a link that was replaced',
  LINK_EXPIRED: '{who} opened a link that had expired',
  USED_ON_OTHER_DEVICE: '{who} tried the link on another device',
  INVITATION_REVOKED: '{who} opened a link that was revoked',
  SESSION_ENDED: '{who} came after the session had ended',
  SESSION_CANCELLED: '{who} came to a cancelled session',
  SIGN_IN_REQUIRED: '{who} was asked to sign in',
  EMAIL_DOMAIN_BLOCKED: '{who} uses an address that the site blocks',
  PARTICIPANT_BLOCKED: '{who} is blocked and tried to come back',
  ACCOUNT_DISABLED: '{who} has a disabled account and tried to come in',
  ROOM_NOT_AVAILABLE: '{who} came while invitations were off',
}

export const setUp = {
  title: 'Set up Usher',
  text: 'Make the first administrator of this site.',
  create: 'Create administrator',
  passwordHint: 'At least 8 characters, and not a common one.',
  noToken: 'Open the set-up link that the server printed when it started. It works for 30 minutes; start the server again for a new one.',
}

export const rooms = {
  title: 'Rooms',
  make: 'New room',
  create: 'Create room',
  edit: 'Edit room',
  search: 'Search rooms',
  loading: 'Rooms are loading',
  empty: 'Make your first room',
  emptyText: 'A room is a lasting place for live sessions. Plan one, invite people by link, and let them in when it starts.',
  noneFound: (search: string) => `No room matches “${search}”`,
  noneFoundText: 'Try fewer letters, or another word of the title.',
  noSession: 'No session planned',
  inRoom: (count: number) => `${count} in the room`,
  wait: (count: number) => `${count === 1 ? '1 waits' : `${count} wait`} to come in`,
  invitedCount: (count: number) => `${count} invited`,
  since: (time: string) => `Since ${time}`,
  ended: (word: string, time: string) => `Ended ${word}, ${time}`,
  titleField: 'Title',
  typeTitle: 'Type a title.',
  description: 'Description',
  admission: 'Coming in',
  automatic: 'Everyone comes in at once',
  approval: 'One by one, when you let them in',
  oneByOne: 'People are let in one by one',
  access: 'Who may enter',
  invited: 'Only who is invited',
  members: 'Everyone of this site too, as Viewer',
  openToMembers: 'Open to everyone of this site',
  chat: 'Chat & Collaboration',
  chatNote: 'Needed for inviting people. Off, nobody new comes in by a link.',
}

export const when = {
  date: 'Date',
  time: 'Start',
  length: 'Length',
  zone: 'Time zone',
  noEnd: 'No end',
  twice: 'Clocks go back that night: the first of two is meant.',
  never: (time: string) => `Clocks are put forward that night: it will be ${time}.`,
  typeBoth: 'Choose a date and a time.',
  inRoomsZone: (zone: string) => `In the room’s time: ${zone}.`,
  minutes: (minutes: number) => {
    const hours = Math.floor(minutes / 60)
    const rest = minutes % 60
    const parts = [hours > 0 ? many(hours, 'hour', 'hours') : '', rest > 0 ? many(rest, 'minute', 'minutes') : '']
    return parts.filter(Boolean).join(' ')
  },
}

export const invitations = {
  title: 'Invitations',
  search: 'Name or email',
  loading: 'Invitations are loading',
  filter: 'Status',
  filterIs: (status: string) => `Status: ${status}`,
  all: 'All statuses',
  none: 'Nobody is invited yet',
  noneText: 'Type an email, choose a type, and share the link by any means.',
  noneOff: 'Inviting is not possible just now: the session is over, or invitations are off.',
  noneFound: 'No invitation matches. Try fewer letters or another status.',
  copyOf: (name: string) => `Copy the link of ${name}`,
  extend: 'Extend',
  extendTitle: 'Until when the link works',
  extended: 'The link works until the new time',
  worksAgain: (name: string) => `The link of ${name} works again`,
  release: 'Release device',
  releaseOld: 'Release the old device',
  released: (name: string) => `${name} can use the link on another device`,
  revoke: 'Revoke',
  revoked: (name: string) => `The invitation of ${name} is revoked`,
  roleChanged: (name: string, role: string) => `${name} is invited as ${role}`,
  notNow: 'Not now',
  makeItWork: 'Make it work again',
  copyNewest: 'Copy the newest link',
  asksLabel: 'Asks the host',
  asksDevice: 'Asks to use another device',
  asksExpired: 'Asks to come in: the link has expired',
  asksReplaced: 'Asks to come in with an old link',
  askNow: (count: number) => `${many(count, 'person asks', 'people ask')} the host`,
  status: {
    pending: 'Not opened yet',
    pendingUntil: (time: string) => `Not opened yet · works until ${time}`,
    opened: (ago: string) => `Opened ${ago}`,
    redeemed: 'Redeemed',
    redeemedOn: (device: string) => `Redeemed on ${device}`,
    expired: (ago: string) => `Link expired ${ago}`,
    revoked: (ago: string) => `Revoked ${ago}`,
    closed: 'The session is over',
  },
  confirm: {
    release: (name: string) => `Release the device of ${name}?`,
    releaseText: 'The device in use is out at once. The same link can then be used on another device, with the same email address.',
    renew: (name: string) => `Make a new link for ${name}?`,
    renewText: 'The old link stops working at once, and a device that used it is out.',
    renewConfirm: 'Make a new link',
    revoke: (name: string) => `Revoke the invitation of ${name}?`,
    revokeText: 'The link stops working, and whoever used it is out at once. You can invite them again.',
  },
}

export const invite = {
  title: 'Invite users',
  type: 'Invitation type',
  gives: {
    VIEWER: 'Access to chat, answer interactions, and Q&A',
    MODERATOR: 'Access to backchannel, initiate interactions, and Q&A',
    SPEAKER: 'Access to backchannel, interactions, and Q&A',
  } satisfies Record<RoomRole, string>,
  people: 'People of this site',
  notHere: 'Not here? Type the whole address.',
  emailHint: 'Type two characters to see people of this site. Anyone else: the whole address.',
  firstName: 'First name',
  lastName: 'Last name',
  filled: 'Filled in from the account',
  invitedAs: (role: string) => `Invited as ${role}`,
  worksUntil: 'Link works until',
  untilSessionEnds: 'Until the session ends',
  dateAndTime: 'A date and time…',
  dateAndTimeField: 'Date and time, yours',
  typeEmail: 'Type an email address.',
  typeFirstName: 'Type a first name.',
  typeLastName: 'Type a last name.',
  chooseType: 'Choose a type.',
  typeUntil: 'Choose a date and time.',
  beforeStart: (start: string) => `That is before the session starts. Choose a time after ${start}.`,
  already: '{name} is invited already, as {role}. You can change that invitation instead.',
  changeTo: (role: string) => `Change role to ${role}`,
  newLink: 'New link',
  generate: 'Generate invite link',
  ready: 'The link is ready',
  link: 'Invite link',
  noLink: 'This invitation has no working link. Make a new one.',
  qr: 'QR code',
  qrOf: 'QR code of the link',
  needsEmail: '{name} will need this email address: {email}',
  oneDevice: 'It opens on one device: the first one used to continue',
  until: (time: string) => `Works until ${time}`,
  untilEnd: (time: string) => `Works until the session ends, ${time}`,
  untilEndOpen: 'Works until the session ends',
  sendIt: 'Send it by any means. Nothing is sent for you.',
  another: 'Invite another',
}

export const managers = {
  title: 'Managers',
  person: 'Person',
  hint: 'Type two characters of a name or address.',
  choose: 'Choose somebody from the list.',
  role: 'Manages as',
  roleOf: (name: string) => `What ${name} manages as`,
  add: 'Add manager',
  gives: {
    OWNER: 'Everything, other owners too',
    CO_OWNER: 'Everything, with managers and deleting',
    CO_EDITOR: 'Edits the room, runs sessions, invites',
    CO_PUBLISHER: 'Runs sessions, invites',
  } satisfies Record<ManagerRole, string>,
  isNow: (name: string, role: string) => `${name} is ${role} now`,
  remove: 'Remove manager',
  removed: (name: string) => `${name} no longer manages this room`,
  removeNamed: (name: string) => `Remove ${name}`,
  removeTitle: (name: string) => `Remove ${name} as a manager?`,
  removeText: 'They lose access to this page at once. Invitations they made stay.',
}
export const activity = { title: 'Activity', none: 'Nothing has happened yet.', earlier: 'Earlier' }

export const events = {
  usher: 'Usher',
  roomUpdated: '{actor} edited the room',
  roomDeleted: '{actor} deleted the room',
  managerAdded: '{actor} made {who} {role}',
  managerRemoved: '{actor} removed {who} as a manager',
  sessionScheduled: '{actor} planned a session',
  sessionRescheduled: '{actor} moved the session to {time}',
  sessionStarted: '{actor} started the session',
  sessionEnded: '{actor} ended the session',
  sessionEndedItself: 'The session ended by itself',
  sessionCancelled: '{actor} cancelled the session',
  sessionCancelledItself: 'The session was never opened and is cancelled',
  invited: '{actor} invited {who} as {role}',
  invitationUpdated: '{actor} changed the invitation of {who}',
  opened: '{who} opened the link',
  redeemed: '{who} redeemed the link',
  redeemedOn: '{who} redeemed on {device}',
  refused: '{who} could not come in',
  revoked: '{actor} revoked the invitation of {who}',
  released: '{actor} released the device of {who}',
  regenerated: '{actor} made a new link for {who}',
  asked: '{who} asked the host',
  moved,
  movedBy,
  removed: '{actor} removed {who}',
  blocked: '{actor} removed and blocked {who}',
  madeRole: '{actor} made {who} {role}',
  becameRole: '{who} is {role} now',
  delivered: 'Delivered to {who}',
}

export const site = {
  title: 'Site',
  adminsOnly: 'Only administrators see this page.',
  invitations: 'Invitations',
  invitationsNote: 'Off, nobody invites and no link works, until it is on again.',
  requireSignIn: 'Sign-in required',
  requireSignInNote: 'Whoever opens a link signs in with the invited address; typing it is not enough.',
  blocked: 'Blocked domains',
  blockedNote: 'Addresses of these domains can be neither invited nor used to come in. A block always wins.',
  blockedEmpty: 'Nothing is blocked.',
  blockCatches: (domain: string) => `Catches name@${domain} and name@anything.${domain}`,
  allowed: 'Allowed domains',
  allowedNote: 'With at least one here, only addresses of these domains can be invited.',
  allowedEmpty: 'Every domain is allowed.',
  allowCatches: (domain: string) => `Allows name@${domain} and name@anything.${domain}`,
  domain: 'Domain',
  typeDomain: 'Type a domain, as in example.org.',
  domainThere: 'This domain is in the list already.',
  removeDomain: (domain: string) => `Remove ${domain}`,
}
