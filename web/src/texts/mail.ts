import type { MailFault, MailKind } from '../graphql/generated/graphql'
import { many as counted } from './count'

// Texts of the emails that Usher sends.

const faults: Partial<Record<MailFault, string>> = {
  UNKNOWN_ADDRESS: 'unknown address',
  MAILBOX_FULL: 'the mailbox is full',
  REFUSED: 'the mail server refuses it',
  SITE: 'the site’s mail server cannot be used',
  TOO_LATE: 'it could not be sent in time',
  TOO_MANY: 'too many emails in 24 hours',
  STOPPED: 'the person wants no emails from this site',
  NOT_NEEDED: 'no longer needed',
}

const kinds: Partial<Record<MailKind, string>> = {
  RESCHEDULED: 'New time',
  CANCELLED: 'Cancellation',
  WITHDRAWN: 'Revocation',
  CODE: 'Code',
  PASSWORD: 'Password link',
}

export const mail = {
  now: 'Send the link by email now',
  repliesTo: (address: string) => `Replies go to ${address}`,
  invite: 'Send invitation',
  onItsWay: 'The email is on its way',
  onItsWayTo: (address: string) => `The email is on its way to ${address}`,
  manyOnTheirWay: (count: number) => `${counted(count, 'email is', 'emails are')} on the way`,
  manyNotSent: (count: number) => `${counted(count, 'email is', 'emails are')} not sent. The list of invitations says why.`,
  skipped: 'Not sent: an email went out a minute ago, there were too many today, or the person wants none.',
  language: 'Language of the email',
  lastLanguage: 'As in the last email of this room',
  languages: { EN: 'English', DE: 'German' },
  remind: (count: number) => `Remind ${counted(count, 'person', 'people')} who ${count === 1 ? 'has' : 'have'} not joined`,
  remindTitle: (count: number) => `Email the link again to ${counted(count, 'person', 'people')}?`,
  remindText: 'Everybody who has not joined gets one email with their link. Who got one within the last minute, or wants none, gets none.',
  remindThem: 'Send emails',
  reminded: (sent: number, skipped: number) => `${counted(sent, 'email is', 'emails are')} on the way${skipped > 0 ? `, ${skipped} not sent: an email went out a minute ago, or there were too many today` : ''}`,
  notify: 'Email this to those who got an invitation by email',
  notifyOne: 'Email this to the person',
  send: 'Send by email',
  again: 'Send again',
  waiting: 'Waiting to be sent',
  delayed: (why: string) => `Delayed: ${why}`,
  delayedUntil: (why: string, time: string) => `Delayed: ${why} · next try ${time}`,
  sent: (time: string) => `Sent ${time}`,
  failed: (why: string) => `Not delivered: ${why}`,
  returned: (why: string) => `Came back: ${why}`,
  dropped: (why: string) => `Not sent: ${why}`,
  about: (kind: string, state: string) => `${kind}: ${state.charAt(0).toLowerCase()}${state.slice(1)}`,
  faults,
  otherFault: 'another reason',
  kinds,
}
