import type { MailPartsFragment } from '../graphql/generated/graphql'
import { t } from '../texts'
import type { IconName } from '../ui/Icon'
import { clockNear } from '../ui/time'

interface MailLine {
  text: string
  at?: string | null
  icon: IconName
  tone?: 'wait' | 'danger'
}

/** Returns how far an email is, in words. One that is not about the link says what it is about. */
export function mailLine({ kind, state, sentAt, nextTryAt, fault }: MailPartsFragment, now: number): MailLine {
  const words = t.mail
  const about = words.kinds[kind]
  const say = (text: string) => (about ? words.about(about, text) : text)
  const why = (fault && words.faults[fault]) ?? words.otherFault
  switch (state) {
    case 'WAITING':
      if (!fault) return { text: say(words.waiting), icon: 'hour' }
      return { text: say(nextTryAt ? words.delayedUntil(why, clockNear(nextTryAt, now)) : words.delayed(why)), at: nextTryAt, icon: 'hour', tone: 'wait' }
    case 'SENT':
      return { text: say(words.sent(sentAt ? clockNear(sentAt, now) : '')).trim(), at: sentAt, icon: 'mail' }
    case 'FAILED':
      return { text: say(words.failed(why)), icon: 'alert', tone: 'danger' }
    case 'RETURNED':
      return { text: say(words.returned(why)), icon: 'alert', tone: 'danger' }
    case 'DROPPED':
      return { text: say(words.dropped(why)), icon: 'alert', tone: fault === 'NOT_NEEDED' ? undefined : 'wait' }
  }
}

/** Reports whether the link of an invitation is on its way by email. */
export const isOnItsWay = ({ mails }: { mails?: MailPartsFragment[] | null }) => mails?.[0]?.kind === 'INVITATION' && mails[0].state === 'WAITING'
