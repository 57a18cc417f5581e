import { randomUUID } from 'node:crypto'
import { setMaxListeners } from 'node:events'
import type { Page } from '@playwright/test'
import { type Guest, ask, type Invited, type MadeRoom, redeemAlone } from './api'

interface Site {
  url: string
  person: () => Promise<Page>
}

/** Runs an action for each item, a few at once. */
async function forEach<T, R>(items: T[], atOnce: number, run: (item: T, index: number) => Promise<R>): Promise<R[]> {
  const done: R[] = []
  let next = 0
  const work = async () => {
    for (let at = next++; at < items.length; at = next++) done[at] = await run(items[at] as T, at)
  }
  await Promise.all(Array.from({ length: atOnce }, work))
  return done
}

/** Invites so many people, as viewers called Guest 1 and so on. Every hundredth is a speaker. */
export async function inviteCrowd(manager: Page, room: MadeRoom, count: number): Promise<Invited[]> {
  const invited: Invited[] = []
  for (let first = 1; first <= count; first += 100) {
    const rows = Array.from({ length: Math.min(100, count - first + 1) }, (_, index) => {
      const number = first + index
      return { email: `guest${number}@example.org`, firstName: 'Guest', lastName: String(number), role: number % 100 === 0 ? 'SPEAKER' : 'VIEWER' }
    })
    const data = await ask(
      manager,
      `mutation($input: InviteUsersInput!) { inviteUsers(input: $input) { ... on InviteUsersSuccess { rows { email invitation { id link } } } ... on Problem { code message } } }`,
      { input: { roomId: room.id, key: randomUUID(), rows } },
    )
    const answer = data['inviteUsers'] as unknown as { rows?: { email: string; invitation: { id: string; link: string } }[] }
    if (!answer.rows) throw new Error(`invite a crowd: ${JSON.stringify(data)}`)
    invited.push(...answer.rows.map(({ email, invitation }) => ({ ...invitation, email })))
  }
  return invited
}

/** Redeems each link on a device of its own. */
export const redeemCrowd = (site: Site, invited: Invited[]): Promise<Guest[]> => forEach(invited, 8, (one) => redeemAlone(site, one))

// An answer that nothing refers to any more may be collected, and its connection closed.
const kept = new Set<Response>()

/** Keeps a live connection for each guest, so that they are online, until the function that it returns is called. */
export async function bringOnline(site: Site, room: MadeRoom, guests: Guest[]): Promise<() => void> {
  const over = new AbortController()
  setMaxListeners(0, over.signal)
  const query = 'subscription($roomId: ID!) { roomEvents(roomId: $roomId, after: 0) { revision } }'
  await forEach(guests, 16, async ({ bearer }) => {
    const answer = await fetch(`${site.url}/graphql`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Accept: 'text/event-stream', Authorization: `Bearer ${bearer}` },
      body: JSON.stringify({ query, variables: { roomId: room.id } }),
      signal: over.signal,
    })
    const reader = answer.body?.getReader()
    if (!answer.ok || !reader) throw new Error(`bring online: ${answer.status}`)
    kept.add(answer)
    await reader.read()
    const drain = async () => {
      while (!(await reader.read()).done);
    }
    drain().catch(() => {}) // it ends with the story
  })
  return () => {
    kept.clear()
    over.abort()
  }
}

/** Lets the guests enter, evenly spread over the time. Returns how long it took: a busy server may take longer. */
export async function enterCrowd(site: Site, room: MadeRoom, guests: Guest[], within: number): Promise<number> {
  const start = Date.now()
  const body = JSON.stringify({ query: 'mutation($id: ID!) { enterRoom(roomId: $id) { __typename ... on Problem { code message } } }', variables: { id: room.id } })
  const enter = async ({ bearer }: Guest): Promise<void> => {
    const response = await fetch(`${site.url}/graphql`, { method: 'POST', headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${bearer}` }, body })
    const text = await response.text()
    if (!text.includes('ParticipantSuccess')) throw new Error(`enter: ${text}`)
  }
  await Promise.all(
    guests.map(async (guest, index) => {
      await new Promise((done) => setTimeout(done, (index / guests.length) * within))
      await enter(guest)
    }),
  )
  return Date.now() - start
}

interface TraceEvent {
  name: string
  ph: string
  pid: number
  tid: number
  tdur?: number
  args: { name?: string; data?: { frames?: { url: string; processId: number }[] } }
}

/**
 * Measures the page's tasks until the function that it returns is called. That returns the processor time of each in milliseconds, the
 * longest first. Other work of the machine does not count.
 */
export async function noteTasks(page: Page): Promise<() => Promise<number[]>> {
  const session = await page.context().newCDPSession(page)
  const events: TraceEvent[] = []
  session.on('Tracing.dataCollected', ({ value }) => events.push(...(value as unknown as TraceEvent[])))
  await session.send('Tracing.start', { transferMode: 'ReportEvents', traceConfig: { includedCategories: ['disabled-by-default-devtools.timeline', 'devtools.timeline', 'toplevel'], excludedCategories: ['*'] } })
  return async () => {
    const complete = new Promise((done) => session.once('Tracing.tracingComplete', done))
    await session.send('Tracing.end')
    await complete
    // The other pages of a story do nothing meanwhile.
    const mains = new Set(events.filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain').map(({ pid, tid }) => `${pid} ${tid}`))
    const tasks = events.filter(({ name, pid, tid }) => name === 'RunTask' && mains.has(`${pid} ${tid}`))
    return tasks.map(({ tdur = 0 }) => tdur / 1_000).toSorted((one, other) => other - one)
  }
}
