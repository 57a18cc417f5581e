import { type FormEvent, type ReactNode, useState } from 'react'
import { Link, useNavigate } from 'react-router'
import { useMutation } from 'urql'
import { AskHostDocument, type LinkPartsFragment, type NextStep, type ProblemCode } from '../graphql/generated/graphql'
import { unexpected } from '../graphql/problem'
import { useServerNow } from '../graphql/clock'
import { t } from '../texts'
import { Button, buttonClass } from '../ui/Button'
import { Mark } from '../ui/Empty'
import { TextField } from '../ui/Field'
import type { IconName } from '../ui/Icon'
import { Name } from '../ui/Text'
import { dayAndClock, span } from '../ui/time'
import { keepToken, tokenIn } from './token'

export interface Refused {
  code: ProblemCode
  message?: string
  nextSteps: NextStep[]
  retryAt?: string | null
}

interface RefusalProps {
  problem: Refused
  /** What the link shows of its room. */
  link?: Pick<LinkPartsFragment, 'invitedBy' | 'expiresAt' | 'roomTitle'> | null
  /** The link whose host can be asked. */
  token?: string | null
  onAsked?: (link: LinkPartsFragment) => void
  /** Returns to the email field. */
  onTryOther?: () => void
  /** More actions. */
  children?: ReactNode
}

const looks: Partial<Record<ProblemCode, [IconName, 'wait' | 'danger' | undefined]>> = {
  LINK_NOT_VALID: ['unlink', 'danger'],
  LINK_REPLACED: ['refresh', 'wait'],
  LINK_EXPIRED: ['clock', 'wait'],
  INVITATION_REVOKED: ['unlink', 'danger'],
  USED_ON_OTHER_DEVICE: ['device', 'wait'],
  TOO_MANY_ATTEMPTS: ['hour', 'wait'],
  EMAIL_DOMAIN_BLOCKED: ['mail', 'danger'],
  ROOM_DELETED: ['trash', 'danger'],
  ROOM_NOT_AVAILABLE: ['door', 'wait'],
  SESSION_CANCELLED: ['calendar', 'danger'],
  SESSION_ENDED: ['clock', undefined],
  SESSION_NOT_OPEN: ['hour', 'wait'],
  ENTRY_DENIED: ['door', 'danger'],
  PARTICIPANT_BLOCKED: ['shield', 'danger'],
  ACCOUNT_DISABLED: ['lock', 'danger'],
  SIGN_IN_REQUIRED: ['lock', 'wait'],
}

/** Shows what happened in one sentence, then the next steps that the server offers. */
export function Refusal({ problem, link, token, onAsked, onTryOther, children }: RefusalProps) {
  const [icon, tone] = looks[problem.code] ?? ['alert', 'wait']
  const words = t.refusals[problem.code]
  const steps = problem.nextSteps
  const expired = problem.code === 'LINK_EXPIRED' && link?.expiresAt
  return (
    <>
      <Mark icon={icon} tone={tone} />
      <div className="stack stack--tight">
        {link?.roomTitle && (
          <p className="small soft">
            <Name>{link.roomTitle}</Name>
          </p>
        )}
        <h1>{words?.title ?? t.refusals.other.title}</h1>
        <p className="soft">{expired ? t.link.expiredAt(dayAndClock(expired)) : (words?.text ?? problem.message ?? t.refusals.other.text)}</p>
      </div>
      {problem.retryAt && <Retry at={problem.retryAt} />}
      {(steps.includes('PASTE_WHOLE_LINK') || steps.includes('USE_NEWEST_LINK')) && <PasteLink newest={steps.includes('USE_NEWEST_LINK')} quiet={steps.includes('ASK_HOST')} />}
      {steps.includes('ASK_HOST') && token && <AskHost token={token} onAsked={onAsked} />}
      <div className="stack stack--tight full">
        {steps.includes('SIGN_IN') && (
          <Link className={buttonClass('primary', 'large', true)} to="/sign-in?next=/join">
            {t.signIn.title}
          </Link>
        )}
        {steps.includes('TRY_OTHER_EMAIL') && onTryOther && (
          <Button size="large" wide onClick={onTryOther}>
            {t.link.otherAddress}
          </Button>
        )}
        {steps.includes('SWITCH_ACCOUNT') && (
          <Link className={buttonClass(undefined, 'large', true)} to="/sign-in?next=/join">
            {t.link.switchAccount}
          </Link>
        )}
        {steps.includes('RELOAD') && (
          <Button size="large" wide onClick={() => location.reload()}>
            {t.reload}
          </Button>
        )}
        {children}
        {steps.includes('WAIT') && <p className="small soft">{t.link.goesOn}</p>}
        {steps.includes('CONTACT_HOST') && <p className="small soft">{link?.invitedBy ? t.link.contactNamed(link.invitedBy) : t.link.contactHost}</p>}
        {steps.includes('CONTACT_ADMIN') && <p className="small soft">{t.link.contactAdmin}</p>}
      </div>
    </>
  )
}

function Retry({ at }: { at: string }) {
  const rest = Date.parse(at) - useServerNow(1000)
  return (
    <p className="small soft" role="timer" aria-live="off">
      {rest > 0 ? t.link.retryIn(span(rest)) : t.link.retryNow}
    </p>
  )
}

/** A form to paste a whole link, for one that was cut and for the newest of several. */
export function PasteLink({ newest, quiet }: { newest?: boolean; quiet?: boolean }) {
  const navigate = useNavigate()
  const [text, setText] = useState('')
  const [error, setError] = useState<string | null>(null)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const token = tokenIn(text)
    if (!token) return setError(t.link.pasteEmpty)
    keepToken(token)
    void navigate('/join', { replace: true })
  }
  return (
    <form className="stack full" noValidate onSubmit={submit}>
      <TextField
        label={newest ? t.link.newestLink : t.link.yourLink}
        placeholder={t.link.linkExample(location.origin)}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        value={text}
        error={error}
        onChange={(event) => setText(event.target.value)}
      />
      <Button type="submit" kind={quiet ? undefined : 'primary'} size="large" wide>
        {t.link.open}
      </Button>
    </form>
  )
}

function AskHost({ token, onAsked }: { token: string; onAsked?: (link: LinkPartsFragment) => void }) {
  const [{ fetching }, ask] = useMutation(AskHostDocument)
  const [message, setMessage] = useState('')
  const [fault, setFault] = useState<string | null>(null)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const result = await ask({ input: { token, message: message.trim() || undefined } })
    const answer = result.data?.askHost
    if (answer?.__typename === 'AskHostSuccess') return onAsked?.(answer.link)
    setFault(answer?.__typename === 'Problem' ? (answer.code === 'TOO_MANY_ATTEMPTS' ? t.link.askedTooOften : answer.message) : unexpected(result.error))
  }
  return (
    <form className="stack full" noValidate onSubmit={(event) => void submit(event)}>
      <TextField label={t.link.wordToHost} optional maxLength={280} value={message} error={fault} onChange={(event) => setMessage(event.target.value)} autoComplete="off" />
      <Button type="submit" kind="primary" size="large" wide busy={fetching}>
        {t.link.askHost}
      </Button>
    </form>
  )
}

/** Shows that the host was asked. The page continues when the host acts. */
export function Asked() {
  return (
    <>
      <Mark icon="bell" />
      <div className="stack stack--tight" role="status">
        <h1>{t.link.asked}</h1>
        <p className="soft">{t.link.askedText}</p>
      </div>
    </>
  )
}
