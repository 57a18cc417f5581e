import { t } from '../texts'

/** What somebody wrote, as it is said. */
export interface Said {
  author: string
  text: string
  /** It mentions the reader, or answers them. */
  toMe: boolean
}

interface Clock {
  now: () => number
  setTimeout: (run: () => void, ms: number) => number
  clearTimeout: (timer: number) => void
}

const pause = 5_000
const longest = 120 // characters

const sentence = ({ author, text }: Said) => t.talk.said(author, [...text].length > longest ? `${[...text].slice(0, longest).join('')}…` : text)

/**
 * Tells a screen reader what is written, by a polite live region, at most every five seconds: one message by its words, several by their
 * number. What concerns the reader is said at once.
 */
export function speaker(say: (text: string) => void, clock: Clock) {
  let waiting: Said[] = []
  let timer: number | undefined
  let last = -Infinity

  const flush = () => {
    timer = undefined
    const [first, ...more] = waiting
    waiting = []
    if (!first) return
    last = clock.now()
    say(more.length === 0 ? sentence(first) : t.talk.newMessages(more.length + 1))
  }
  return {
    wrote: (messages: Said[]) => {
      const mine = messages.filter(({ toMe }) => toMe)
      for (const message of mine) say(sentence(message))
      waiting.push(...messages.filter(({ toMe }) => !toMe))
      if (waiting.length === 0 || timer !== undefined) return
      timer = clock.setTimeout(flush, Math.max(0, last + pause - clock.now()))
    },
    stop: () => {
      if (timer !== undefined) clock.clearTimeout(timer)
      timer = undefined
      waiting = []
    },
  }
}
