import type { Capability, ProblemCode, RoomRole } from '../graphql/generated/graphql'
import { many } from './count'

// What an invitee's first page may say, and what all pages share.

export const brand = 'Usher'
export const loading = 'One moment…'
export const optional = 'optional'
export const email = 'Email address'
export const cancel = 'Cancel'
export const close = 'Close'
export const undo = 'Undo'
export const reload = 'Load the page again'
export const tryAgain = 'Try again'
export const copyLink = 'Copy link'
export const copied = 'Copied'
export const copyByHand = 'This browser does not let pages copy. Select the text and copy it by hand.'
export const skip = 'Skip to the page'
export const yourTime = 'your time'
export const inZone = (place: string) => `in ${place}`
export const inRoomZone = (place: string) => `in ${place}, the room’s time`
export const connectionLost = 'Connection lost. Trying again… you keep your place.'
export const units = { days: 'days', hours: 'hours', minutes: 'minutes', seconds: 'seconds' }
export const roles: Record<RoomRole, string> = { VIEWER: 'Viewer', SPEAKER: 'Speaker', MODERATOR: 'Moderator' }

export const capabilities: Record<Capability, string> = {
  CHAT: 'Chat',
  ANSWER_INTERACTIONS: 'Answer interactions',
  ASK_QUESTIONS: 'Ask questions',
  ANSWER_QUESTIONS: 'Answer questions',
  BACKCHANNEL: 'Backchannel',
  INITIATE_INTERACTIONS: 'Initiate interactions',
  ADMIT_PARTICIPANTS: 'Let people in',
  REMOVE_PARTICIPANTS: 'Remove people',
}

export const refusals: Partial<Record<ProblemCode, { title: string; text: string }>> & { other: { title: string; text: string } } = {
  LINK_NOT_VALID: { title: 'This link is not valid', text: 'Part of it may be missing. Copy the whole link from the message you got and paste it here.' },
  LINK_REPLACED: { title: 'There is a newer link', text: 'The host made a new link for you, so this one no longer works. Look for their latest message.' },
  LINK_EXPIRED: { title: 'This link has expired', text: 'The host can make it work again.' },
  INVITATION_REVOKED: { title: 'This invitation was taken back', text: 'The host has withdrawn it, so the link no longer works.' },
  USED_ON_OTHER_DEVICE: { title: 'This link is in use on another device', text: 'A link works on one device only, and this one was used on another. The host can free it for this one.' },
  TOO_MANY_ATTEMPTS: { title: 'Too many tries', text: 'The address did not match several times, so there is a pause of 15 minutes. You can try again after it.' },
  EMAIL_DOMAIN_BLOCKED: { title: 'This address cannot be used here', text: 'The site does not take invitations to this kind of address.' },
  ROOM_DELETED: { title: 'This room is gone', text: 'The host has deleted it.' },
  ROOM_NOT_AVAILABLE: { title: 'The room is closed just now', text: 'The host or the site has switched invitations off. The link works again when they are on.' },
  SESSION_CANCELLED: { title: 'The session was cancelled', text: 'It will not take place.' },
  SESSION_ENDED: { title: 'The session has ended', text: 'The host may open it again within a day.' },
  SESSION_NOT_OPEN: { title: 'Nothing is planned yet', text: 'The host has not planned the next session.' },
  ENTRY_DENIED: { title: 'The host did not let you in', text: 'You have asked twice, so asking again here is not possible.' },
  PARTICIPANT_BLOCKED: { title: 'You cannot come in any more', text: 'The host has removed you from this session.' },
  ACCOUNT_DISABLED: { title: 'Your account is disabled', text: 'It was disabled on this site, and invitations to its address do not work until it is enabled again.' },
  SIGN_IN_REQUIRED: { title: 'Sign in to go on', text: 'This site asks everyone to sign in with the address that was invited.' },
  other: { title: 'That did not work', text: 'Try again in a moment.' },
}
export const notFound = { title: 'Nothing is here', text: 'The address may be mistyped, or what was here is gone.' }

export const errors = {
  email: 'That is no email address yet. Check it for a missing part.',
  network: 'The server cannot be reached. Check the connection; what you typed is kept.',
  server: 'Something went wrong on the server. Try again in a moment.',
  busy: 'The server cannot save anything just now. Try again in a minute.',
  forbidden: 'You may not do this here. Ask an owner of the room.',
  notFound: 'This is gone. Load the page again to see what is there.',
  signedOut: 'You are signed out. Sign in and try again.',
  rate: (seconds: number) => `Too many requests. Try again in ${many(Math.ceil(seconds / 60), 'minute', 'minutes')}.`,
}

