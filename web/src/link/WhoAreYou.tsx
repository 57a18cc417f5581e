import { type FormEvent, Suspense, useEffect, useRef, useState } from 'react'
import { Link } from 'react-router'
import { useMutation } from 'urql'
import { type LinkPartsFragment, type ProblemPartsFragment, RedeemInvitationDocument } from '../graphql/generated/graphql'
import { unexpected } from '../graphql/problem'
import { part } from '../shell/part'
import { t } from '../texts'
import { Button, buttonClass } from '../ui/Button'
import { EmailField } from '../ui/Field'
import { Name, Say } from '../ui/Text'
import { Invites, StartWell } from './Event'

const CodeStep = part(() => import('./CodeStep'))

interface SignedIn {
  name: string
  email?: string | null
}

interface WhoAreYouProps {
  token: string
  link: LinkPartsFragment
  user: SignedIn | null
  /** Called for a refusal with a page of its own. */
  onRefused: (problem: ProblemPartsFragment) => void
  /** Called after the last attempt. A look at the link shows when the next one is possible. */
  onPaused: () => void
  onRedeemed: (roomId: string, place: string) => void
  /** Called with the link after the host was asked. */
  onAsked: (link: LinkPartsFragment) => void
}

const atTheField = new Set(['EMAIL_MISMATCH', 'INVALID_EMAIL'])

/** Asks who opened the link. Nothing is sent before the click. */
export function WhoAreYou({ token, link, user, onRefused, onPaused, onRedeemed, onAsked }: WhoAreYouProps) {
  const [{ fetching }, redeem] = useMutation(RedeemInvitationDocument)
  const [email, setEmail] = useState('')
  const [problem, setProblem] = useState<ProblemPartsFragment | null>(null)
  const [fault, setFault] = useState<string | null>(null)
  const [code, setCode] = useState<ProblemPartsFragment | null>(null)
  const field = useRef<HTMLInputElement>(null)
  // This device redeemed the link before, or the account is the invited one: no email address is needed.
  const known = link.participant?.displayName ?? (link.matchesAccount ? user?.name : undefined)
  const host = link.invitedBy ?? null

  async function send(typed: string | undefined) {
    setFault(null)
    const result = await redeem({ input: { token, email: typed, credential: 'COOKIE' } })
    const answer = result.data?.redeemInvitation
    if (answer?.__typename === 'RedeemInvitationSuccess') return onRedeemed(answer.participant.room.id, answer.participant.id)
    if (answer?.__typename !== 'Problem') return setFault(unexpected(result.error))
    if (answer.code === 'CODE_REQUIRED') return setCode(answer)
    if (!atTheField.has(answer.code)) return onRefused(answer)
    if (answer.attemptsLeft === 0) return onPaused()
    setProblem(answer)
  }
  useEffect(() => {
    if (problem) field.current?.focus()
  }, [problem])

  const submit = (event: FormEvent) => {
    event.preventDefault()
    void send(email)
  }

  return (
    <>
      <Invites title={link.roomTitle ?? ''} role={link.role} invitedBy={host} session={link.session} timeZone={link.timeZone} />
      {link.session && <StartWell session={link.session} host={host} />}
      {known !== undefined && (
        <div className="stack stack--tight">
          {fault && <p className="field__error" role="alert">{fault}</p>}
          <Button kind="primary" size="large" wide busy={fetching} onClick={() => void send(undefined)}>
            <span>
              <Say text={t.link.continueAs} name={<Name>{known}</Name>} />
            </span>
          </Button>
          {!link.participant && (
            <>
              <p className="small soft center">{user?.email}</p>
              <Account kind="quiet" words={t.link.switchAccount} />
            </>
          )}
        </div>
      )}
      {known === undefined && link.signInRequired && <SignInFirst user={user} host={host} />}
      {code && (
        <Suspense fallback={null}>
          <CodeStep token={token} link={link} email={email} retryAt={code.retryAt} onRedeemed={onRedeemed} onRefused={onRefused} onAsked={onAsked} onBack={() => setCode(null)} />
        </Suspense>
      )}
      {known === undefined && !link.signInRequired && !code && (
        <form className="stack" noValidate onSubmit={submit}>
          {user && <OtherAccount user={user} />}
          <EmailField
            ref={field}
            label={t.link.yourEmail}
            autoComplete="email"
            value={email}
            onChange={(event) => setEmail(event.target.value)}
            hint={t.link.emailHint}
            error={problem && emailError(problem)}
          />
          {fault && <p className="field__error" role="alert">{fault}</p>}
          <Button type="submit" kind="primary" size="large" wide busy={fetching}>
            {t.link.continue}
          </Button>
          {user ? (
            <Account kind="quiet" words={t.link.switchAccount} />
          ) : (
            <p className="small soft center">
              <Link to={signIn}>{t.link.signInInstead}</Link>
            </p>
          )}
        </form>
      )}
    </>
  )
}

const signIn = '/sign-in?next=/join'

function Account({ kind, words }: { kind: 'primary' | 'quiet'; words: string }) {
  return (
    <Link className={buttonClass(kind, 'large', true)} to={signIn}>
      {words}
    </Link>
  )
}

/** Says that the invitation is for another address than that of the account. */
function OtherAccount({ user }: { user: SignedIn }) {
  return (
    <p className="small soft center lines">
      <Say text={t.link.otherAccount} email={<b className="strong">{user.email ?? user.name}</b>} />
    </p>
  )
}

/** Says first that this site asks guests to sign in, and whom to ask without an account. */
function SignInFirst({ user, host }: { user: SignedIn | null; host: string | null }) {
  return (
    <div className="stack">
      <div className="stack stack--tight center">
        <p className="strong">{t.link.signInFirst}</p>
        {user && <OtherAccount user={user} />}
      </div>
      <Account kind="primary" words={user ? t.link.switchAccount : t.signIn.title} />
      <p className="small soft center">{t.link.noAccountAsk(host ?? t.link.theHost)}</p>
    </div>
  )
}

function emailError(problem: ProblemPartsFragment): string {
  if (problem.code === 'INVALID_EMAIL') return problem.message
  return problem.attemptsLeft === null || problem.attemptsLeft === undefined ? t.link.otherEmail : t.link.otherEmailLeft(problem.attemptsLeft)
}
