import { useRef, useState } from 'react'
import { type InvitationPartsFragment, InviteUserDocument, RegenerateLinkDocument, type RoomRole, UpdateInvitationDocument } from '../graphql/generated/graphql'
import { useRun } from '../graphql/useRun'
import { type Match, PeopleCombobox } from '../people/PeopleCombobox'
import { t } from '../texts'
import { Banner } from '../ui/Banner'
import { Button } from '../ui/Button'
import { CopyButton } from '../ui/Copy'
import { Dialog } from '../ui/Dialog'
import { Field, focusFirstInvalid, TextField } from '../ui/Field'
import { Name, Say } from '../ui/Text'
import { dayAndClock } from '../ui/time'
import { ExpiryField, expiresAt, expiryOf } from './Expiry'
import { InviteLink } from './InviteLink'
import { RoleCards } from './RoleCards'

interface InviteDialogProps {
  room: { id: string; title: string; session?: { startsAt: string } | null }
  onClose: () => void
}

interface Draft {
  email: string
  firstName: string
  lastName: string
  role: RoomRole | null
}

type FieldName = keyof Draft | 'expiresAt'
type Errors = Partial<Record<FieldName | 'form', string>>

const empty: Draft = { email: '', firstName: '', lastName: '', role: null }

// The field of a refusal, if the server names none.
const fieldOf: Partial<Record<string, FieldName>> = {
  INVALID_EMAIL: 'email',
  EMAIL_DOMAIN_BLOCKED: 'email',
  ALREADY_INVITED: 'email',
  ALREADY_MANAGER: 'email',
  EXPIRY_BEFORE_START: 'expiresAt',
  INVALID_TIME: 'expiresAt',
}

