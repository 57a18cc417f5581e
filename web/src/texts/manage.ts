import type { InvitationStatus, ManagerRole, SessionState } from '../graphql/generated/graphql'
import { many } from './count'

// Texts for managers and administrators.

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

export const setUp = {
  title: 'Set up Usher',
  text: 'Create the first administrator of this site.',
  create: 'Create administrator',
  name: 'Name',
  oneName: 'I have one name',
  oneNameNote: 'You have no separate first and last name.',
  passwordHint: 'At least 8 characters, and not a common one.',
  noToken: 'Open the set-up link that the server printed when it started. It works for 30 minutes. Restart the server for a new one.',
}

export const rooms = {
  title: 'Rooms',
  make: 'New room',
  create: 'Create room',
  edit: 'Edit room',
  search: 'Search rooms',
  loading: 'Loading rooms',
  empty: 'Create your first room',
  emptyText: 'A room is a lasting place for live sessions. Plan one, invite people by link, and let them in when it starts.',
  noneFound: (search: string) => `No room matches “${search}”`,
  noneFoundText: 'Try fewer letters, or another word of the title.',
  noSession: 'No session planned',
  inRoom: (count: number) => `${count} in the room`,
  wait: (count: number) => `${count} waiting to come in`,
  invitedCount: (count: number) => `${count} invited`,
  since: (time: string) => `Since ${time}`,
  ended: (word: string, time: string) => `Ended ${word}, ${time}`,
  titleField: 'Title',
  typeTitle: 'Type a title.',
  description: 'Description',
  admission: 'Admission',
  automatic: 'Everyone enters at once',
  approval: 'People wait until you let them in',
  oneByOne: 'People are let in one by one',
  access: 'Who may enter',
  invited: 'Only invited people',
  members: 'Everyone on this site too, as Viewer',
  openToMembers: 'Open to everyone on this site',
  chat: 'Chat & Collaboration',
  chatNote: 'Needed to invite people. While it is off, nobody new can enter by a link.',
}

export const when = {
  date: 'Date',
  time: 'Start',
  length: 'Length',
  zone: 'Time zone',
  noEnd: 'No end',
  twice: 'Clocks go back that night. The first of the two times counts.',
  never: (time: string) => `Clocks go forward that night. The time will be ${time}.`,
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
  loading: 'Loading invitations',
  filter: 'Status',
  filterIs: (status: string) => `Status: ${status}`,
  all: 'All statuses',
  none: 'Nobody is invited yet',
  noneText: 'Enter an email address, choose a role, and share the link any way you like.',
  noneOver: 'This session is over. Plan a new one to invite people.',
  noneOff: 'An administrator has turned off invitations.',
  noneChatOff: 'Turn on Chat & Collaboration to invite people.',
  noneFound: 'No invitation matches. Try fewer letters or another status.',
  copyOf: (name: string) => `Copy the link of ${name}`,
  extend: 'Change expiry',
  extendTitle: 'Link expiry',
  extended: 'The link now works until the new time',
  worksAgain: (name: string) => `The link of ${name} works again`,
  release: 'Move to another device',
  releaseOld: 'Release the old device',
  released: (name: string) => `${name} can use the link on another device`,
  revoke: 'Revoke invitation',
  revoked: (name: string) => `The invitation of ${name} is revoked`,
  roleChanged: (name: string, role: string) => `${name} is now invited as ${role}`,
  notNow: 'Not now',
  makeItWork: 'Make the link work again',
  copyNewest: 'Copy the newest link',
  asksLabel: 'Requests to the host',
  asksDevice: 'Asks to use another device',
  asksExpired: 'Asks to come in with an expired link',
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
    releaseText: 'The current device loses access at once. The same link then works on another device, with the same email address.',
    renew: (name: string) => `Make a new link for ${name}?`,
    renewText: 'The old link stops working at once. A device that used it loses access.',
    renewConfirm: 'Make a new link',
    revoke: (name: string) => `Revoke the invitation of ${name}?`,
    revokeConfirm: 'Revoke',
    revokeText: 'The link stops working, and the person who used it loses access at once. You can invite them again.',
  },
}

