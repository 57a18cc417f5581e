import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'

const dist = resolve('dist')

/** Returns the names of all files that the app may load, found from its page: those it starts with, and those it loads later. */
export function partsOfApp(): { first: string[]; later: string[] } {
  const named = (text: string) => [...text.matchAll(/(?:assets|\.)\/([\w-]+-[\w-]{8}\.(?:js|css))/g)].map(([, name]) => name ?? '')
  const first = new Set(named(readFileSync(resolve(dist, 'index.html'), 'utf8')))
  const all = new Set(first)
  for (const name of all) {
    if (!name.endsWith('.js')) continue
    for (const next of named(readFileSync(resolve(dist, 'assets', name), 'utf8'))) all.add(next)
  }
  return { first: [...first], later: [...all].filter((name) => !first.has(name)) }
}
