import { day, format, minute } from './time'

/** Minutes that a zone's clocks are ahead of UTC at an instant. */
function offset(at: number, timeZone: string): number {
  const parts = format({ year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric', hourCycle: 'h23', timeZone }).formatToParts(new Date(at))
  const get = (type: string) => Number(parts.find((part) => part.type === type)?.value)
  return Math.round((Date.UTC(get('year'), get('month') - 1, get('day'), get('hour'), get('minute'), get('second')) - at) / minute)
}

/** Every instant when clocks in the zone show that: two in the hour that comes twice, none in the one that is left out. */
function instants(wall: number, timeZone: string): number[] {
  const found = [wall - day, wall + day].map((near) => wall - offset(near, timeZone) * minute)
  return [...new Set(found)].filter((at) => at + offset(at, timeZone) * minute === wall).toSorted((a, b) => a - b)
}

/**
 * The instant when clocks in the zone show that date and time (2026-11-24, 15:00): the first of two where clocks go back;
 * as much later as they are put forward where that time is left out.
 */
export function instant(date: string, time: string, timeZone: string): string | null {
  const wall = Date.parse(`${date}T${time}:00Z`)
  if (Number.isNaN(wall)) return null
  return new Date(instants(wall, timeZone)[0] ?? wall - offset(wall - day, timeZone) * minute).toISOString()
}

/** Whether clocks in the zone show that date and time once, as nearly always, twice, or never. */
export function shown(date: string, time: string, timeZone: string): 'once' | 'twice' | 'never' {
  return (['never', 'once', 'twice'] as const)[instants(Date.parse(`${date}T${time}:00Z`), timeZone).length] ?? 'once'
}

/** What clocks in the zone show at an instant, as fields of a form take it. */
export function wallClock(at: string | number, timeZone: string): { date: string; time: string } {
  const then = new Date(at).getTime()
  const iso = new Date(then + offset(then, timeZone) * minute).toISOString()
  return { date: iso.slice(0, 10), time: iso.slice(11, 16) }
}

// Browsers keep names that the places themselves have given up.
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

/** The zone of this device. */
export const ownZone = () => nameNow(Intl.DateTimeFormat().resolvedOptions().timeZone)

/** Every zone that this browser knows, by the name that it has now. */
export const allZones = () => Intl.supportedValuesOf('timeZone').map(nameNow)
