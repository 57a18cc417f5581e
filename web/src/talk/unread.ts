import { t } from '../texts'
import type { Mark } from './Tabs'

/** What came into a channel since the reader last looked. */
export interface News {
  count: number
  /** How many of them mention the reader, or answer them. */
  toMe: number
}

export const noNews: News = { count: 0, toMe: 0 }

export const withNews = (before: News, more: News): News => ({ count: before.count + more.count, toMe: before.toMe + more.toMe })

/** Returns the mark of a tab: a number for what concerns the reader, else a dot for anything new. */
export function markOf({ count, toMe }: News): Mark | null {
  if (toMe > 0) return { count: toMe, words: t.talk.forYou(toMe) }
  return count > 0 ? { words: t.talk.somethingNew } : null
}
