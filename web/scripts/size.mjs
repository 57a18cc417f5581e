// Fails the build if scripts exceed their budget, gzipped: those of the invitee's first load, which are the entry of index.html and its
// static imports, and those that the tools, the questions and the polls of a room each add to the page of the room. Each language keeps
// to the budgets.
import { readFileSync, rmSync } from 'node:fs'
import { gzipSync } from 'node:zlib'

const budget = 130_000
const dist = new URL('../dist/', import.meta.url)
const pages = ['index.html', 'index.de.html']
const manifests = pages.map((page) => JSON.parse(readFileSync(new URL(`.vite/${page}.json`, dist), 'utf8')))
rmSync(new URL('.vite', dist), { recursive: true }) // the server embeds dist as it is
pages.forEach((page, at) => check(page, manifests[at]))

function check(page, manifest) {
  console.log(page)
  const sizeOf = (key) => gzipSync(readFileSync(new URL(manifest[key].file, dist)), { level: 9 }).length
  const seen = walk(page, new Set())

  let total = 0
  for (const key of seen) {
    const { file } = manifest[key]
    if (!file.endsWith('.js')) continue
    const size = sizeOf(key)
    total += size
    console.log(`${file.padEnd(44)} ${(size / 1000).toFixed(1).padStart(7)} kB`)
  }
  console.log(`first load of the invitee's page: ${(total / 1000).toFixed(1)} kB gzipped, budget ${budget / 1000} kB`)
  if (total > budget) {
    console.error('the invitee’s first load is over its budget')
    process.exit(1)
  }

  const inviting = walk('src/room/RoomPage.tsx', walk('src/room/RoomRoute.tsx', new Set(seen)))
  hold('inviting several people', ['src/invite/ManyDialog.tsx'], inviting, 12_000)
  const talk = (part) => `src/talk/${part}.tsx`
  const room = walk('src/room/RoomRoute.tsx', new Set(seen))
  hold('tools of a room', [talk('Tools')], room, 25_000)
  const tools = walk(talk('Tools'), new Set(room))
  hold('questions of a room', [talk('Questions')], tools, 10_000)
  // The questions and the chat share menus and dialogs with the polls.
  const shared = ['Questions', 'QuestionMenu', 'HideAll'].reduce((all, part) => walk(talk(part), all), new Set(tools))
  hold('polls of a room, with what only hosts load', ['Polls', 'PollForm', 'PollMenu', 'DropDraft'].map(talk), shared, 15_000)

  function walk(key, seen) {
    if (seen.has(key)) return seen
    seen.add(key)
    for (const next of manifest[key].imports ?? []) walk(next, seen)
    return seen
  }

  /** Fails if what some parts of the page add to those that are there before is over its budget. */
  function hold(what, parts, before, budget) {
    const needed = parts.flatMap((part) => [...walk(part, new Set())])
    const added = new Set(needed.filter((key) => !before.has(key) && manifest[key].file.endsWith('.js')))
    const size = [...added].reduce((sum, key) => sum + sizeOf(key), 0)
    console.log(`${what}: ${(size / 1000).toFixed(1)} kB gzipped, budget ${budget / 1000} kB`)
    if (size <= budget) return
    console.error(`${what}: over the budget`)
    process.exit(1)
  }
}
