import { useState } from 'react'
import { AddManagerDocument, type ManagerRole, RemoveManagerDocument, type RoomPageQuery } from '../graphql/generated/graphql'
import { useFault } from '../graphql/useFault'
import { useRun } from '../graphql/useRun'
import { PeopleCombobox } from '../people/PeopleCombobox'
import type { Suggestion } from '../people/useSuggestions'
import { Avatar } from '../people/Avatar'
import { managerRoles } from '../people/roles'
import { t } from '../texts'
import { useVoice } from '../ui/Announcer'
import { Button } from '../ui/Button'
import { Confirm, Dialog } from '../ui/Dialog'
import { Field, SelectField } from '../ui/Field'
import { Icon } from '../ui/Icon'
import { Clip } from '../ui/Text'

type Room = NonNullable<RoomPageQuery['room']>
type Manager = Room['managers'][number]

interface ManagersDialogProps {
  room: Room
  userId: string
  /** Whether the viewer may change managers, and owners too. */
  mayChange: boolean
  mayChangeOwners: boolean
  onClose: () => void
}

/** Lists who manages the room, with their manager roles. */
export function ManagersDialog({ room, userId, mayChange, mayChangeOwners, onClose }: ManagersDialogProps) {
  const { toast } = useVoice()
  const [put, putting] = useRun(AddManagerDocument)
  const [remove, removing] = useRun(RemoveManagerDocument)
  const [typed, setTyped] = useState('')
  const [chosen, setChosen] = useState<Suggestion | null>(null)
  const [role, setRole] = useState<ManagerRole>('CO_EDITOR')
  const [error, setError] = useState<string | null>(null)
  const [fault, setFault] = useFault()
  const [leaving, setLeaving] = useState<Manager | null>(null)

  const settle = (outcome: Awaited<ReturnType<typeof put>> | Awaited<ReturnType<typeof remove>>, text: string) => {
    const refused = 'problem' in outcome ? outcome.problem.message : 'fault' in outcome ? outcome.fault : null
    setFault(refused)
    if (!refused) toast({ text })
    return !refused
  }
  const change = async (manager: Manager, next: ManagerRole) =>
    settle(await put({ input: { roomId: room.id, userId: manager.user.id, role: next } }), t.managers.isNow(manager.user.name, t.managerRoleWithArticle(next)))

  async function add() {
    if (!chosen) return setError(t.managers.choose)
    const done = settle(await put({ input: { roomId: room.id, userId: chosen.id, role } }), t.managers.isNow(chosen.name, t.managerRoleWithArticle(role)))
    if (!done) return
    setTyped('')
    setChosen(null)
  }

  if (leaving) {
    const { user } = leaving
    return (
      <Confirm
        title={t.managers.removeTitle(user.name)}
        text={t.managers.removeText}
        confirm={t.managers.remove}
        busy={removing}
        onClose={() => setLeaving(null)}
        onConfirm={() => void remove({ input: { roomId: room.id, userId: user.id } }).then((outcome) => settle(outcome, t.managers.removed(user.name)) || true).then(() => setLeaving(null))}
      />
    )
  }
  const offered = managerRoles.filter((one) => one !== 'OWNER' || mayChangeOwners)
  return (
    <Dialog
      title={t.managers.title}
      subtitle={room.title}
      onClose={onClose}
      {...(mayChange ? { onSubmit: () => void add(), unsaved: typed !== '', fault } : { fault })}
      foot={
        <>
          <Button kind={typed ? 'quiet' : 'primary'} onClick={onClose}>
            {t.done}
          </Button>
          {mayChange && (
            <Button type="submit" kind={typed ? 'primary' : undefined} busy={putting}>
              {t.managers.add}
            </Button>
          )}
        </>
      }
    >
      {mayChange && (
        <div className="field-pair">
          <Field label={t.managers.person} hint={chosen ? chosen.name : t.managers.hint} error={error}>
            {(control) => (
              <PeopleCombobox
                roomId={room.id}
                value={typed}
                control={control}
                autoFocus
                onChange={(value) => {
                  if (value === typed) return
                  setTyped(value)
                  setChosen(null)
                  setError(null)
                }}
                onChoose={(person) => {
                  setChosen(person)
                  setTyped(person.email || person.name)
                  setError(null)
                }}
                note={(person) => person.managerRole && t.managerRoles[person.managerRole]}
              />
            )}
          </Field>
          <SelectField label={t.managers.role} value={role} onChange={(event) => setRole(event.target.value as ManagerRole)} hint={t.managers.gives[role]}>
            {offered.map((one) => (
              <option key={one} value={one}>
                {t.managerRoles[one]}
              </option>
            ))}
          </SelectField>
        </div>
      )}
      <ul>
        {room.managers.map((manager) => {
          const { user } = manager
          const mine = user.id === userId
          const fixed = !mayChange || mine || (manager.role === 'OWNER' && !mayChangeOwners)
          return (
            <li className="row" key={user.id}>
              <Avatar name={user.name} />
              <div className="row__main">
                <Clip className="row__name">{user.name}</Clip>
                <span className="small soft clip" title={user.email ?? undefined}>
                  {mine ? t.you : user.email}
                </span>
              </div>
              <div className="row__end">
                {fixed ? (
                  <span className="small soft">{t.managerRoles[manager.role]}</span>
                ) : (
                  <>
                    <div className="select">
                      <select className="input" aria-label={t.managers.roleOf(user.name)} value={manager.role} onChange={(event) => void change(manager, event.target.value as ManagerRole)}>
                        {offered.map((one) => (
                          <option key={one} value={one}>
                            {t.managerRoles[one]}
                          </option>
                        ))}
                      </select>
                      <Icon name="down" />
                    </div>
                    <Button kind="quiet" size="small" icon="x" aria-label={t.managers.removeNamed(user.name)} onClick={() => setLeaving(manager)} />
                  </>
                )}
              </div>
            </li>
          )
        })}
      </ul>
    </Dialog>
  )
}
