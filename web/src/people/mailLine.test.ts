import { describe, expect, it } from 'vitest'
import type { MailPartsFragment } from '../graphql/generated/graphql'
import { isOnItsWay, mailLine } from './mailLine'

const now = Date.parse('2026-11-27T12:00:00Z')
const mail: MailPartsFragment = { id: 'e_1', kind: 'INVITATION', state: 'WAITING', sentAt: null, nextTryAt: null, fault: null }

describe('an email', () => {
  it.each<[string, Partial<MailPartsFragment>, RegExp]>([
    ['that waits', {}, /^Waiting to be sent$/],
    ['that is delayed', { fault: 'MAILBOX_FULL', nextTryAt: '2026-11-27T12:05:00Z' }, /^Delayed: the mailbox is full · next try \d\d?:05\b/],
    ['that waits for the mail server', { fault: 'SITE' }, /^Delayed: the site’s mail server cannot be used$/],
    ['that was sent', { state: 'SENT', sentAt: '2026-11-27T11:58:00Z' }, /^Sent \d\d?:58\b/],
    ['that failed', { state: 'FAILED', fault: 'UNKNOWN_ADDRESS' }, /^Not delivered: unknown address$/],
    ['that was dropped', { state: 'DROPPED', fault: 'STOPPED' }, /^Not sent: the person wants no emails from this site$/],
    ['with a reason that only a newer server knows', { state: 'FAILED', fault: 'NEW' as never }, /^Not delivered: another reason$/],
    ['about a password', { kind: 'PASSWORD', state: 'FAILED', fault: 'REFUSED' }, /^Password link: not delivered: the mail server refuses it$/],
    ['about a new time', { kind: 'RESCHEDULED' }, /^New time: waiting to be sent$/],
  ])('%s says so', (_, of, words) => {
    expect(mailLine({ ...mail, ...of }, now).text).toMatch(words)
  })

  it('is on its way if it is the newest, has the link, and waits', () => {
    expect(isOnItsWay({ mails: [mail] })).toBe(true)
    expect(isOnItsWay({ mails: [{ ...mail, state: 'SENT' }, mail] })).toBe(false)
    expect(isOnItsWay({ mails: [{ ...mail, kind: 'RESCHEDULED' }] })).toBe(false)
    expect(isOnItsWay({ mails: [] })).toBe(false)
    expect(isOnItsWay({})).toBe(false)
  })
})
