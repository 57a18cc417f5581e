import { useRef, useState } from 'react'
import { type InvitationPartsFragment, InviteUserDocument } from '../graphql/generated/graphql'
import { useFault } from '../graphql/useFault'
import { useRun } from '../graphql/useRun'
import { PeopleCombobox } from '../people/PeopleCombobox'
import type { Suggestion } from '../people/useSuggestions'
import { t } from '../texts'
import { useVoice } from '../ui/Announcer'
import { Button } from '../ui/Button'
import { Check } from '../ui/Check'
import { Dialog } from '../ui/Dialog'
import { Field, focusFirstInvalid, TextField } from '../ui/Field'
import { Name, Say } from '../ui/Text'
import { dayAndClock } from '../ui/time'
import { type Draft, empty, fillIn, isNamed, isTyped, withEmail } from './draft'
import { ExpiryField, expiresAt, expiryOf } from './Expiry'
import { InviteLink } from './InviteLink'
import { Meant } from './Meant'
import { RoleCards } from './RoleCards'
import { Standing } from './Standing'
import { isOnItsWay } from '../people/mailLine'
import { useInviting } from './useInviting'
import { useRecognise } from './useRecognise'
import { useSending } from './useSending'

interface InviteDialogProps {
  room: { id: string; title: string; session?: { startsAt: string } | null }
  onSeveral: () => void
  onClose: () => void
}

type FieldName = 'email' | 'firstName' | 'lastName' | 'role' | 'expiresAt'
type Errors = Partial<Record<FieldName | 'form', string>>

const fields: FieldName[] = ['email', 'firstName', 'lastName', 'role', 'expiresAt']

// The field of a refusal, if the server names none.
const fieldOf: Partial<Record<string, FieldName>> = {
  INVALID_EMAIL: 'email',
  EMAIL_DOMAIN_BLOCKED: 'email',
  ALREADY_INVITED: 'email',
  ALREADY_MANAGER: 'email',
  EXPIRY_BEFORE_START: 'expiresAt',
  INVALID_TIME: 'expiresAt',
}

