import { useServerNow } from '../graphql/clock'
import { t } from '../texts'
import { soundWorks } from '../ui/ring'
import { Mark } from '../ui/Empty'
import { Say } from '../ui/Text'
import { ago, exact, minute } from '../ui/time'
import { sentMessage } from './AskHost'
import { Of } from './Refusal'

interface AskedProps {
  token: string
  at: string | null | undefined
  roomTitle: string | null | undefined
  host: string | null | undefined
}

/** Shows what was asked, of whom and when. The page continues when the host answers. */
export default function Asked({ token, at, roomTitle, host }: AskedProps) {
  const now = useServerNow(minute)
  const message = sentMessage(token)
  // Browsers play no sound in a page that nobody has used, such as one that was loaded again.
  const sounds = soundWorks()
  return (
    <>
      <Mark icon="bell" />
      <div className="stack stack--tight">
        <div className="stack stack--tight" role="status">
          <Of room={roomTitle} host={host} />
          <h1>{t.link.asked(host ?? t.link.theHost)}</h1>
        </div>
        {at && (
          <p className="small soft">
            <Say
              text={t.link.sent}
              ago={
                <time dateTime={at} title={exact(at)}>
                  {ago(at, now)}
                </time>
              }
            />
          </p>
        )}
        {message && (
          <p className="lines" dir="auto">
            “{message}”
          </p>
        )}
        <p className="soft">
          {t.link.goesOn} {sounds && t.link.askedSound}
        </p>
        <p className="small soft">{host ? t.link.contactNamed(host) : t.link.contactHost}</p>
      </div>
    </>
  )
}
