import { describe, expect, it } from 'vitest'
import { changed, eventsOf, type Log, most, openLog, page } from './log'
import type { RoomEvent } from './sentence'

/** Events of these revisions, newest first. */
const upTo = (newest: number, count: number) => Array.from({ length: count }, (_, index) => ({ id: `e${newest - index}`, revision: newest - index }) as RoomEvent)
const revisions = (log: Log) => eventsOf(log).map((event) => event.revision)
const row = (newest: number, oldest: number) => Array.from({ length: newest - oldest + 1 }, (_, index) => newest - index)

describe('the log of a page', () => {
  it('shows what the cache had, and all since, once the server answers', () => {
    let log = openLog(upTo(100, page))
    log = changed(log, { kind: 'news', events: upTo(152, 2) })
    log = changed(log, { kind: 'newest', events: upTo(152, page), asked: page })
    expect(revisions(log)).toEqual(row(152, 1))
    expect(log.complete).toBe(false)
  })

  it('forgets what the cache had when more happened than one answer has, so that nothing is missing in between', () => {
    let log = openLog(upTo(100, page))
    log = changed(log, { kind: 'news', events: upTo(402, 2) })
    log = changed(log, { kind: 'newest', events: upTo(401, page), asked: page })
    expect(revisions(log)).toEqual(row(402, 302))
  })

  it('is complete when an answer is shorter than asked, at N and N+1', () => {
    expect(changed(openLog([]), { kind: 'newest', events: upTo(page, page), asked: page }).complete).toBe(false)
    expect(changed(openLog([]), { kind: 'newest', events: upTo(page - 1, page - 1), asked: page }).complete).toBe(true)
    const log = changed(openLog([]), { kind: 'newest', events: upTo(2 * page, page), asked: page })
    const all = changed(log, { kind: 'older', events: upTo(page, page), asked: page })
    expect([all.complete, changed(all, { kind: 'older', events: [], asked: page }).complete]).toEqual([false, true])
    expect(revisions(all)).toEqual(row(2 * page, 1))
  })

  it('has no gap after events went missing', () => {
    let log = changed(openLog([]), { kind: 'newest', events: upTo(50, 50), asked: page })
    log = changed(log, { kind: 'news', events: upTo(60, 10) })
    log = changed(log, { kind: 'gap' })
    log = changed(log, { kind: 'news', events: upTo(601, 1) })
    log = changed(log, { kind: 'newest', events: upTo(600, page), asked: page })
    expect(revisions(log)).toEqual(row(601, 501))
  })

  it('keeps what came while it was read, though the answer is older, at any number', () => {
    for (const came of [1, page - 1, page, page + 1]) {
      let log = changed(openLog([]), { kind: 'newest', events: upTo(5, 5), asked: page })
      log = changed(log, { kind: 'gap' })
      for (let revision = 6; revision < 6 + came; revision++) log = changed(log, { kind: 'news', events: upTo(revision, 1) })
      log = changed(log, { kind: 'newest', events: upTo(5, 5), asked: page })
      expect(revisions(log)).toEqual(row(5 + came, 1))
    }
  })

  it('stays small through a long day, and can read the rest again', () => {
    let log = changed(openLog([]), { kind: 'newest', events: [], asked: page })
    expect(log.complete).toBe(true)
    for (let newest = 1; newest <= most + page; newest++) log = changed(log, { kind: 'news', events: upTo(newest, 1) })
    expect(revisions(log)).toEqual(row(most + page, page + 1))
    expect(log.complete).toBe(false)
  })
})
