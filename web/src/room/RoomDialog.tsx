import { useRef, useState } from 'react'
import { useNavigate } from 'react-router'
import { type AdmissionMode, CreateRoomDocument, type ProblemPartsFragment, type RoomAccess, type RoomPartsFragment, StartSessionDocument, UpdateRoomDocument } from '../graphql/generated/graphql'
import { serverNow } from '../graphql/clock'
import { useFault } from '../graphql/useFault'
import { useRun } from '../graphql/useRun'
import { t } from '../texts'
import { Check } from '../ui/Check'
import { useVoice } from '../ui/Announcer'
import { Button } from '../ui/Button'
import { Dialog, useUnsaved } from '../ui/Dialog'
import { Chips } from '../ui/Chips'
import { ChoiceCards } from '../ui/ChoiceCards'
import { Field, focusFirstInvalid, TextField, tooLong } from '../ui/Field'
import { clock } from '../ui/time'
import { ZoneField } from '../ui/ZoneField'
import { wallClock } from '../ui/zones'
import { inMinutes, soon, timesOf, tomorrowAtTen, WhenFields } from './WhenFields'

type Begins = 'now' | 'soon' | 'tomorrow' | 'chosen'

const beginnings: Begins[] = ['now', 'soon', 'tomorrow', 'chosen']
// The limits of the server (E2).
const maxTitle = 200
const maxDescription = 5000

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
  const [start, starting] = useRun(StartSessionDocument)
  const [begins, setBegins] = useState<Begins>('chosen')
  const [when, setWhen] = useState(() => soon(serverNow()))
  const [timeZone, setTimeZone] = useState(room?.timeZone ?? when.zone)
  const [chatAndCollaboration, setChat] = useState(room?.chatAndCollaboration ?? true)
  const [admission, setAdmission] = useState<AdmissionMode>(room?.admission ?? 'AUTOMATIC')
  const [access, setAccess] = useState<RoomAccess>(room?.access ?? 'INVITED')
  const [problem, setProblem] = useState<Pick<ProblemPartsFragment, 'message' | 'field' | 'code'> | null>(null)
  const [fault, setFault] = useFault()

  async function submit() {
    setFault(null)
    setProblem(null)
    const refuse = (field: string, message: string) => {
      setProblem({ code: 'INVALID_VALUE', field, message })
      focusFirstInvalid(body.current)
    }
    if (!title.trim()) return refuse('title', t.rooms.typeTitle)
    if (tooLong({ text: title, limit: maxTitle }) || tooLong({ text: description, limit: maxDescription })) return focusFirstInvalid(body.current)
    const times = timesOf(begins === 'now' ? { ...when, ...wallClock(serverNow(), when.zone) } : when)
    if (!room && !times) return refuse('startsAt', t.when.typeBoth)
    const shared = { title, description, chatAndCollaboration, admission, access }
    const outcome = room
      ? await update({ input: { roomId: room.id, timeZone, ...shared } })
      : await create({ input: { timeZone: when.zone, startsAt: times?.startsAt ?? '', endsAt: times?.endsAt, ...shared } })
    if ('answer' in outcome) {
      const made = outcome.answer.room
      if (!room && begins === 'now' && made.session) {
        const started = await start({ sessionId: made.session.id })
        if (!('answer' in started)) toast({ text: t.rooms.notStarted, failed: true })
      }
      onClose()
      if (room) toast({ text: t.saved })
      else void navigate(`/rooms/${made.id}`)
      return
    }
    if ('problem' in outcome) setProblem(outcome.problem)
    else setFault(outcome.fault)
    focusFirstInvalid(body.current)
  }

  /** Sets date and time as a chip says. */
  function begin(next: Begins) {
    setBegins(next)
    if (next === 'soon') setWhen({ ...when, ...inMinutes(serverNow(), 15, when.zone) })
    if (next === 'tomorrow') setWhen({ ...when, ...tomorrowAtTen(serverNow(), when.zone) })
  }

  const unsaved = useUnsaved({ title, description, when, timeZone, chatAndCollaboration, admission, access })
  const at = problem?.code === 'INVALID_TIME' ? 'startsAt' : problem?.field
  const known = at === 'title' || at === 'description' || at === 'startsAt' || at === 'endsAt'
  return (
    <Dialog
      title={room ? t.rooms.edit : t.rooms.make}
      subtitle={room?.title}
      onClose={onClose}
      unsaved={unsaved}
      fault={fault ?? (known ? null : problem?.message)}
      onSubmit={() => void submit()}
      foot={
        <>
          <Button kind="quiet" onClick={onClose}>
            {t.cancel}
          </Button>
          <Button type="submit" kind="primary" busy={creating || updating || starting}>
            {room ? t.save : begins === 'now' ? t.rooms.createAndStart : t.rooms.create}
          </Button>
        </>
      }
    >
      <div className="stack" ref={body}>
        <TextField
          label={t.rooms.titleField}
          autoFocus
          required
          limited={{ text: title, limit: maxTitle }}
          autoComplete="off"
          value={title}
          onChange={(event) => setTitle(event.target.value)}
          error={at === 'title' && problem?.message}
        />
        <Field label={t.rooms.description} optional limited={{ text: description, limit: maxDescription }} error={at === 'description' && problem?.message}>
          {(control) => <textarea className="input textarea" value={description} onChange={(event) => setDescription(event.target.value)} {...control} />}
        </Field>
        {room ? (
          <ZoneField value={timeZone} at={room.session ? Date.parse(room.session.startsAt) : serverNow()} onChange={setTimeZone} />
        ) : (
          <>
            <Chips labelled label={t.rooms.begins} options={beginnings.map((one) => [one, one === 'tomorrow' ? t.rooms.beginnings.tomorrow(clock(new Date(2000, 0, 1, 10).getTime())) : t.rooms.beginnings[one]] as const)} value={begins} onChange={begin} />
            <WhenFields
              when={when}
              atOnce={begins === 'now'}
              onChange={(next) => {
                if (next.date !== when.date || next.time !== when.time) setBegins('chosen')
                setWhen(next)
              }}
              error={(at === 'startsAt' || at === 'endsAt') && problem ? problem.message : null}
            />
          </>
        )}
        <ChoiceCards
          label={t.rooms.admission}
          value={admission}
          onChange={setAdmission}
          options={[
            { value: 'AUTOMATIC', icon: 'door', name: t.rooms.automatic, note: t.rooms.automaticNote },
            { value: 'APPROVAL', icon: 'hour', name: t.rooms.approval, note: t.rooms.approvalNote },
          ]}
        />
        <ChoiceCards
          label={t.rooms.access}
          value={access}
          onChange={setAccess}
          options={[
            { value: 'INVITED', icon: 'link', name: t.rooms.invited, note: t.rooms.invitedNote },
            { value: 'MEMBERS', icon: 'users', name: t.rooms.members, note: t.rooms.membersNote },
          ]}
        />
        <Check checked={chatAndCollaboration} label={t.rooms.chat} note={t.rooms.chatNote} onChange={setChat} />
      </div>
    </Dialog>
  )
}
