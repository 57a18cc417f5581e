import { useState } from 'react'
import type { SessionPartsFragment } from '../graphql/generated/graphql'
import { t } from '../texts'
import { useVoice } from '../ui/Announcer'
import { Banner } from '../ui/Banner'
import { Button } from '../ui/Button'
import type { PlaceRoom } from './asked'
import { calendarLinks } from './entry'
import { remember, savedOf } from './saved'

interface CalendarProps {
  room: PlaceRoom
  session: SessionPartsFragment
  host: string | null
}

/** Offers the session for calendars, and says that a saved one is old once the session has moved. */
export function AddToCalendar({ room, session, host }: CalendarProps) {
  const { busy, save, saved, links, opened } = useCalendar({ room, session, host })
  const old = saved !== null && saved.sequence < session.sequence
  return (
    <div className="stack stack--tight">
      {old && (
        <Banner tone="wait" icon="calendar" role="status">
          {saved.file ? t.calendar.old : t.calendar.oldElsewhere}
        </Banner>
      )}
      <Button size="large" wide icon="calendar" busy={busy} onClick={save}>
        {old && saved.file ? t.calendar.again : t.calendar.add}
      </Button>
      <p className="small soft center">
        <a href={links.google} target="_blank" rel="noopener noreferrer" onClick={opened}>
          {t.calendar.google}
        </a>
        {' · '}
        <a href={links.outlook} target="_blank" rel="noopener noreferrer" onClick={opened}>
          {t.calendar.outlook}
        </a>
      </p>
    </div>
  )
}

/** Offers the file that removes a cancelled session from the calendar that it was saved to. */
export function CalendarOfCancelled(props: CalendarProps) {
  const { busy, save, saved } = useCalendar(props)
  if (saved === null || saved.sequence >= props.session.sequence) return null
  return (
    <>
      <p className="small soft">{saved.file ? t.calendar.cancelled : t.calendar.cancelledElsewhere}</p>
      {saved.file && (
        <Button size="large" wide icon="calendar" busy={busy} onClick={save}>
          {t.calendar.again}
        </Button>
      )}
    </>
  )
}

function useCalendar({ room, session, host }: CalendarProps) {
  const { toast } = useVoice()
  const [busy, setBusy] = useState(false)
  const [saved, setSaved] = useState(() => savedOf(session.id))
  const entry = { title: room.title, description: room.description, host, address: `${location.origin}/rooms/${room.id}`, session }
  const note = (file: boolean) => {
    const now = { session: session.id, sequence: session.sequence, file }
    remember(now)
    setSaved(now)
  }
  const save = async () => {
    setBusy(true)
    const loaded = await import('./calendarFile').catch(() => null)
    setBusy(false)
    if (!loaded) return toast({ text: `${t.failed.updated.title}. ${t.failed.updated.text}`, failed: true })
    const file = new Blob([loaded.calendarFile(entry)], { type: 'text/calendar;charset=utf-8' })
    const anchor = document.createElement('a')
    anchor.href = URL.createObjectURL(file)
    anchor.download = 'session.ics'
    anchor.click()
    setTimeout(() => URL.revokeObjectURL(anchor.href), 60_000)
    note(true)
  }
  return { busy, saved, links: calendarLinks(entry), save: () => void save(), opened: () => note(false) }
}
