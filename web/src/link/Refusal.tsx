import { type FormEvent, type ReactNode, Suspense, useState } from 'react'
import { Link, useNavigate } from 'react-router'
import { useClient } from 'urql'
import { askFresh } from '../graphql/fresh'
import { LinkLookDocument, type LinkPartsFragment, type NextStep, type ProblemCode } from '../graphql/generated/graphql'
import { errorCode, unexpected } from '../graphql/problem'
import { useServerNow } from '../graphql/clock'
import { t } from '../texts'
import { Button, buttonClass } from '../ui/Button'
import { Mark } from '../ui/Empty'
import { TextField } from '../ui/Field'
import type { IconName } from '../ui/Icon'
import { part } from '../shell/part'
import { Name, Say } from '../ui/Text'
import { dayAndClock, span } from '../ui/time'
import type { Moved } from './MoveHere'
import { keepToken } from './token'

// Few people ask the host, so the first page does not load it.
const AskHost = part(() => import('./AskHost'))
const MoveHere = part(() => import('./MoveHere'))
const MoveByCode = part(() => import('./MoveByCode'))

export interface Refused {
  code: ProblemCode
  message?: string
  /** Words for what no code says. */
  words?: { title: string; text: string }
  nextSteps: NextStep[]
  retryAt?: string | null
}

interface RefusalProps {
  problem: Refused
  /** What the link shows of its room. */
  link?: Partial<Pick<LinkPartsFragment, 'invitedBy' | 'expiresAt' | 'roomTitle' | 'matchesAccount' | 'codeFailed'>> | null
  /** The link whose host can be asked. */
  token?: string | null
  onAsked?: (link: LinkPartsFragment) => void
  /** Continues with the place that another device gave to this one. */
  onMoved?: Moved
  /** Tells whether the other device has to answer. */
  onWaiting?: (waits: boolean) => void
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
export function Refusal({ problem, link, token, onAsked, onMoved, onWaiting, onTryOther, children }: RefusalProps) {
  const [icon, tone] = looks[problem.code] ?? ['alert', 'wait']
  const words = problem.words ?? t.refusals[problem.code]
  const steps = problem.nextSteps
  const expired = problem.code === 'LINK_EXPIRED' && link?.expiresAt
  return (
    <>
      <Mark icon={icon} tone={tone} />
      <div className="stack stack--tight">
        <Of room={link?.roomTitle} host={link?.invitedBy} />
        <h1>{words?.title ?? t.refusals.other.title}</h1>
        <p className="soft">{expired ? t.link.expiredAt(dayAndClock(expired)) : (words?.text ?? problem.message ?? t.refusals.other.text)}</p>
      </div>
      {problem.retryAt && <Retry at={problem.retryAt} />}
      {(steps.includes('PASTE_WHOLE_LINK') || steps.includes('USE_NEWEST_LINK')) && <PasteLink newest={steps.includes('USE_NEWEST_LINK')} quiet={steps.includes('ASK_HOST')} />}
      {steps.includes('MOVE_HERE') && onMoved && (
        <Suspense fallback={null}>
          <MoveHere token={token} onMoved={onMoved} onWaiting={onWaiting} />
        </Suspense>
      )}
      {steps.includes('MOVE_HERE') && steps.includes('SEND_CODE') && onMoved && token && (
        <Suspense fallback={null}>
          <MoveByCode token={token} link={link ?? {}} onMoved={onMoved} />
        </Suspense>
      )}
      {steps.includes('ASK_HOST') && token && (
        <Suspense fallback={null}>
          <AskHost token={token} host={link?.invitedBy} onAsked={onAsked} />
        </Suspense>
      )}
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

/** Names the room and the host, as far as the page knows them. */
export function Of({ room, host }: { room: string | null | undefined; host: string | null | undefined }) {
  if (!room) return null
  return (
    <p className="small soft">
      {host ? <Say text={t.link.invitedTo} room={<Name>{room}</Name>} host={<Name>{host}</Name>} /> : <Name>{room}</Name>}
    </p>
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

/** A form to paste a whole link, for one that was cut and for the newest of several. The server finds the link in what is pasted. */
export function PasteLink({ newest, quiet }: { newest?: boolean; quiet?: boolean }) {
  const navigate = useNavigate()
  const client = useClient()
  const [text, setText] = useState('')
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string | null>(null)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (busy) return
    if (!text.trim()) return setError(t.link.pasteEmpty)
    setBusy(true)
    const { data, error: fault } = await askFresh(client, LinkLookDocument, { token: text })
    setBusy(false)
    const problem = data?.invitationLink.problem
    if (!data) return setError(errorCode(fault) === 'BAD_USER_INPUT' ? t.link.pasteTooLong : unexpected(fault))
    if (problem?.code === 'LINK_NOT_VALID') return setError(problem.message)
    if (problem?.code === 'LINK_REPLACED') return setError(t.link.pasteReplaced)
    keepToken(text)
    void navigate('/join', { replace: true })
  }
  return (
    <form className="stack full" noValidate onSubmit={(event) => void submit(event)}>
      <TextField
        label={newest ? t.link.newestLink : t.link.yourLink}
        placeholder={t.link.linkExample(location.origin)}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        value={text}
        error={error}
        onChange={(event) => {
          setText(event.target.value)
          setError(null)
        }}
      />
      <Button type="submit" kind={quiet ? undefined : 'primary'} size="large" wide busy={busy}>
        {t.link.open}
      </Button>
    </form>
  )
}
