import type { SiteFailureKind } from '../graphql/generated/graphql'
import { digits, many } from './count'

// Texts of the pages for administrators, and of choosing a password.

export const password = {
  title: 'Choose a password',
  text: (name: string) => `For the account of ${name}. It signs you in here, and out everywhere else.`,
  field: 'New password',
  set: 'Set password',
  notValid: 'This link no longer works, or part of it is missing. Ask an administrator of this site for a new one.',
}

export const forgot = {
  ask: 'Forgot your password?',
  askAdmin: 'Forgot your password? Ask an administrator of this site for a link that sets a new one.',
  title: 'Forgot your password?',
  text: 'Enter the email address of your account. You get a link by which you choose a new password.',
  send: 'Email me a link',
  sent: (email: string) => `If ${email} has an account here, the email is on its way. The link works once, for 30 minutes.`,
  nothingCame: 'Nothing there after a few minutes? Check the spam folder, or ask an administrator of this site.',
  back: 'Back to signing in',
}

export const accounts = {
  title: 'People',
  loading: 'Loading people…',
  search: 'Search by name or email',
  show: 'Show',
  filters: { ALL: 'Everyone', ADMINS: 'Administrators', DISABLED: 'Disabled accounts' },
  add: 'Add a person',
  addIt: 'Add and create link',
  addAndSend: 'Add and send link',
  send: 'Email the person a link by which they choose a password',
  emailLink: 'Email a password link',
  emailed: (email: string) => `The email is on its way to ${email}. The link in it works for 7 days.`,
  notEmailed: 'No email was sent: you have sent too many today. Copy the link instead.',
  orCopy: 'You can also copy a link:',
  firstName: 'First name',
  lastName: 'Last name',
  enterName: 'Enter a first name.',
  enterEmail: 'Enter an email address.',
  admin: 'Administrator',
  adminNote: 'Sees every room, and manages people and the site’s rules.',
  disabled: 'Disabled',
  noPassword: 'No password',
  none: 'Nobody found',
  noneText: 'Try another name or the whole email address.',
  total: (n: number) => many(n, 'account', 'accounts'),
  found: (n: number, most: number) => (n < most ? `${n} found` : `The best ${n} matches. Type more to find others.`),
  previous: 'Previous',
  next: 'Next',
  seen: (when: string) => `seen ${when}`,
  neverSeen: 'never signed in',
  menuOf: (name: string) => `Actions for ${name}`,
  setUpLink: 'Create set-up link',
  resetPassword: 'Reset password',
  linkTitle: (name: string) => `Password link for ${name}`,
  linkText: (name: string, until: string) => `Copy it and send it to ${name}. It works once, until ${until}. You will not see it again.`,
  linkField: 'Link',
  appoint: 'Make administrator',
  appointed: (name: string) => `${name} is now an administrator`,
  dismiss: 'Remove as administrator',
  dismissTitle: (name: string) => `Remove ${name} as administrator?`,
  dismissText: 'They stay a member and are signed out everywhere.',
  dismissIt: 'Remove',
  dismissed: (name: string) => `${name} is no longer an administrator`,
  disable: 'Disable',
  disableTitle: (name: string) => `Disable the account of ${name}?`,
  disableText: 'They are signed out at once, and invitations to their address stop working until you enable the account again.',
  disableSelf: 'This is your own account: you are signed out at once.',
  disabledNow: (name: string) => `The account of ${name} is disabled`,
  enable: 'Enable',
  enabled: (name: string) => `The account of ${name} is enabled`,
  erase: 'Erase',
  eraseGuest: 'Erase a guest',
  eraseGuestNote: 'People who were only invited have no account. Erase them by their email address.',
  eraseTitle: (name: string) => `Erase ${name}?`,
  eraseText:
    'Names, addresses and messages of this person are removed everywhere, and their access ends at once. Rooms and counts stay. This cannot be undone. Backups that were made before still have them.',
  eraseConfirm: 'Enter the email address to erase',
  eraseOther: 'This is another address.',
  eraseUnknown: 'This site stores nothing about this address.',
  eraseIt: 'Erase for good',
  erased: (rooms: number) => `Erased. ${many(rooms, 'room', 'rooms')} named the person.`,
}

interface SiteFacts {
  version: string
  database: string
  databaseBytes: number
  ready: boolean
  accounts: number
  rooms: number
  openSessions: number
  workingLinks: number
  invitationsPerSession: number
}

