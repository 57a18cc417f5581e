import { day, format, minute } from './time'

/** Returns by how many minutes a zone is ahead of UTC at an instant. */
function offset(at: number, timeZone: string): number {
  const parts = format({ year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric', hourCycle: 'h23', timeZone }).formatToParts(new Date(at))
  const get = (type: string) => Number(parts.find((part) => part.type === type)?.value)
  return Math.round((Date.UTC(get('year'), get('month') - 1, get('day'), get('hour'), get('minute'), get('second')) - at) / minute)
}

/** Returns every instant when clocks in the zone show that time: two in a repeated hour, none in a skipped one. */
function instants(wall: number, timeZone: string): number[] {
  const found = [wall - day, wall + day].map((near) => wall - offset(near, timeZone) * minute)
  return [...new Set(found)].filter((at) => at + offset(at, timeZone) * minute === wall).toSorted((a, b) => a - b)
}

/** Reads the wall clock of form fields. Date.parse alone takes empty fields for a date in the year 2000. */
const wallOf = (date: string, time: string) => (date && time ? Date.parse(`${date}T${time}:00Z`) : NaN)

/**
 * Returns the instant when clocks in the zone show a date and time (2026-11-24, 15:00), or null for an empty field. Of two
 * instants it returns the first. A skipped time is moved by as much as the clocks go forward.
 */
export function instant(date: string, time: string, timeZone: string): string | null {
  const wall = wallOf(date, time)
  if (Number.isNaN(wall)) return null
  return new Date(instants(wall, timeZone)[0] ?? wall - offset(wall - day, timeZone) * minute).toISOString()
}

/** Returns how often clocks in the zone show a date and time: once, twice, or never. */
export function shown(date: string, time: string, timeZone: string): 'once' | 'twice' | 'never' {
  return (['never', 'once', 'twice'] as const)[instants(wallOf(date, time), timeZone).length] ?? 'once'
}

/** Returns the date and time on the zone's clocks at an instant, as form fields. */
export function wallClock(at: string | number, timeZone: string): { date: string; time: string } {
  const then = new Date(at).getTime()
  const iso = new Date(then + offset(then, timeZone) * minute).toISOString()
  return { date: iso.slice(0, 10), time: iso.slice(11, 16) }
}

// Browsers keep old names of zones.
const renamed: Record<string, string> = {
  'America/Buenos_Aires': 'America/Argentina/Buenos_Aires',
  'America/Godthab': 'America/Nuuk',
  'Asia/Calcutta': 'Asia/Kolkata',
  'Asia/Katmandu': 'Asia/Kathmandu',
  'Asia/Rangoon': 'Asia/Yangon',
  'Asia/Saigon': 'Asia/Ho_Chi_Minh',
  'Atlantic/Faeroe': 'Atlantic/Faroe',
  'Europe/Kiev': 'Europe/Kyiv',
  'Pacific/Ponape': 'Pacific/Pohnpei',
  'Pacific/Truk': 'Pacific/Chuuk',
}
const nameNow = (zone: string) => renamed[zone] ?? zone

/** Returns the zone of this device. */
export const ownZone = () => nameNow(Intl.DateTimeFormat().resolvedOptions().timeZone)

/** Returns every zone that this browser knows, by its current name. */
export const allZones = () => Intl.supportedValuesOf('timeZone').map(nameNow)

/** UTC+5:45: how far a zone is from UTC at an instant. */
export function zoneOffset(zone: string, at: number): string {
  const minutes = offset(at, zone)
  if (minutes === 0) return 'UTC'
  const size = Math.abs(minutes)
  return `UTC${minutes < 0 ? '−' : '+'}${Math.floor(size / 60)}${size % 60 ? `:${String(size % 60).padStart(2, '0')}` : ''}`
}

const plain = (text: string) => text.normalize('NFKD').replaceAll(/\p{M}/gu, '').replaceAll('−', '-').toLowerCase()

/** Reports whether each typed word begins a word of the zone's name or its offset. */
export function zoneMatches(zone: string, at: number, typed: string): boolean {
  const words = plain(`${zone} ${zoneOffset(zone, at)} ${zoneOffset(zone, at).slice(3)}`).split(/[\s/_]+/)
  return plain(typed).split(/[\s/_,]+/).every((part) => words.some((word) => word.startsWith(part)))
}
