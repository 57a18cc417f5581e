import { useNowNear } from '../graphql/clock'
import type { MailPartsFragment } from '../graphql/generated/graphql'
import { Status } from '../ui/Badge'
import { exact } from '../ui/time'
import { mailLine } from './mailLine'

/** Shows how far an email is, with the exact time on hover. */
export function MailStatus({ mail }: { mail: MailPartsFragment }) {
  const now = useNowNear(mail.sentAt ?? mail.nextTryAt)
  const { text, at, icon, tone } = mailLine(mail, now)
  return (
    <Status tone={tone} icon={icon}>
      {at ? <span title={exact(at)}>{text}</span> : text}
    </Status>
  )
}