/** Asks for email, names and role of an invitation, then shows its link. */
export function InviteDialog({ room, onSeveral, onClose }: InviteDialogProps) {
  const { say } = useVoice()
  const [invite, inviting] = useRun(InviteUserDocument)
  const readTyped = useRecognise(room.id)
  const [draft, setDraft] = useState(empty)
  const [expiry, setExpiry] = useState(expiryOf(null))
  const [errors, setErrors] = useState<Errors>({})
  const [fault, setFault] = useFault()
  const [checking, setChecking] = useState(false)
  const [standing, setStanding] = useState<InvitationPartsFragment | null>(null)
  const [meant, setMeant] = useState<string | null>(null)
  const [done, setDone] = useState<InvitationPartsFragment | null>(null)
  const { send, language, field: sending } = useSending()
  const body = useRef<HTMLDivElement>(null)

  const change = (next: (before: Draft) => Draft, ...changed: FieldName[]) => {
    setDraft(next)
    const cleared = Object.fromEntries(changed.map((name) => [name, undefined]))
    setErrors((before) => ({ ...before, ...cleared }))
    if (!changed.includes('email')) return
    setStanding(null)
    setMeant(null)
  }
  const type = (name: 'firstName' | 'lastName', value: string) => change((before) => ({ ...before, [name]: value }), name)

  const choose = (person: Suggestion) => {
    change((before) => ({ ...fillIn(before, person, person.from), role: before.role ?? person.lastRole }), 'email', 'firstName', 'lastName', 'role')
    say(t.invite.filledIn(person.name))
  }

  const look = useInviting(room.id)

  /** Completes the form by what the typed address says. Returns null, and shows what is wrong, if it is none. */
  async function recognise(typed: Draft): Promise<Draft | null> {
    if (typed.filled) return typed
    const known = await readTyped(typed.email)
    if ('wrong' in known) {
      setErrors({ email: known.wrong })
      return null
    }
    setMeant(known.meant ?? null)
    const completed = known.complete(typed)
    if (completed === typed) return typed
    setDraft(known.complete)
    // A refusal of the names may have come meanwhile. It stays, unless there are other names now.
    if (completed.firstName !== typed.firstName || completed.lastName !== typed.lastName) {
      setErrors((before) => ({ ...before, firstName: undefined, lastName: undefined }))
    }
    if (completed.filled) say(t.invite.filledIn(`${completed.firstName} ${completed.lastName}`.trim()))
    return completed
  }

  async function submit() {
    const inEmail = body.current?.querySelector('[role="combobox"]') === document.activeElement
    setChecking(true)
    const now = isNamed(draft) ? draft : await recognise(draft)
    setChecking(false)
    if (!now) return focusFirstInvalid(body.current)
    const until = expiresAt(expiry)
    const missing: Errors = {
      email: now.email.trim() ? undefined : t.invite.typeEmail,
      firstName: now.firstName.trim() ? undefined : t.invite.typeFirstName,
      lastName: now.lastName.trim() || now.oneName ? undefined : t.invite.typeLastName,
      role: now.role ? undefined : t.invite.chooseRole,
      expiresAt: until === null ? t.invite.typeUntil : undefined,
    }
    const first = fields.find((name) => missing[name])
    setFault(null)
    setStanding(null)
    // Enter in the email field goes on to what is still empty.
    if (inEmail && first && first !== 'email') {
      setErrors({})
      return body.current?.querySelector<HTMLElement>(`[data-field="${first}"]`)?.focus()
    }
    setErrors(missing)
    if (!now.role || first) return focusFirstInvalid(body.current)
    const { email, firstName, lastName, oneName, role } = now
    const outcome = await invite({ input: { roomId: room.id, email, firstName, lastName, oneName, role, expiresAt: until, send, language: send ? language : undefined } })
    if ('answer' in outcome) return setDone(outcome.answer.invitation)
    if ('fault' in outcome) return setFault(outcome.fault)
    const { problem } = outcome
    if (problem.code === 'INVITATIONS_OFF') look()
    const at = fieldOf[problem.code] ?? fields.find((name) => name === problem.field) ?? 'form'
    const { standingInvitation } = problem
    if (standingInvitation) {
      setStanding(standingInvitation)
      setDraft((before) => fillIn(before, { ...standingInvitation, email: before.email }, 'invitation'))
    }
    setErrors({ [at]: words(problem.code, problem.message) })
    focusFirstInvalid(body.current)
  }

  const words = (code: string, message: string) => {
    if (code === 'EXPIRY_BEFORE_START' && room.session) return t.invite.beforeStart(dayAndClock(room.session.startsAt))
    return message
  }

  const again = () => {
    setDone(null)
    setDraft({ ...empty, role: draft.role })
    setErrors({})
  }

  if (done) {
    return (
      <Dialog
        title={isOnItsWay(done) ? t.mail.onItsWay : t.invite.ready}
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
        <InviteLink invitation={done} roomId={room.id} title={room.title} />
      </Dialog>
    )
  }
  const filled = draft.filled && <span className="field__filled">{t.invite.filled[draft.filled.source]}</span>
  return (
    <Dialog
      title={t.invite.title}
      subtitle={room.title}
      onClose={onClose}
      onSubmit={() => void submit()}
      unsaved={isTyped(draft)}
      fault={fault ?? errors.form}
      foot={
        <>
          <Button kind="quiet" onClick={onClose}>
            {t.cancel}
          </Button>
          <Button type="submit" kind="primary" busy={inviting || checking}>
            {send ? t.mail.invite : t.invite.generate}
          </Button>
        </>
      }
    >
      <div className="stack" ref={body}>
        <div className="segments" role="group" aria-label={t.severalPeople.howMany}>
          <button type="button" className="segment" aria-pressed>
            {t.severalPeople.one}
          </button>
          <button type="button" className="segment" aria-pressed={false} onClick={onSeveral}>
            {t.severalPeople.several}
          </button>
        </div>
        <Field
          label={t.email}
          hint={t.invite.emailHint}
          error={standing ? <Say text={t.invite.already} name={<Name>{standing.firstName}</Name>} role={t.withArticle(t.roles[standing.role])} /> : errors.email}
          after={standing ? <Standing invitation={standing} role={draft.role} onDone={setDone} onFault={setFault} /> : meant && <Meant address={meant} onChoose={(email) => change((before) => withEmail(before, email), 'email')} />}
        >
          {(control) => (
            <PeopleCombobox
              roomId={room.id}
              value={draft.email}
              onChange={(email) => email !== draft.email && change((before) => withEmail(before, email), 'email')}
              onChoose={choose}
              onLeave={() => void recognise(draft)}
              onPaste={(text) => void recognise({ ...draft, email: text })}
              note={(person) => (person.managerRole ? t.managerRoles[person.managerRole] : person.invitedAs ? t.invite.invitedAs(t.withArticle(t.roles[person.invitedAs])) : person.lastRole && t.invite.lastTime(t.roles[person.lastRole]))}
              control={control}
              autoFocus
              free
            />
          )}
        </Field>
        <div className="field-pair">
          <TextField label={t.invite.firstName} required autoComplete="off" data-field="firstName" value={draft.firstName} onChange={(event) => type('firstName', event.target.value)} hint={filled} error={errors.firstName} />
          <TextField label={t.invite.lastName} required autoComplete="off" data-field="lastName" value={draft.lastName} disabled={draft.oneName} onChange={(event) => type('lastName', event.target.value)} error={errors.lastName} after={<Check checked={draft.oneName} label={t.invite.oneName} onChange={(oneName) => change((before) => ({ ...before, oneName, lastName: oneName ? '' : before.lastName }), 'lastName')} />} />
        </div>
        <RoleCards value={draft.role} onChange={(role) => change((before) => ({ ...before, role }), 'role')} error={errors.role} />
        <ExpiryField
          optional
          value={expiry}
          onChange={(next) => {
            setExpiry(next)
            setErrors((before) => ({ ...before, expiresAt: undefined }))
          }}
          error={errors.expiresAt}
        />
        {sending}
      </div>
    </Dialog>
  )
}
