// Fails the build if the scripts of the invitee's first load exceed their budget: the entry of index.html and its static
// imports, gzipped. Pages that load on demand do not count.
import { readFileSync, rmSync } from 'node:fs'
import { gzipSync } from 'node:zlib'

const budget = 130_000
const dist = new URL('../dist/', import.meta.url)
const manifest = JSON.parse(readFileSync(new URL('.vite/manifest.json', dist), 'utf8'))
rmSync(new URL('.vite', dist), { recursive: true }) // the server embeds dist as it is

const seen = new Set()
function walk(key) {
  if (seen.has(key)) return
  seen.add(key)
  for (const next of manifest[key].imports ?? []) walk(next)
}
walk('index.html')

let total = 0
for (const key of seen) {
  const { file } = manifest[key]
  if (!file.endsWith('.js')) continue
  const size = gzipSync(readFileSync(new URL(file, dist)), { level: 9 }).length
  total += size
  console.log(`${file.padEnd(44)} ${(size / 1000).toFixed(1).padStart(7)} kB`)
}
console.log(`first load of the invitee's page: ${(total / 1000).toFixed(1)} kB gzipped, budget ${budget / 1000} kB`)
if (total > budget) {
  console.error('the invitee’s first load is over its budget')
  process.exit(1)
}
