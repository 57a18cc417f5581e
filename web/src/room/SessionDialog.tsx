import { useRef, useState } from 'react'
import { RescheduleSessionDocument, type RoomPartsFragment, ScheduleSessionDocument } from '../graphql/generated/graphql'
import { serverNow } from '../graphql/clock'
import { useFault } from '../graphql/useFault'
import { useRun } from '../graphql/useRun'
import { useNotify } from '../invite/useNotify'
import { t } from '../texts'
import { useVoice } from '../ui/Announcer'
import { Button } from '../ui/Button'
import { Dialog, useUnsaved } from '../ui/Dialog'
import { focusFirstInvalid } from '../ui/Field'
import { soon, timesOf, WhenFields, whenOf } from './WhenFields'

interface SessionDialogProps {
  room: RoomPartsFragment
  /** Whether to move the planned session instead of planning a new one. */
  move: boolean
  onClose: () => void
}

/** Plans a session, or moves the one that is planned. */
export function SessionDialog({ room, move, onClose }: SessionDialogProps) {
  const { toast } = useVoice()
  const [schedule, scheduling] = useRun(ScheduleSessionDocument)
  const [reschedule, moving] = useRun(RescheduleSessionDocument)
  const [notify, notifyField] = useNotify(true)
  const body = useRef<HTMLDivElement>(null)
  const session = room.session
  const [when, setWhen] = useState(() => (move && session ? whenOf(session, room.timeZone) : soon(serverNow(), room.timeZone)))
  const [error, setError] = useState<string | null>(null)
  const [fault, setFault] = useFault()
  const unsaved = useUnsaved(when)

  async function submit() {
    setError(null)
    setFault(null)
    const times = timesOf(when)
    if (!times) {
      setError(t.when.typeBoth)
      focusFirstInvalid(body.current)
      return
    }
    const outcome = move && session ? await reschedule({ input: { sessionId: session.id, ...times, notify } }) : await schedule({ input: { roomId: room.id, ...times } })
    if ('answer' in outcome) {
      onClose()
      toast({ text: move ? t.room.moved : t.room.planned })
      return
    }
    if ('fault' in outcome) return setFault(outcome.fault)
    setError(outcome.problem.message)
    focusFirstInvalid(body.current)
  }

  return (
    <Dialog
      title={move ? t.room.reschedule : t.room.newSession}
      subtitle={room.title}
      onClose={onClose}
      onSubmit={() => void submit()}
      unsaved={unsaved}
      fault={fault}
      foot={
        <>
          <Button kind="quiet" onClick={onClose}>
            {t.cancel}
          </Button>
          <Button type="submit" kind="primary" busy={scheduling || moving}>
            {move ? t.room.move : t.room.plan}
          </Button>
        </>
      }
    >
      <div className="stack" ref={body}>
        <WhenFields when={when} onChange={setWhen} fixedZone error={error} />
        {move && <p className="small soft">{t.room.linksMove}</p>}
        {move && notifyField}
      </div>
    </Dialog>
  )
}
