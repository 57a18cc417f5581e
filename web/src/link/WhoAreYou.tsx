import { type FormEvent, useEffect, useRef, useState } from 'react'
import { Link } from 'react-router'
import { useMutation } from 'urql'
import { type LinkPartsFragment, type ProblemPartsFragment, RedeemInvitationDocument } from '../graphql/generated/graphql'
import { unexpected } from '../graphql/problem'
import { t } from '../texts'
import { Button, buttonClass } from '../ui/Button'
import { TextField } from '../ui/Field'
import { Name, Say } from '../ui/Text'
import { Invites, StartWell } from './Event'

interface WhoAreYouProps {
  token: string
  link: LinkPartsFragment
  user: { name: string; email?: string | null } | null
  /** Called for a refusal with a page of its own. */
  onRefused: (problem: ProblemPartsFragment) => void
  /** Called after the last attempt. A look at the link shows when the next one is possible. */
  onPaused: () => void
  onRedeemed: (roomId: string, place: string) => void
}

const atTheField = new Set(['EMAIL_MISMATCH', 'INVALID_EMAIL'])

/** Asks who opened the link. Nothing is sent before the click. */
export function WhoAreYou({ token, link, user, onRefused, onPaused, onRedeemed }: WhoAreYouProps) {
  const [{ fetching }, redeem] = useMutation(RedeemInvitationDocument)
  const [typing, setTyping] = useState(user === null)
  const [email, setEmail] = useState('')
  const [problem, setProblem] = useState<ProblemPartsFragment | null>(null)
  const [fault, setFault] = useState<string | null>(null)
  const field = useRef<HTMLInputElement>(null)
  // This device redeemed the link before, so it continues without an email address.
  const returns = Boolean(link.participant)

  async function send(typed: string | undefined) {
    setFault(null)
    const result = await redeem({ input: { token, email: typed, credential: 'COOKIE' } })
    const answer = result.data?.redeemInvitation
    if (answer?.__typename === 'RedeemInvitationSuccess') return onRedeemed(answer.participant.room.id, answer.participant.id)
    if (answer?.__typename !== 'Problem') return setFault(unexpected(result.error))
    if (!atTheField.has(answer.code)) return onRefused(answer)
    if (answer.attemptsLeft === 0) return onPaused()
    setProblem(answer)
    setTyping(true)
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
      <Invites title={link.roomTitle ?? ''} role={link.role} invitedBy={link.invitedBy} session={link.session} timeZone={link.timeZone} />
      {link.session && <StartWell session={link.session} />}
      {typing && !returns ? (
        <form className="stack" noValidate onSubmit={submit}>
          <TextField
            ref={field}
            label={t.link.yourEmail}
            type="email"
            inputMode="email"
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
          {problem?.nextSteps.includes('SWITCH_ACCOUNT') && (
            <Link className={buttonClass('quiet', 'large', true)} to="/sign-in?next=/join">
              {t.link.switchAccount}
            </Link>
          )}
          {!user && !problem && (
            <p className="small soft center">
              <Link to="/sign-in?next=/join">{t.link.signInInstead}</Link>
            </p>
          )}
        </form>
      ) : (
        <div className="stack stack--tight">
          {fault && <p className="field__error" role="alert">{fault}</p>}
          <Button kind="primary" size="large" wide busy={fetching} onClick={() => void send(undefined)}>
            {user && !returns ? (
              <span>
                <Say text={t.link.continueAs} name={<Name>{user.name}</Name>} />
              </span>
            ) : (
              t.link.continue
            )}
          </Button>
          {user && !returns && (
            <>
              <p className="small soft center">{user.email}</p>
              <Button kind="quiet" size="large" wide onClick={() => setTyping(true)}>
                {t.link.otherAddress}
              </Button>
            </>
          )}
        </div>
      )}
    </>
  )
}

function emailError(problem: ProblemPartsFragment): string {
  if (problem.code === 'INVALID_EMAIL') return t.errors.email
  return problem.attemptsLeft === null || problem.attemptsLeft === undefined ? t.link.otherEmail : t.link.otherEmailLeft(problem.attemptsLeft)
}