/** Asks for email, names and type of an invitation, then shows its link. */
export function InviteDialog({ room, onClose }: InviteDialogProps) {
  const [invite, inviting] = useRun(InviteUserDocument)
  const [draft, setDraft] = useState(empty)
  const [expiry, setExpiry] = useState(expiryOf(null))
  const [filled, setFilled] = useState(false)
  const [errors, setErrors] = useState<Errors>({})
  const [standing, setStanding] = useState<InvitationPartsFragment | null>(null)
  const [done, setDone] = useState<InvitationPartsFragment | null>(null)
  const body = useRef<HTMLDivElement>(null)

  const change = (next: Partial<Draft>) => {
    setDraft((before) => ({ ...before, ...next }))
    const cleared = Object.fromEntries(Object.keys(next).map((name) => [name, undefined]))
    setErrors((before) => ({ ...before, ...cleared }))
    if ('email' in next) setStanding(null)
  }

  const choose = ({ user }: Match) => {
    change({ email: user.email ?? '', firstName: user.firstName, lastName: user.lastName })
    setFilled(true)
  }

  async function submit() {
    const until = expiresAt(expiry)
    const missing: Errors = {
      email: draft.email.trim() ? undefined : t.invite.typeEmail,
      firstName: draft.firstName.trim() ? undefined : t.invite.typeFirstName,
      lastName: draft.lastName.trim() ? undefined : t.invite.typeLastName,
      role: draft.role ? undefined : t.invite.chooseType,
      expiresAt: until === null ? t.invite.typeUntil : undefined,
    }
    setErrors(missing)
    setStanding(null)
    if (!draft.role || Object.values(missing).some(Boolean)) return focusFirstInvalid(body.current)
    const outcome = await invite({ input: { roomId: room.id, ...draft, role: draft.role, expiresAt: until } })
    if ('answer' in outcome) return setDone(outcome.answer.invitation)
    if ('fault' in outcome) return setErrors({ form: outcome.fault })
    const { problem } = outcome
    const at = fieldOf[problem.code] ?? (problem.field && problem.field in { ...empty, expiresAt: '' } ? (problem.field as FieldName) : 'form')
    setStanding(problem.standingInvitation ?? null)
    setErrors({ [at]: words(problem.code, problem.message) })
    focusFirstInvalid(body.current)
  }

  const words = (code: string, message: string) => {
    if (code === 'INVALID_EMAIL') return t.errors.email
    if (code === 'EXPIRY_BEFORE_START' && room.session) return t.invite.beforeStart(dayAndClock(room.session.startsAt))
    return message
  }

  const again = () => {
    setDone(null)
    setDraft({ ...empty, role: draft.role })
    setFilled(false)
    setErrors({})
  }

  if (done) {
    return (
      <Dialog
        key="done"
        title={t.invite.ready}
        subtitle={room.title}
        onClose={onClose}
        foot={
          <>
            <Button icon="user-plus" onClick={again}>
              {t.invite.another}
            </Button>
            <Button kind="quiet" onClick={onClose}>
              {t.done}
            </Button>
          </>
        }
      >
        <InviteLink invitation={done} />
      </Dialog>
    )
  }
  return (
    <Dialog
      key="ask"
      title={t.invite.title}
      subtitle={room.title}
      onClose={onClose}
      onSubmit={() => void submit()}
      foot={
        <>
          <Button kind="quiet" onClick={onClose}>
            {t.cancel}
          </Button>
          <Button type="submit" kind="primary" busy={inviting}>
            {t.invite.generate}
          </Button>
        </>
      }
    >
      <div className="stack" ref={body}>
        {errors.form && (
          <Banner tone="danger" icon="alert" role="alert">
            {errors.form}
          </Banner>
        )}
        <Field
          label={t.email}
          hint={t.invite.emailHint}
          error={standing ? <Say text={t.invite.already} name={<Name>{standing.firstName}</Name>} role={t.roles[standing.role]} /> : errors.email}
          after={standing && <Standing invitation={standing} role={draft.role} onDone={setDone} onFault={(form) => setErrors({ form })} />}
        >
          {(control) => (
            <PeopleCombobox
              roomId={room.id}
              value={draft.email}
              onChange={(email) => {
                if (email === draft.email) return
                change({ email })
                setFilled(false)
              }}
              onChoose={choose}
              note={(match) =>
                match.managerRole ? t.managerRoles[match.managerRole] : match.invitation ? t.invite.invitedAs(t.roles[match.invitation.role]) : null
              }
              control={control}
              autoFocus
              free
            />
          )}
        </Field>
        <div className="field-pair">
          <TextField label={t.invite.firstName} required autoComplete="off" value={draft.firstName} onChange={(event) => change({ firstName: event.target.value })} hint={filled && <span className="field__filled">{t.invite.filled}</span>} error={errors.firstName} />
          <TextField label={t.invite.lastName} required autoComplete="off" value={draft.lastName} onChange={(event) => change({ lastName: event.target.value })} error={errors.lastName} />
        </div>
        <RoleCards value={draft.role} onChange={(role) => change({ role })} error={errors.role} />
        <ExpiryField optional value={expiry} onChange={setExpiry} error={errors.expiresAt} />
      </div>
    </Dialog>
  )
}

interface StandingProps {
  invitation: InvitationPartsFragment
  role: RoomRole | null
  onDone: (invitation: InvitationPartsFragment) => void
  onFault: (text: string) => void
}

/** Offers what to do about somebody who is already invited. */
function Standing({ invitation, role, onDone, onFault }: StandingProps) {
  const [update, updating] = useRun(UpdateInvitationDocument)
  const [regenerate, regenerating] = useRun(RegenerateLinkDocument)
  const settle = (outcome: Awaited<ReturnType<typeof update>> | Awaited<ReturnType<typeof regenerate>>) => {
    if ('answer' in outcome) onDone(outcome.answer.invitation)
    else onFault('problem' in outcome ? outcome.problem.message : outcome.fault)
  }
  return (
    <div className="cluster">
      {role && role !== invitation.role && (
        <Button size="small" busy={updating} onClick={() => void update({ input: { invitationId: invitation.id, role } }).then(settle)}>
          {t.invite.changeTo(t.roles[role])}
        </Button>
      )}
      {invitation.link && <CopyButton size="small" text={invitation.link} />}
      <Button size="small" kind="quiet" busy={regenerating} onClick={() => void regenerate({ invitationId: invitation.id }).then(settle)}>
        {t.invite.newLink}
      </Button>
    </div>
  )
}