export const signIn = {
  title: 'Sign in',
  out: 'Sign out',
  password: 'Password',
  refused: 'Email and password do not match. Try again, or ask an administrator for a new password.',
  invited: 'Invited to a session? Open the link you were sent: you need no account.',
}

export const link = {
  pageTitle: 'Your invitation',
  foot: 'Usher · You need no account',
  opening: 'Opening your invitation…',
  noLink: 'Open your link',
  noLinkText: 'Copy the whole link from the message you got and paste it here.',
  yourLink: 'Your link',
  newestLink: 'Your newest link',
  linkExample: (origin: string) => `${origin}/join#…`,
  open: 'Open',
  pasteEmpty: 'Paste the whole link. It ends in a long row of letters and digits.',
  invites: '{host} invites you as {role} to',
  invited: 'You are invited as {role} to',
  startsIn: 'Starts in',
  startsInMinutes: (minutes: 10 | 5 | 1 | 0) => (minutes === 0 ? 'The session is about to start' : `The session starts in ${many(minutes, 'minute', 'minutes')}`),
  notOpenedYet: 'The host has not opened the session yet',
  plannedFor: 'It was planned for {time}, {ago}',
  yourEmail: 'Your email address',
  emailHint: 'The one the invitation was made for. The link then belongs to this device.',
  continue: 'Continue',
  continueAs: 'Continue as {name}',
  otherAddress: 'Use another address',
  switchAccount: 'Sign in with another account',
  signInInstead: 'I have an account here',
  otherEmail: 'The invitation is for another address. Try the one you were invited with.',
  otherEmailLeft: (tries: number) => `The invitation is for another address. Try the one you were invited with; ${many(tries, 'try', 'tries')} left.`,
  youAreIn: 'You are in, {name}.',
  leaveOpen: 'You can leave this page open: it goes on by itself when the host opens the session.',
  thisDevice: 'This device holds your place. Other tabs here work too.',
  addToCalendar: 'Add to calendar',
  asRole: (role: string) => `As ${role} you can`,
  sessionOpen: 'The session is open',
  youLeft: 'You have left; come back whenever you like',
  roleInvitedBy: '{role} · invited by {host}',
  enterAs: (role: string) => `Enter as ${role}`,
  oneByOne: 'The host lets people in one by one.',
  willLetYouIn: 'The host will let you in',
  placeInQueue: (place: number) => `You are number ${place} in the queue for {room}.`,
  waitsFor: 'You are in the queue for {room}.',
  place: (place: number) => `You are number ${place} in the queue`,
  yourPlace: 'Your place',
  waitingFor: (time: string) => `waiting for ${time}`,
  waitingBriefly: 'waiting for less than a minute',
  keepsPlace: 'This page goes on by itself. If you close it, open the room again and you keep your place.',
  keepsPlaceGuest: 'This page goes on by itself. If you close it, open your link again and you keep your place.',
  denied: { title: 'The host did not let you in', text: 'You can ask once more. If you think this is a mistake, write to the person who invited you.' },
  removed: { title: 'You were taken out of the room', text: 'You can ask to come in again; the host decides.' },
  askAgain: 'Ask to come in again',
  askHost: 'Ask the host',
  wordToHost: 'A word to the host',
  asked: 'The host has been asked',
  askedText: 'You can leave this page open. It goes on by itself as soon as they answer.',
  askedTooOften: 'The host was asked three times within an hour. Wait an hour before you ask again, or write to the person who invited you.',
  expiredAt: (time: string) => `It worked until ${time}. The host can make it work again.`,
  retryIn: (time: string) => `You can try again in ${time}.`,
  retryNow: 'You can try again now.',
  goesOn: 'This page goes on by itself when that changes.',
  contactHost: 'Questions? Write to the person who sent you the link.',
  contactNamed: (host: string) => `Questions? Write to ${host}, who invited you.`,
  contactAdmin: 'An administrator of this site can change it.',
  embedded: 'This app’s own browser may lose your place.',
  copyForBrowser: 'Copy link for your browser',
  storageBlocked: {
    title: 'This browser keeps nothing for this page',
    text: 'Your place would be lost at once, so nothing is sent from here. Allow cookies for this site, or open the link in a tab of its own or in another browser.',
  },
  ownTab: 'Open in a tab of its own',
}