export const site = {
  title: 'Site',
  pages: { rules: 'Rules', people: 'People', servers: 'Servers' },
  turnOffTitle: 'Turn off invitations for the whole site?',
  turnOffText: (links: number) => `${links === 1 ? '1 link stops' : `${links} links stop`} working until you turn them on again. People who are in a room stay.`,
  turnOff: 'Turn off',
  turnOn: 'Turn on',
  keepOn: 'Keep on',
  keepOff: 'Keep off',
  invitationsOff: 'Invitations are off. Nobody can invite, and no link works.',
  requireTitle: 'Require everyone to sign in?',
  requireText: 'People without an account here can no longer use their links. People who are in a room stay.',
  requireIt: 'Require sign-in',
  about: 'About',
  facts: (a: SiteFacts): [string, string][] => [
    ['Version', a.version],
    ['Database', `${a.database}, ${(a.databaseBytes / 1e6).toFixed(1)} MB`],
    ['Health', a.ready ? 'Ready' : 'The database does not answer'],
    ['Accounts', String(a.accounts)],
    ['Rooms', String(a.rooms)],
    ['Open sessions', String(a.openSessions)],
    ['Working links', String(a.workingLinks)],
    ['Invitations per session', `at most ${a.invitationsPerSession}`],
  ],
  adminsOnly: 'Only administrators see this page.',
  invitations: 'Invitations',
  invitationsNote: 'While this is off, nobody can invite and no link works.',
  requireSignIn: 'Sign-in required',
  requireSignInNote: 'Guests must sign in with the invited email address. Entering it isn’t enough.',
  moving: 'Moving devices',
  moveDevices: 'Guests can continue on another device',
  moveDevicesNote: 'They allow it on the device that has the place. While this is off, only the host can release a device.',
  codes: 'Mailbox codes',
  codesNote: 'Emails with links are forwarded. A code of six digits, sent when somebody opens the link, shows who reads the invited mailbox now.',
  codesFor: 'Who has to enter a code',
  codesOff: 'This site sends no emails, so nobody is asked for a code. Set a mail server first (smtp-url, mail-from).',
  proof: {
    NEVER: { name: 'Nobody', note: 'The link and the invited address are enough.' },
    MODERATORS: { name: 'Moderators', note: 'Speakers and viewers come in as before.' },
    SPEAKERS_AND_MODERATORS: { name: 'Speakers and moderators', note: 'Viewers come in as before.' },
    EVERYONE: { name: 'Everybody', note: 'Each guest opens their mailbox once. People who sign in with the invited address never need a code.' },
  },
  blocked: 'Blocked domains',
  blockedNote: 'Addresses of these domains cannot be invited or used to enter. A block always wins.',
  blockedEmpty: 'Nothing is blocked.',
  blockCatches: (domain: string) => `Blocks name@${domain} and name@anything.${domain}`,
  allowed: 'Allowed domains',
  allowedNote: 'Once you add a domain, only addresses of the listed domains can be invited.',
  allowedEmpty: 'Every domain is allowed.',
  allowCatches: (domain: string) => `Allows name@${domain} and name@anything.${domain}`,
  domain: 'Domain',
  enterDomain: 'Enter a domain, such as example.org.',
  domainThere: 'This domain is already in the list.',
  removeDomain: (domain: string) => `Remove ${domain}`,
}

interface ServerLoad {
  connections: number
  people: number
  rooms: number
  hintLagMilliseconds?: number | null
}

interface MailFacts {
  waiting: number
  oldest?: string | null
  lastSent?: string | null
  reply?: string | null
}

const failing: Record<SiteFailureKind, (server: string, since: string) => string> = {
  DATABASE: () => 'The database cannot be written to.',
  SERVER_SILENT: (server, since) => `${server} has sent no sign of life since ${since}. If it does not run, start it again. If it runs, it cannot reach the database.`,
  SERVER_DEAF: (server) => `${server} does not hear the other servers. People there see what happens elsewhere up to two seconds late.`,
  WORK_LATE: (server) => `${server} has not done its regular work for too long. Its log says why.`,
  MAIL: (_, since) => `The mail server cannot be used. The oldest email has waited since ${since}.`,
  TWO_VERSIONS: (_, since) => `Servers have run two versions since ${since}. Finish the upgrade.`,
}

export const servers = {
  title: 'Servers',
  loading: 'Loading servers…',
  well: 'Everything works',
  failing,
  readiness: 'What the server says',
  whatItSaid: 'What it said',
  count: (n: number) => many(n, 'server', 'servers'),
  silent: 'Silent',
  started: (version: string, when: string) => `${version}\u00a0· started ${when}`,
  alive: (when: string) => `alive ${when}`,
  silentSince: (at: string) => `silent since ${at}`,
  load: (s: ServerLoad) =>
    `${many(s.connections, 'connection', 'connections')}\u00a0· ${many(s.people, 'person', 'people')} in ${many(s.rooms, 'room', 'rooms')}${s.hintLagMilliseconds == null ? '' : `\u00a0· hints take ${digits.format(s.hintLagMilliseconds)}\u00a0ms`}`,
  busiest: 'Busiest rooms',
  nobody: 'Nobody is connected to a room.',
  people: (n: number) => many(n, 'person', 'people'),
  database: 'Database',
  databaseFacts: (d: { kind: string; bytes: number; migration: string }): [string, string][] => [
    ['Kind', d.kind],
    ['Size', `${digits.format(Math.round(d.bytes / 1e5) / 10)}\u00a0MB`],
    ['Newest migration', d.migration],
  ],
  email: 'Email',
  mailOff: 'This site sends no emails. Set a mail server to change that (smtp-url, mail-from).',
  mailFacts: (m: MailFacts): [string, string][] => [
    ['Waiting', digits.format(m.waiting)],
    ...(m.oldest ? ([['The oldest was asked for', m.oldest]] as [string, string][]) : []),
    ['Last sent', m.lastSent ?? 'Never'],
    ...(m.reply ? ([['The mail server said', m.reply]] as [string, string][]) : []),
  ],
}
