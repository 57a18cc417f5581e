import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Page } from '@playwright/test'

const dist = resolve('dist')

/** What the stories take away, one part after the other. */
export const parts = {
  invitee: ['RoomRoute', 'Refusal', 'AskHost', 'Elsewhere', 'Tools'],
  code: ['CodeStep'],
  asked: ['Asked'],
  manager: ['SignInPage', 'SetUpPage', 'PasswordPage', 'RoomsPage', 'TopBar', 'SitePage', 'PeoplePage', 'ServersPage', 'AccountPage', 'NotFound'],
  promotion: ['ModeratorPeople', 'chime'],
  room: ['RoomPage'],
  summary: ['SummaryDialog'],
  wanted: ['DeviceSettings', 'MyPopover', 'MySheet', 'HandOver', 'MoveHere', 'MoveByCode', 'TakeOver', 'calendarFile', 'MessageMenu', 'ChannelMenu', 'HideAll', 'LinksMenu', 'ManyDialog'],
  tools: ['Controls', 'DropDraft', 'HandQueue', 'HandSettings', 'PollForm', 'PollMenu', 'Polls', 'QuestionMenu', 'QuestionSettings', 'Questions', 'Reacted', 'SheetControls'],
}

type Built = 'index.html' | 'graphiql.html'

/** Returns the names of the scripts without which the app does not start. */
export function firstParts(page: Built = 'index.html'): string[] {
  const text = readFileSync(resolve(dist, page), 'utf8')
  return [...text.matchAll(/<(?:script type="module"|link rel="modulepreload")[^>]*\/assets\/([\w.-]+)"/g)].map(([, name]) => name ?? '')
}

/** Returns all scripts of a page in English, and those that it loads later, when somebody needs them. The folder has the German ones too. */
function scripts(page?: Built): { all: Set<string>; later: Set<string> } {
  const all = new Set<string>()
  const later = new Set<string>()
  const walk = (name: string) => {
    if (all.has(name)) return
    all.add(name)
    const text = readFileSync(resolve(dist, 'assets', name), 'utf8')
    for (const [, , call, next = ''] of text.matchAll(/\b(from|import)\s*(\(?)\s*["'`]\.\/([\w.-]+\.js)["'`]/g)) {
      if (call) later.add(next)
      walk(next)
    }
  }
  firstParts(page).forEach(walk)
  return { all, later }
}

/** Returns what the app loads later, by the names of the sources. */
export const laterParts = (): string[] => [...scripts().later].map((name) => name.replace(/-[\w-]{8}\.js$/, '')).toSorted()

/** Notes the parts that a page loads from now on: scripts and style sheets. */
export function watchParts(page: Page): Set<string> {
  const names = new Set<string>()
  page.on('request', (request) => {
    const name = /\/assets\/([\w.-]+\.(?:js|css))$/.exec(request.url())?.[1]
    if (name) names.add(name)
  })
  return names
}

/** Answers parts with 404 from now on, as after an upgrade of the server. Returns a function that brings them back. */
export async function takeAway(page: Page, ...parts: string[]): Promise<() => Promise<void>> {
  const matches = (url: URL) => parts.some((part) => url.pathname === `/assets/${part}`)
  await page.route(matches, (route) => route.fulfill({ status: 404, body: 'This page does not exist' }))
  return () => page.unroute(matches)
}

/** Does the same for every part that was not loaded yet. */
export async function takeAwayTheRest(page: Page, loaded: Set<string>): Promise<() => Promise<void>> {
  const kept = new Set(loaded)
  const matches = (url: URL) => url.pathname.startsWith('/assets/') && !kept.has(url.pathname.slice('/assets/'.length))
  await page.route(matches, (route) => route.fulfill({ status: 404, body: 'This page does not exist' }))
  return () => page.unroute(matches)
}

/** Returns the name of the part that a source file became, of the app or of GraphiQL. */
export function partOf(source: string): string {
  const name = [...scripts().all, ...scripts('graphiql.html').all].find((one) => new RegExp(`^${source}-[\\w-]{8}\\.js$`).test(one))
  if (!name) throw new Error(`find the part ${source}: the build has none`)
  return name
}
