import { t } from '../texts'
import { preference } from './preference'

// Dates are in the language of the texts. The browser decides which form of it, and so the order of day and month, and 12 or 24
// hours unless the person chose. The default of English is its international form.
const locales = [...navigator.languages.filter((language) => language.startsWith(t.language)), t.region]

const formats = new Map<string, Intl.DateTimeFormat>()
/** Returns a format in the viewer's form of the language, made once. */
export function format(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = JSON.stringify(options)
  let found = formats.get(key)
  if (!found) {
    found = new Intl.DateTimeFormat(locales, options)
    formats.set(key, found)
  }
  return found
}

const relative = new Intl.RelativeTimeFormat(locales, { numeric: 'auto' })
const short = new Intl.RelativeTimeFormat(locales, { numeric: 'always', style: 'short' })

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

const ownTwelve = new Intl.DateTimeFormat(locales, { hour: 'numeric' }).resolvedOptions().hour12

/** Returns how hours are written: 6 PM on a clock of 12 hours, and 18 on one of 24. Without a choice, the viewer's form of the language decides. */
function hours() {
  const chosen = preference('clock')
  const twelve = chosen === '12' || (chosen !== '24' && ownTwelve)
  return { hour: twelve ? 'numeric' : '2-digit', hourCycle: twelve ? 'h12' : 'h23' } as const
}

// 6:20 PM where clocks have 12 hours, and 06:20 where they have 24.
const clockParts = () => ({ ...hours(), minute: '2-digit' }) as const

/** 15:00 or 3:00 PM, in the viewer's zone or in another. */
export function clock(at: string | number, timeZone?: string): string {
  return format({ ...clockParts(), timeZone }).format(new Date(at))
}

/** 15:00–16:30, or 15:00 where there is no end. */
export function clockRange(from: string, to?: string | null, timeZone?: string): string {
  return to ? `${clock(from, timeZone)}–${clock(to, timeZone)}` : clock(from, timeZone)
}

/** The same on the clocks of another zone, with the weekday if it differs from the viewer's: Wed 02:11. */
export function clockThere(from: string, to: string | null | undefined, timeZone: string): string {
  const times = clockRange(from, to, timeZone)
  if (dayNumber(Date.parse(from), timeZone) === dayNumber(Date.parse(from))) return times
  return `${format({ weekday: 'short', timeZone }).format(new Date(from))} ${times}`
}

function dayNumber(at: number, timeZone?: string): number {
  const here = new Date(at)
  // Lists ask for the days of very many instants.
  if (!timeZone) return Math.round(Date.UTC(here.getFullYear(), here.getMonth(), here.getDate()) / day)
  const parts = format({ year: 'numeric', month: 'numeric', day: 'numeric', timeZone }).formatToParts(here)
  const get = (type: string) => Number(parts.find((part) => part.type === type)?.value)
  return Math.round(Date.UTC(get('year'), get('month') - 1, get('day')) / day)
}

/** today, tomorrow, yesterday, or Fri 27 Nov, with another year than this one added. */
export function dayWord(at: string, now: number): string {
  const then = Date.parse(at)
  const apart = dayNumber(then) - dayNumber(now)
  if (Math.abs(apart) <= 1) return relative.format(apart, 'day')
  const year = new Date(then).getFullYear() === new Date(now).getFullYear() ? undefined : 'numeric'
  return format({ weekday: 'short', day: 'numeric', month: 'short', year }).format(then)
}

/** 15:00 where that is today, else with the day: yesterday, 15:00. */
export function clockNear(at: string, now: number): string {
  return dayNumber(Date.parse(at)) === dayNumber(now) ? clock(at) : `${dayWord(at, now)}, ${clock(at)}`
}

/** Tuesday 24 November, with the year: the day in full. */
export function longDay(at: string, timeZone?: string): string {
  return format({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric', timeZone }).format(new Date(at))
}

/** Tue 24 Nov, 16:30. */
export function dayAndClock(at: string): string {
  return format({ weekday: 'short', day: 'numeric', month: 'short', ...clockParts() }).format(new Date(at))
}

/** The exact instant, for the title of a relative one. */
export function exact(at: string): string {
  return format({ dateStyle: 'full', timeStyle: 'medium', hourCycle: hours().hourCycle }).format(new Date(at))
}

/** now, in 3 min, in 2 hr, tomorrow, 3 min ago: how far from now. */
export function ago(at: string | number, now: number): string {
  const apart = (typeof at === 'number' ? at : Date.parse(at)) - now
  const size = Math.abs(apart)
  if (size < minute) return apart < 0 ? t.justNow : relative.format(0, 'second')
  if (size < hour) return short.format(Math.trunc(apart / minute), 'minute')
  if (size < day) return short.format(Math.round(apart / hour), 'hour')
  return relative.format(Math.round(apart / day), 'day')
}

/** just now, 3 min ago: when something happened. A page's clock may be a little behind what the server reports. */
export function since(at: string, now: number): string {
  return ago(at, Math.max(now, Date.parse(at) + 1))
}

/** Returns how often words about an instant may change: each second while it is near, else each minute. */
export function pace(at: string | null | undefined, now: number): number {
  return at && Math.abs(Date.parse(at) - now) < 2 * minute ? 1_000 : minute
}

/** 0:08, 24:08 or 1:24:08: how long something goes on. */
export function elapsed(since: string, now: number): string {
  const seconds = Math.max(0, Math.floor((now - Date.parse(since)) / 1000))
  const two = (value: number) => String(value).padStart(2, '0')
  const hours = Math.floor(seconds / 3600)
  const minutes = Math.floor(seconds / 60) % 60
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`
}

/** 20 s, 2 min, 1 hr: a span in its largest unit. */
export function span(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000))
  if (seconds < 60) return `${seconds} s`
  const [value, unit] = seconds < 3600 ? [Math.floor(seconds / 60), 'minute'] : [Math.floor(seconds / 3600), 'hour']
  return new Intl.NumberFormat(t.language, { style: 'unit', unit: String(unit), unitDisplay: 'short' }).format(Number(value))
}

/** Lisbon, for Europe/Lisbon. */
export function zoneName(timeZone: string): string {
  return timeZone.slice(timeZone.lastIndexOf('/') + 1).replaceAll('_', ' ')
}

/** Reports whether clocks in the zone differ from the viewer's at that instant. */
export function otherZone(at: string, timeZone: string): boolean {
  const options = { year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric' } as const
  try {
    return format(options).format(new Date(at)) !== format({ ...options, timeZone }).format(new Date(at))
  } catch {
    return false // a zone that this browser does not know
  }
}

export { minute, hour, day }
