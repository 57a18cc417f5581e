import type { Capability, ManagerRole, ParticipantState, RoomRole } from '../graphql/generated/graphql'
import { digits, many } from './count'

// Texts in the room, and about the people in it.

export const live = 'Live'
export const you = 'You'
export const managerRoles: Record<ManagerRole, string> = { OWNER: 'Owner', CO_OWNER: 'Co-owner', CO_EDITOR: 'Co-editor', CO_PUBLISHER: 'Co-publisher' }

export const doing: Record<Capability, string> = {
  CHAT: 'chat',
  ANSWER_INTERACTIONS: 'answer polls',
  ASK_QUESTIONS: 'ask questions',
  ANSWER_QUESTIONS: 'answer questions',
  BACKCHANNEL: 'use the backchannel',
  INITIATE_INTERACTIONS: 'start polls',
  ADMIT_PARTICIPANTS: 'let people in',
  REMOVE_PARTICIPANTS: 'remove people',
  MODERATE: 'moderate the chat',
}
/** In the middle of a sentence. */
export const managerRoleWithArticle = (role: ManagerRole) => withArticle(managerRoles[role]).replace(/ \w/, (letter) => letter.toLowerCase())
export const withArticle = (role: string) => `${/^[AEIOU]/.test(role) ? 'an' : 'a'} ${role}`

/** What a role allows, beside its name. */
export const gives: Record<RoomRole, string> = {
  VIEWER: 'Can chat, ask questions and answer polls',
  SPEAKER: 'Can answer questions and use the backchannel',
  MODERATOR: 'Can run polls, answer questions and let people in',
}

export const room = {
  nothing: 'You don’t have access to this room',
  nothingText: 'If you were invited, open your link again. If you have an account here, sign in.',
  signedOut: 'You’re signed out',
  signedOutText: 'Sign in again to go on. If you were invited, open your link again.',
  nothingSignedIn: 'It may not exist, or you may not be invited. If you were invited, open your link again.',
  toRooms: 'Go to rooms',
  inThisBrowser: 'People with a place in this browser',
  youAreHereAs: 'You are here as {name}.',
  alsoHere: 'This browser also has a place for {names}.',
  hereAre: 'This browser has a place for {names}.',
  parts: 'Parts of the room',
  tabs: { people: 'People', invitations: 'Invitations', activity: 'Activity' },
  menu: 'Room',
  more: 'More for this room',
  edit: 'Edit',
  copyAddress: 'Copy room address',
  addressCopied: 'Room address copied',
  path: 'You are here',
  starts: (ago: string) => `starts ${ago}`,
  startingNow: 'starting now',
  due: (ago: string) => `due ${ago}`,
  wasDue: (ago: string) => `was due to start ${ago}`,
  enter: 'Enter room',
  manage: 'Manage room',
  manageShort: 'Manage',
  asOthers: 'View as a participant',
  startSession: 'Start session',
  endSession: 'End session',
  endTitle: 'End the session for everyone?',
  endText: (until: string) => `Everyone leaves the room now. You can open the session again until ${until}.`,
  keepOpen: 'Keep it open',
  openAgain: 'Open again',
  newSession: 'New session',
  plan: 'Plan session',
  planned: 'Session planned',
  reschedule: 'Reschedule',
  move: 'Reschedule session',
  moved: 'Session rescheduled',
  linksMove: 'Links keep working. Everyone sees the new time at once.',
  cancelSession: 'Cancel session',
  cancelTitle: 'Cancel the session?',
  cancelText: 'Everyone who is invited sees that it will not take place. Their links stop working. This cannot be undone, but you can plan a new session.',
  keepIt: 'Keep it',
  delete: 'Delete room',
  deleteTitle: (title: string) => `Delete “${title}”?`,
  deleteLive: 'End the session and delete',
  deleteLiveTitle: (title: string) => `End the live session and delete “${title}”?`,
  deleteEnds: (people: number) => `The session ends now${people > 0 ? `, and ${many(people, 'person loses', 'people lose')} the room` : ''}.`,
  deleteText: (invited: number) => `${invited > 0 ? `${many(invited, 'invitation stops', 'invitations stop')} working, and everyone` : 'Everyone'} loses access. A deleted room cannot be restored.`,
  deleted: (title: string) => `“${title}” was deleted`,
  invitationsOffText: 'Nobody can be invited, and no link works. People who are in the room stay.',
  siteRules: 'Site rules',
  chatOff: 'Chat & Collaboration is off for this room.',
  chatOffText: 'Turn it on to invite users.',
  turnOn: 'Turn it on',
  whatYouCan: 'What you can do',
  host: 'Host',
  youRole: (role: string) => `You · ${role}`,
  leave: 'Leave',
  madeYou: '{host} made you {role}.',
  madeYouSaid: (host: string, role: string) => `${host} made you ${/^[AEIOU]/.test(role) ? 'an' : 'a'} ${role}.`,
  youAre: (role: string) => `You are now ${/^[AEIOU]/.test(role) ? 'an' : 'a'} ${role}.`,
}

