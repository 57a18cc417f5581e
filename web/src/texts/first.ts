import type { Capability, ProblemCode, RoomRole } from '../graphql/generated/graphql'
import { digits, many } from './count'

// Texts of an invitee's first page, and of all pages.

/** The language of these texts, and the form of it if the browser names none. */
export const language = 'en'
export const region = 'en-GB'

export const brand = 'Usher'
export const loading = 'One moment…'
export const optional = 'optional'
export const email = 'Email address'
export const cancel = 'Cancel'
export const close = 'Close'
export const undo = 'Undo'
export const discardTyped = 'Discard what you typed?'
export const discard = 'Discard'
export const keepTyping = 'Keep typing'
export const reload = 'Reload'
export const otherLanguage = 'You chose another language in another tab.'
export const toStart = 'Go to the start page'
export const tryAgain = 'Try again'
export const copyLink = 'Copy link'
export const copied = 'Copied'
export const copyByHand = 'This browser blocks copying. Select the text and copy it yourself.'
export const display = 'Display and sound'
export const skip = 'Skip to the page'
export const yourTime = 'your time'
export const justNow = 'just now'
export const tooLong = (limit: number, over: number) => `At most ${digits.format(limit)} characters. This is ${digits.format(over)} too many.`
export const inZone = (place: string) => `in ${place}`
export const inRoomZone = (place: string) => `in ${place}, the room’s time`
export const connection = {
  lost: 'Reconnecting… Your place is kept.',
  held: 'This network holds live updates back. This page looks for changes every 20 seconds.',
}
export const units = { days: 'days', hours: 'hours', minutes: 'minutes', seconds: 'seconds' }
export const roles: Record<RoomRole, string> = { VIEWER: 'Viewer', SPEAKER: 'Speaker', MODERATOR: 'Moderator' }

export const capabilities: Record<Capability, string> = {
  CHAT: 'Chat',
  ANSWER_INTERACTIONS: 'Answer polls',
  ASK_QUESTIONS: 'Ask questions',
  ANSWER_QUESTIONS: 'Answer questions',
  BACKCHANNEL: 'Backchannel',
  INITIATE_INTERACTIONS: 'Start polls',
  ADMIT_PARTICIPANTS: 'Let people in',
  REMOVE_PARTICIPANTS: 'Remove people',
  MODERATE: 'Moderate the chat',
}

export const refusals: Partial<Record<ProblemCode, { title: string; text: string }>> & { other: { title: string; text: string } } = {
  LINK_NOT_VALID: { title: 'This link is not valid', text: 'Part of it may be missing. Copy the whole link from the message and paste it here.' },
  LINK_REPLACED: { title: 'There is a newer link', text: 'You were sent a newer link, so this one no longer works. Look for the latest message to you.' },
  LINK_EXPIRED: { title: 'This link has expired', text: 'The host can extend it.' },
  INVITATION_REVOKED: { title: 'This invitation was withdrawn', text: 'The link no longer works.' },
  USED_ON_OTHER_DEVICE: { title: 'This link belongs to another device', text: 'A link works on one device only: the first one that uses it. The host can move it to this device.' },
  TOO_MANY_ATTEMPTS: { title: 'Too many attempts', text: 'The email address was wrong several times.' },
  EMAIL_DOMAIN_BLOCKED: { title: 'This email address cannot be used here', text: 'This site does not allow its email domain.' },
  ROOM_DELETED: { title: 'This room no longer exists', text: 'The host has deleted it.' },
  ROOM_NOT_AVAILABLE: { title: 'The room is not available right now', text: 'The host or the site has turned invitations off. Your link works again when they are on.' },
  SESSION_CANCELLED: { title: 'The session was cancelled', text: 'It will not take place.' },
  SESSION_ENDED: { title: 'The session has ended', text: 'The host can open it again within a day.' },
  SESSION_NOT_OPEN: { title: 'No session is planned yet', text: 'The host has not planned the next session.' },
  ENTRY_DENIED: { title: 'You were not let in', text: 'You have asked twice, so you cannot ask again.' },
  PARTICIPANT_BLOCKED: { title: 'You were removed from this session', text: 'You can no longer enter it.' },
  ACCOUNT_DISABLED: { title: 'Your account is disabled', text: 'Invitations to its email address do not work until the account is enabled again.' },
  SIGN_IN_REQUIRED: { title: 'Sign in to continue', text: 'This site asks guests to sign in with the invited email address.' },
  other: { title: 'That did not work', text: 'Try again in a moment.' },
}
export const notFound = { title: 'Page not found', text: 'The address may be mistyped, or the page no longer exists.' }


// Texts of a page that failed.
export const failed = {
  fault: { title: 'This page stopped working', text: 'Something went wrong in Usher. Reload the page. You keep your place.' },
  panel: { title: 'This part stopped working', text: 'The rest of the page still works. Try again, or reload the page.' },
  updated: { title: 'Usher was updated', text: 'Reload the page to get the new version. You keep your place.' },
  unreachable: { title: 'The server cannot be reached', text: 'Check your connection, then reload the page. You keep your place.' },
}

