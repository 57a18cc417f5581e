import { serverNow } from '../graphql/clock'
import { t } from '../texts'
import { SelectField, TextField } from '../ui/Field'
import { day, minute } from '../ui/time'
import { ZoneField } from '../ui/ZoneField'
import { instant, ownZone, shown, wallClock } from '../ui/zones'

export interface When {
  date: string
  time: string
  zone: string
  /** Minutes; empty for no end. */
  length: string
}

const lengths = ['30', '45', '60', '90', '120', '180', '240', '480']

/** Returns the next full hour in a zone that is at least half an hour away. */
export function soon(now: number, zone: string = ownZone()): When {
  const hour = 60 * minute
  return { ...wallClock(Math.ceil((now + hour / 2) / hour) * hour, zone), zone, length: '60' }
}

/** Returns so many minutes from now in a zone, at the next five minutes. */
export function inMinutes(now: number, minutes: number, zone: string): Pick<When, 'date' | 'time'> {
  return wallClock(Math.ceil((now + minutes * minute) / (5 * minute)) * 5 * minute, zone)
}

/** Returns ten o'clock of the next day in a zone. */
export function tomorrowAtTen(now: number, zone: string): Pick<When, 'date' | 'time'> {
  const noon = Date.parse(`${wallClock(now, zone).date}T12:00:00Z`)
  return { date: new Date(noon + day).toISOString().slice(0, 10), time: '10:00' }
}

/** Returns a planned session as fields. */
export function whenOf(session: { startsAt: string; endsAt?: string | null }, zone: string): When {
  const length = session.endsAt ? String(Math.round((Date.parse(session.endsAt) - Date.parse(session.startsAt)) / minute)) : ''
  return { ...wallClock(session.startsAt, zone), zone, length }
}

/** Returns start and end as instants, or null where date or time is missing. */
export function timesOf(when: When): { startsAt: string; endsAt: string | null } | null {
  const startsAt = instant(when.date, when.time, when.zone)
  if (!startsAt) return null
  return { startsAt, endsAt: when.length ? new Date(Date.parse(startsAt) + Number(when.length) * minute).toISOString() : null }
}

// Explains a typed time on the two nights a year when clocks change.
function clockChange({ date, time, zone }: When): string | null {
  const startsAt = instant(date, time, zone)
  if (!startsAt) return null
  const times = shown(date, time, zone)
  if (times === 'twice') return t.when.twice
  return times === 'never' ? t.when.never(wallClock(startsAt, zone).time) : null
}

interface WhenFieldsProps {
  when: When
  onChange: (when: When) => void
  /** Shows the room's zone instead of a choice. */
  fixedZone?: boolean
  /** The session starts at once, so only its length is asked. */
  atOnce?: boolean
  error?: string | null
}

/** Fields for date, time, length and zone of a session. */
export function WhenFields({ when, onChange, fixedZone, atOnce, error }: WhenFieldsProps) {
  const set = (name: keyof When) => (event: { target: { value: string } }) => onChange({ ...when, [name]: event.target.value })
  const offered = when.length && !lengths.includes(when.length) ? [...lengths, when.length] : lengths
  return (
    <>
      <div className="field-trio">
        {!atOnce && <TextField label={t.when.date} type="date" required value={when.date} onChange={set('date')} error={error} />}
        {!atOnce && <TextField label={t.when.time} type="time" required value={when.time} onChange={set('time')} hint={clockChange(when)} />}
        <SelectField label={t.when.length} value={when.length} onChange={set('length')}>
          {offered.map((minutes) => (
            <option key={minutes} value={minutes}>
              {t.when.minutes(Number(minutes))}
            </option>
          ))}
          <option value="">{t.when.noEnd}</option>
        </SelectField>
      </div>
      {fixedZone ? <p className="small soft">{t.when.inRoomsZone(when.zone.replaceAll('_', ' '))}</p> : <ZoneField value={when.zone} at={Date.parse(instant(when.date, when.time, when.zone) ?? '') || serverNow()} onChange={(zone) => onChange({ ...when, zone })} />}
    </>
  )
}
