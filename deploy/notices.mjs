// Prints the licences of everything in a program that others wrote: its Go modules, Go, the packages of the web app, and what
// deploy/licences has. It fails if one of them has no licence, because a release must name them all.
//
//	node deploy/notices.mjs PROGRAM
import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

const fields = (text) => text.split('\n').map((line) => line.trim().split(/\s+/))
const go = (args, env) => execFileSync('go', args, { encoding: 'utf8', env: { ...process.env, ...env } }).trim()

/** Returns the texts of the files in a folder that are about licences. */
function textsIn(folder) {
  const about = /^(un)?licen[cs]e|^copying|^copyright|^notice|^patents|^third-?party/i
  const files = readdirSync(folder, { withFileTypes: true }).filter((file) => file.isFile() && about.test(file.name))
  const names = files.map((file) => file.name).filter((name) => !/\.(go|[cm]?[jt]s)$/.test(name))
  return names.sort().map((name) => readFileSync(join(folder, name), 'utf8').replaceAll('\r', '').trim())
}

// Texts by name and version, each once: a package may be installed in several folders, with the same texts.
const parts = new Map()
function add(part, texts) {
  if (texts.length === 0) throw new Error(`${part} has no licence`)
  parts.set(part, new Set([...(parts.get(part) ?? []), ...texts]))
}

// A module's licences are in its folder, and in those of its packages that are linked.
const built = fields(go(['version', '-m', process.argv[2]]))
const setting = (name) => built.find(([what, text]) => what === 'build' && text.startsWith(`${name}=`))?.[1].slice(name.length + 1) ?? ''
const modules = new Set(built.filter(([what]) => what === 'dep').map(([, path, version]) => `${path} ${version}`))
const format = '{{with .Module}}{{if not .Main}}{{.Path}} {{.Version}} {{.Dir}} {{$.Dir}}{{end}}{{end}}'
const target = { CGO_ENABLED: '1', GOOS: setting('GOOS'), GOARCH: setting('GOARCH') }
for (const [path, version, root, folder] of fields(go(['list', '-deps', '-tags', setting('-tags'), '-f', format, '.'], target))) {
  if (!path) continue
  const texts = textsIn(root)
  for (let at = folder; at !== root; at = dirname(at)) texts.push(...textsIn(at))
  add(`${path} ${version}`, texts)
}
const other = [...modules].filter((part) => !parts.has(part))
if (modules.size === 0 || other.length > 0) throw new Error(`the program was not built from this folder: ${other.join(', ')}`)
add(`Go ${go(['env', 'GOVERSION']).replace(/^go/, '')}`, textsIn(go(['env', 'GOROOT'])))

// Some packages leave their text to a package of the same repository, or of the same author.
const sameAs = {
  '@graphiql/plugin-doc-explorer': 'graphiql', '@graphiql/plugin-history': 'graphiql', 'react-compiler-runtime': 'react',
  'react-remove-scroll-bar': 'react-remove-scroll', 'tiny-case': 'yup',
}
const onlyTypes = ['type-fest']
const builders = ['vite', 'rolldown'] // they put helpers of their own into what they build
const { packages } = JSON.parse(readFileSync('web/package-lock.json', 'utf8'))
for (const [at, { dev, version }] of Object.entries(packages)) {
  const name = at.replace(/.*node_modules\//, '')
  if (!at || onlyTypes.includes(name) || (dev && !builders.includes(name))) continue
  add(`${name} ${version}`, textsIn(sameAs[name] ? `web/node_modules/${sameAs[name]}` : `web/${at}`))
}

for (const file of readdirSync('deploy/licences')) add(file.replace('.txt', ''), [readFileSync(`deploy/licences/${file}`, 'utf8').trim()])

console.log(`Usher is under the MIT License. It contains what follows, each under its own licence.
The source of a Go module is at https://pkg.go.dev/NAME@VERSION, that of a package at https://www.npmjs.com/package/NAME/v/VERSION.`)
for (const part of [...parts.keys()].sort()) console.log(`\n==== ${part} ====\n\n${[...parts.get(part)].join('\n\n')}`)