interface Crowd {
  count: number
  /** Null if it does not matter. */
  role: RoomRole | null
}

const ofRole: Record<RoomRole, string> = { MODERATOR: 'Moderators', SPEAKER: 'Speakers', VIEWER: 'Viewers' }

const crowd = ({ count, role }: Crowd, noun = false) => {
  if (role) return `${digits.format(count)} ${ofRole[role].toLowerCase().slice(0, count === 1 ? -1 : undefined)}`
  return noun ? many(count, 'person', 'people') : digits.format(count)
}

/** The numbers of a crowd. */
export const numbers = {
  number: (count: number) => digits.format(count),
  caption: 'People by place and role. A number shows those people below.',
  hosts: 'Hosts',
  andModerators: ', moderators',
  all: 'All',
  who: {
    MODERATOR: (count: number) => (count === 1 ? 'host or moderator' : 'hosts and moderators'),
    SPEAKER: (count: number) => (count === 1 ? 'speaker' : 'speakers'),
    VIEWER: (count: number) => (count === 1 ? 'viewer' : 'viewers'),
    all: (count: number) => (count === 1 ? 'person' : 'people'),
  },
  show: (count: number, who: string, place: string) => `${digits.format(count)} ${who}, ${place.toLocaleLowerCase()}: show`,
  search: (count: number) => `Search all ${digits.format(count)}`,
  elsewhere: 'Search for anyone, or choose a number above.',
}

