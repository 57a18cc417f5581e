import { useRef, useState } from 'react'
import { useNavigate } from 'react-router'
import { type AdmissionMode, CreateRoomDocument, type ProblemPartsFragment, type RoomAccess, type RoomPartsFragment, UpdateRoomDocument } from '../graphql/generated/graphql'
import { serverNow } from '../graphql/clock'
import { useRun } from '../graphql/useRun'
import { t } from '../texts'
import { Check } from '../ui/Check'
import { useVoice } from '../ui/Announcer'
import { Banner } from '../ui/Banner'
import { Button } from '../ui/Button'
import { Dialog } from '../ui/Dialog'
import { Field, focusFirstInvalid, SelectField, TextField } from '../ui/Field'
import { soon, timesOf, WhenFields, ZoneField } from './WhenFields'

interface RoomDialogProps {
  /** The room to edit. Without it the dialog makes a new one. */
  room?: RoomPartsFragment
  onClose: () => void
}

/** Makes a room with its first session, or edits one. */
export function RoomDialog({ room, onClose }: RoomDialogProps) {
  const navigate = useNavigate()
  const { toast } = useVoice()
  const [create, creating] = useRun(CreateRoomDocument)
  const [update, updating] = useRun(UpdateRoomDocument)
  const body = useRef<HTMLDivElement>(null)
  const [title, setTitle] = useState(room?.title ?? '')
  const [description, setDescription] = useState(room?.description ?? '')
  const [when, setWhen] = useState(() => soon(serverNow()))
  const [timeZone, setTimeZone] = useState(room?.timeZone ?? when.zone)
  const [chatAndCollaboration, setChat] = useState(room?.chatAndCollaboration ?? true)
  const [admission, setAdmission] = useState<AdmissionMode>(room?.admission ?? 'AUTOMATIC')
  const [access, setAccess] = useState<RoomAccess>(room?.access ?? 'INVITED')
  const [problem, setProblem] = useState<Pick<ProblemPartsFragment, 'message' | 'field' | 'code'> | null>(null)
  const [fault, setFault] = useState<string | null>(null)

  async function submit() {
    setFault(null)
    setProblem(null)
    const refuse = (field: string, message: string) => {
      setProblem({ code: 'INVALID_VALUE', field, message })
      focusFirstInvalid(body.current)
    }
    if (!title.trim()) return refuse('title', t.rooms.typeTitle)
    const times = timesOf(when)
    if (!room && !times) return refuse('startsAt', t.when.typeBoth)
    const shared = { title, description, chatAndCollaboration, admission, access }
    const outcome = room
      ? await update({ input: { roomId: room.id, timeZone, ...shared } })
      : await create({ input: { timeZone: when.zone, startsAt: times?.startsAt ?? '', endsAt: times?.endsAt, ...shared } })
    if ('answer' in outcome) {
      onClose()
      if (room) toast({ text: t.saved })
      else void navigate(`/rooms/${outcome.answer.room.id}`)
      return
    }
    if ('problem' in outcome) setProblem(outcome.problem)
    else setFault(outcome.fault)
    focusFirstInvalid(body.current)
  }

  const at = problem?.code === 'INVALID_TIME' ? 'startsAt' : problem?.field
  const known = at === 'title' || at === 'description' || at === 'startsAt' || at === 'endsAt'
  return (
    <Dialog
      title={room ? t.rooms.edit : t.rooms.make}
      subtitle={room?.title}
      onClose={onClose}
      onSubmit={() => void submit()}
      foot={
        <>
          <Button kind="quiet" onClick={onClose}>
            {t.cancel}
          </Button>
          <Button type="submit" kind="primary" busy={creating || updating}>
            {room ? t.save : t.rooms.create}
          </Button>
        </>
      }
    >
      <div className="stack" ref={body}>
        {(fault ?? (problem && !known)) && (
          <Banner tone="danger" icon="alert" role="alert">
            {fault ?? problem?.message}
          </Banner>
        )}
        <TextField label={t.rooms.titleField} autoFocus required maxLength={200} autoComplete="off" value={title} onChange={(event) => setTitle(event.target.value)} error={at === 'title' && problem?.message} />
        {room && (
          <Field label={t.rooms.description} optional error={at === 'description' && problem?.message}>
            {(control) => <textarea className="input textarea" maxLength={5000} value={description} onChange={(event) => setDescription(event.target.value)} {...control} />}
          </Field>
        )}
        {room ? <ZoneField value={timeZone} onChange={setTimeZone} /> : <WhenFields when={when} onChange={setWhen} error={(at === 'startsAt' || at === 'endsAt') && problem ? problem.message : null} />}
        <SelectField label={t.rooms.admission} value={admission} onChange={(event) => setAdmission(event.target.value as AdmissionMode)}>
          <option value="AUTOMATIC">{t.rooms.automatic}</option>
          <option value="APPROVAL">{t.rooms.approval}</option>
        </SelectField>
        <SelectField label={t.rooms.access} value={access} onChange={(event) => setAccess(event.target.value as RoomAccess)}>
          <option value="INVITED">{t.rooms.invited}</option>
          <option value="MEMBERS">{t.rooms.members}</option>
        </SelectField>
        <Check checked={chatAndCollaboration} label={t.rooms.chat} note={t.rooms.chatNote} onChange={setChat} />
      </div>
    </Dialog>
  )
}
