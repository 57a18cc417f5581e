// Fails the build if scripts exceed their budget, gzipped: those of the invitee's first load, which are the entry of index.html and its
// static imports, and those that the tools of a room add to the page of the room.
import { readFileSync, rmSync } from 'node:fs'
import { gzipSync } from 'node:zlib'

const budget = 130_000
const toolsBudget = 25_000
const dist = new URL('../dist/', import.meta.url)
const manifest = JSON.parse(readFileSync(new URL('.vite/manifest.json', dist), 'utf8'))
rmSync(new URL('.vite', dist), { recursive: true }) // the server embeds dist as it is

function walk(key, seen) {
  if (seen.has(key)) return seen
  seen.add(key)
  for (const next of manifest[key].imports ?? []) walk(next, seen)
  return seen
}
const sizeOf = (key) => gzipSync(readFileSync(new URL(manifest[key].file, dist)), { level: 9 }).length
const seen = walk('index.html', new Set())

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

const room = walk('src/room/RoomRoute.tsx', new Set(seen))
const tools = [...walk('src/talk/Tools.tsx', new Set())].filter((key) => !room.has(key) && manifest[key].file.endsWith('.js'))
const added = tools.reduce((sum, key) => sum + sizeOf(key), 0)
console.log(`tools of a room: ${(added / 1000).toFixed(1)} kB gzipped, budget ${toolsBudget / 1000} kB`)
if (added > toolsBudget) {
  console.error('the tools of a room are over their budget')
  process.exit(1)
}

const questionsBudget = 10_000
const before = walk('src/talk/Tools.tsx', new Set(room))
const questions = [...walk('src/talk/Questions.tsx', new Set())].filter((key) => !before.has(key) && manifest[key].file.endsWith('.js'))
const more = questions.reduce((sum, key) => sum + sizeOf(key), 0)
console.log(`questions of a room: ${(more / 1000).toFixed(1)} kB gzipped, budget ${questionsBudget / 1000} kB`)
if (more > questionsBudget) {
  console.error('the questions of a room are over their budget')
  process.exit(1)
}
