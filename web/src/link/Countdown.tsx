import { useEffect, useRef } from 'react'
import { useServerNow } from '../graphql/clock'
import { t } from '../texts'
import { useVoice } from '../ui/Announcer'
import { day, hour, minute } from '../ui/time'
import './Countdown.css'

export interface Left {
  days: number
  hours: number
  minutes: number
  seconds: number
}

/** Returns the time left in whole seconds that end exactly at the start, or null from then on. */
export function left(until: number, now: number): Left | null {
  const rest = Math.ceil((until - now) / 1000) * 1000
  if (rest <= 0) return null
  return {
    days: Math.floor(rest / day),
    hours: Math.floor((rest % day) / hour),
    minutes: Math.floor((rest % hour) / minute),
    seconds: Math.floor((rest % minute) / 1000),
  }
}

/** Returns the minute to announce when the rest goes from one value to another: 10, 5, 1, or 0 at the start. */
export function spoken(before: number, rest: number): 10 | 5 | 1 | 0 | null {
  for (const mark of [0, 1, 5, 10] as const) {
    if (before > mark * minute && rest <= mark * minute) return mark
  }
  return null
}

/** Counts down by the server's clock, each second. Screen readers announce 10, 5, 1 minute and the start. */
export function Countdown({ until }: { until: string }) {
  const now = useServerNow(1000)
  const { say } = useVoice()
  const end = Date.parse(until)
  const before = useRef(end - now)

  useEffect(() => {
    const rest = end - now
    const mark = spoken(before.current, rest)
    before.current = rest
    if (mark !== null) say(t.link.startsInMinutes(mark))
  }, [end, now, say])

  const rest = left(end, now) ?? { days: 0, hours: 0, minutes: 0, seconds: 0 }
  const parts = (['days', 'hours', 'minutes', 'seconds'] as const).filter((part) => part !== 'days' || rest.days > 0)
  return (
    <div className="countdown" role="timer" aria-live="off" aria-label={t.link.startsIn}>
      {parts.map((part) => (
        <div key={part}>
          <span className="countdown__label">{t.units[part]}</span>
          <span className="countdown__digits">{String(rest[part]).padStart(2, '0')}</span>
        </div>
      ))}
    </div>
  )
}

/** Reports whether an instant has come, by the server's clock. Renders again when it does. */
export function useReached(instant: string): boolean {
  return useServerNow(1000) >= Date.parse(instant)
}