export const invite = {
  title: 'Invite users',
  role: 'Role',
  people: 'People of this site',
  suggestions: (count: number) => `${many(count, 'suggestion', 'suggestions')}. Use the arrow keys to choose.`,
  noSuggestions: 'No suggestions.',
  notHere: 'Not listed? Enter the full email address.',
  emailHint: 'Start typing a name or email address. To invite someone new, enter their full email address.',
  firstName: 'First name',
  lastName: 'Last name',
  filled: { account: 'Filled in from the account', invitation: 'Filled in from the invitation' },
  filledIn: (name: string) => `The names are filled in: ${name}`,
  invitedAs: (role: string) => `Already invited as ${role}`,
  worksUntil: 'Link expires',
  untilSessionEnds: 'When the session ends',
  dateAndTime: 'At a date and time…',
  dateAndTimeField: 'Date and time (your time zone)',
  typeEmail: 'Enter an email address.',
  typeFirstName: 'Enter a first name.',
  typeLastName: 'Enter a last name.',
  chooseRole: 'Choose a role.',
  typeUntil: 'Enter a date and a time.',
  beforeStart: (start: string) => `This is before the session starts. Choose a time after ${start}.`,
  already: '{name} is already invited as {role}. You can change that invitation instead.',
  changeTo: (role: string) => `Change role to ${role}`,
  newLink: 'New link',
  generate: 'Generate invite link',
  ready: 'The link is ready',
  link: 'Invite link',
  noLink: 'This invitation has no working link. Make a new one.',
  qr: 'QR code',
  qrOf: 'QR code of the link',
  needsEmail: '{name} joins with this email address: {email}',
  oneDevice: 'Works on one device only: the first one that uses it',
  until: (time: string) => `Valid until ${time}`,
  untilEnd: (time: string) => `Valid until the session ends (${time})`,
  untilEndOpen: 'Valid until the session ends',
  sendIt: 'Usher doesn’t send the link. Copy it into an email or chat message.',
  another: 'Invite another',
}

export const managers = {
  title: 'Managers',
  person: 'Person',
  hint: 'Type two characters of a name or email address.',
  choose: 'Choose a person from the list.',
  role: 'Manager role',
  roleOf: (name: string) => `Manager role of ${name}`,
  add: 'Add manager',
  gives: {
    OWNER: 'Everything, including other owners',
    CO_OWNER: 'Everything except changing owners',
    CO_EDITOR: 'Edits the room, runs sessions, invites',
    CO_PUBLISHER: 'Runs sessions, invites',
  } satisfies Record<ManagerRole, string>,
  isNow: (name: string, role: string) => `${name} is now ${role}`,
  remove: 'Remove manager',
  removed: (name: string) => `${name} no longer manages this room`,
  removeNamed: (name: string) => `Remove ${name}`,
  removeTitle: (name: string) => `Remove ${name} as a manager?`,
  removeText: 'They lose access to this page at once. Invitations they made stay.',
}
export const site = {
  title: 'Site',
  adminsOnly: 'Only administrators see this page.',
  invitations: 'Invitations',
  invitationsNote: 'While this is off, nobody can invite and no link works.',
  requireSignIn: 'Sign-in required',
  requireSignInNote: 'People who open a link must sign in with the invited address. Typing it is not enough.',
  blocked: 'Blocked domains',
  blockedNote: 'Addresses of these domains cannot be invited or used to enter. A block always wins.',
  blockedEmpty: 'Nothing is blocked.',
  blockCatches: (domain: string) => `Blocks name@${domain} and name@anything.${domain}`,
  allowed: 'Allowed domains',
  allowedNote: 'Once you add a domain, only addresses of the listed domains can be invited.',
  allowedEmpty: 'Every domain is allowed.',
  allowCatches: (domain: string) => `Allows name@${domain} and name@anything.${domain}`,
  domain: 'Domain',
  typeDomain: 'Type a domain, such as example.org.',
  domainThere: 'This domain is already in the list.',
  removeDomain: (domain: string) => `Remove ${domain}`,
}