export const people = {
  title: 'People',
  search: 'Search people',
  loading: 'Loading people',
  none: 'Nobody is here yet. People appear as soon as they accept their invitations.',
  noneFound: 'Nobody matches. Try fewer letters or another filter.',
  groups: { moderators: 'Hosts and moderators', speakers: 'Speakers', viewers: 'Viewers', away: 'Away', left: 'Left', out: 'Kept out' },
  whereLabel: 'Where people are',
  where: { inRoom: 'In the room', lobby: 'Lobby', waiting: 'Waiting', away: 'Away', left: 'Left', out: 'Kept out' },
  beforeStart: 'Waiting for the start',
  allRoles: 'All roles',
  ofRole,
  manages: 'Host, managing',
  youManage: 'You · Host, managing',
  looks: (count: number) => `Need a look · ${digits.format(count)}`,
  looksLabel: 'Need a look',
  moreLooks: (count: number) => `Show ${digits.format(count)} more`,
  notArrived: (role: string, online: boolean) => `Made ${role}, ${online ? 'has not seen it yet' : 'but is away'}`,
  connectionLost: (role: string) => `${role}, lost the connection`,
  waiting: (count: number) => `Waiting to enter · ${digits.format(count)}`,
  waitingLabel: 'Waiting to enter',
  paused: 'Writing is paused',
  pausedUntil: (time: string) => `Writing is paused until ${time}`,
  waitNow: (count: number) => `${many(count, 'person is', 'people are')} waiting to enter`,
  waitsFor: (time: string) => `waiting ${time}`,
  awayShort: 'away',
  admit: 'Admit',
  deny: 'Deny',
  select: (name: string) => `Select ${name}`,
  selectAll: 'Select all shown',
  selected: (count: number) => `${digits.format(count)} selected`,
  admitAll: ({ count, role, away }: Crowd & { away: number }) => `Admit all ${crowd({ count, role })}${away > 0 ? ` (${many(away, 'is', 'are')} away)` : ''}`,
  admitSome: (count: number) => `Admit ${digits.format(count)}`,
  denyAll: 'Deny all',
  denySome: (count: number) => `Deny ${digits.format(count)}`,
  admitTitle: (of: Crowd) => `Admit ${crowd(of, true)}?`,
  admitText: (away: number) => `They enter the room now.${away > 0 ? ` ${many(away, 'person is', 'people are')} away and will be in the room when they return.` : ''}`,
  denyTitle: (of: Crowd) => `Deny ${crowd(of, true)}?`,
  denyText: 'They do not enter the room. They can ask one more time.',
  admitNamed: (name: string) => `Admit ${name}`,
  denyNamed: (name: string) => `Deny ${name}`,
  admitted: (name: string) => `${name} was admitted`,
  denied: (name: string) => `${name} was not admitted`,
  admittedMany: (count: number) => `${many(count, 'person was', 'people were')} admitted`,
  deniedMany: (count: number) => `${many(count, 'person was', 'people were')} not admitted`,
  role: 'Role',
  roleOf: (name: string) => `Role of ${name}`,
  roleOfIs: (name: string, role: string) => `Role of ${name}: ${role}`,
  toldAtOnce: (name: string) => `${name} will be notified right away`,
  moreFor: (name: string) => `More for ${name}`,
  isNow: (name: string, role: string) => `${name} is now ${role}`,
  remove: 'Remove…',
  removeTitle: (name: string) => `Remove ${name}?`,
  removeText: 'They leave the room now. They can ask to enter again, and you decide.',
  removeConfirm: 'Remove',
  block: 'Remove and block…',
  blockTitle: (name: string) => `Remove and block ${name}?`,
  blockText: 'They leave the room now and cannot come back to this session with any link. A manager can unblock them.',
  blockConfirm: 'Remove and block',
  unblock: 'Unblock',
  unblocked: (name: string) => `${name} can ask to enter again`,
  delivered: 'Seen',
  underWay: 'On its way',
  later: 'Will apply when they return',
  away: 'Away',
  awayBefore: 'Away, has not entered yet',
  states: {
    COUNTDOWN: 'Waiting for the start',
    LOBBY: 'In the lobby',
    WAITING: 'Waiting to enter',
    IN_ROOM: 'In the room',
    LEFT: 'Left',
    DENIED: 'Not admitted',
    REMOVED: 'Removed',
    BLOCKED: 'Blocked',
  } satisfies Record<ParticipantState, string>,
}

export const summary = {
  title: 'Summary',
  session: 'Session',
  sessionIs: (at: string, state: string) => `${at} · ${state}`,
  loading: 'Loading the summary',
  gone: 'This session is no longer there.',
  came: 'Came',
  cameOf: (came: number, invited: number) => `${digits.format(came)} (${digits.format(invited)} invited)`,
  most: 'Most at once',
  average: 'Stayed on average',
  chat: 'Chat',
  backchannel: 'Backchannel',
  messages: (count: number) => many(count, 'message', 'messages'),
  questions: 'Questions',
  asked: (asked: number, answered: number) => (asked === 0 ? '0' : `${digits.format(asked)} (${digits.format(answered)} answered)`),
  polls: 'Polls',
  deletes: (day: string) => `Messages, questions and polls are deleted after ${day}.`,
  deleted: (day: string) => `Messages, questions and polls were deleted after ${day}.`,
  people: 'Who was there',
  search: 'Search who was there',
  nobody: 'Nobody came.',
  fromTo: (from: string, to: string) => `${from} – ${to}`,
  since: (from: string) => `Since ${from}`,
  inAll: (time: string, stays: number) => (stays === 1 ? time : `${time}, ${many(stays, 'stay', 'stays')}`),
  never: 'Was not in the room',
}

export const exporting = {
  open: 'Export…',
  title: 'Export this session',
  text: 'Hidden messages are marked. Deleted messages have no text. Other managers see that you exported.',
  what: 'What',
  contents: { ATTENDANCE: 'Who was there, and when', CHAT: 'Chat', BACKCHANNEL: 'Backchannel', QUESTIONS: 'Questions', INTERACTIONS: 'Polls and their results', ANSWERS: 'Answers to polls', HANDS: 'Raised hands, as they are now' },
  format: 'Format',
  formats: { CSV: 'CSV, for spreadsheets', NDJSON: 'NDJSON, for programs' },
  save: 'Save file',
  saved: 'File saved',
  tooMany: 'You have exported often within a minute, or another export is running. Wait a moment, then try again.',
  failed: 'The file could not be saved. Try again.',
}