export const errors = {
  network: 'The server cannot be reached. Check your connection. Your input is kept.',
  server: 'Something went wrong. Try again.',
  busy: 'The server is not available right now. Try again in a minute.',
  forbidden: 'You do not have permission to do this. Ask an owner of the room.',
  notFound: 'This no longer exists. Reload the page.',
  signedOut: 'You are signed out. Sign in and try again.',
  rate: (seconds: number) => `Too many requests. Try again in ${many(Math.ceil(seconds / 60), 'minute', 'minutes')}.`,
}

export const signIn = {
  title: 'Sign in',
  out: 'Sign out',
  password: 'Password',
  refused: 'The email address or password is wrong. Try again, or ask an administrator for a new password.',
  enterEmail: 'Enter your email address.',
  enterPassword: 'Enter your password.',
  noAccount: 'No account here yet. Open the set-up link in the terminal (valid for 30 minutes), or restart Usher for a new one.',
  invited: 'Invited to a session? Open your link. You don’t need an account.',
}

export const link = {
  pageTitle: 'Your invitation',
  noAccount: 'Usher · No account needed',
  opening: 'Opening your invitation…',
  noLink: 'Open your invitation',
  noLinkText: 'Open the link that you were sent, or paste it here.',
  yourLink: 'Your link',
  newestLink: 'Your newest link',
  linkExample: (origin: string) => `${origin}/join#…`,
  open: 'Open',
  pasteEmpty: 'Paste the whole link. It ends in a long row of letters and digits.',
  pasteTooLong: 'This text is too long. Paste only the link.',
  pasteReplaced: 'This link was replaced. Paste the newest one that you were sent.',
  invites: {
    VIEWER: '{host} invited you to',
    SPEAKER: '{host} invited you to speak at',
    MODERATOR: '{host} invited you to moderate',
  } satisfies Record<RoomRole, string>,
  invited: 'You are invited as {role} to',
  sessionOpen: 'The session is open',
  isLive: (title: string) => `${title} is live.`,
  liveTitle: (title: string) => `▶ ${title} is live`,
  startsIn: 'Starts in',
  startsInMinutes: (minutes: 10 | 5 | 1 | 0) => (minutes === 0 ? 'The session is about to start' : `The session starts in ${many(minutes, 'minute', 'minutes')}`),
  notStarted: (host: string | null) => (host ? `${host} hasn’t started the session yet` : 'The session hasn’t started yet'),
  plannedFor: 'Planned for {time}',
  yourEmail: 'Your email address',
  emailHint: 'Use the email address you were invited with. The link will then work on this device only.',
  continue: 'Continue',
  continueAs: 'Continue as {name}',
  otherAddress: 'Use another address',
  switchAccount: 'Switch account',
  signInInstead: 'I have an account here',
  signInFirst: 'This site asks guests to sign in.',
  noAccountAsk: (host: string) => `No account? Ask ${host}.`,
  otherAccount: 'You’re signed in as {email}. This invitation is for another address.',
  otherEmail: 'The invitation is for another email address. Try the invited one.',
  otherEmailLeft: (tries: number) => `The invitation is for another email address. Try the invited one. You have ${many(tries, 'attempt', 'attempts')} left.`,
  asRole: (role: string) => `As a ${role}, you can`,
  askHost: 'Ask the host',
  askNamed: (host: string) => `Ask ${host}`,
  wordToHost: 'Message to the host',
  theHost: 'the host',
  invitedTo: '{room} · {host}',
  asked: (host: string) => `Request sent to ${host}`,
  sent: 'Sent {ago}',
  askedSound: 'You’ll hear a sound when the answer comes.',
  answered: 'The host has answered. You can continue.',
  askedTooOften: 'You have asked the host three times within an hour. Wait an hour, or write to the person who invited you.',
  expiredAt: (time: string) => `It expired on ${time}. The host can extend it.`,
  retryIn: (time: string) => `You can try again in ${time}.`,
  retryNow: 'You can try again now.',
  goesOn: 'This page updates automatically.',
  contactHost: 'Questions? Write to the person who sent you the link.',
  contactNamed: (host: string) => `Questions? Contact ${host}.`,
  contactAdmin: 'An administrator of this site can change this.',
  released: { title: 'Your link can move to another device', text: 'Open it on the device that you want to use. It will then work on that device only.' },
  embedded: 'This app’s built-in browser may lose your place.',
  copyForBrowser: 'Copy link for your browser',
  storageBlocked: {
    title: 'This browser stores nothing for this page',
    text: 'You would lose your place at once, so this page sends nothing. Allow cookies for this site, or open the link in a new tab or another browser.',
  },
  ownTab: 'Open in a new tab',
}
