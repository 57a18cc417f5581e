import { describe, expect, it } from 'vitest'

// What each folder may import, besides itself and the generated code. A folder stands below all that it may import, so no
// two import each other. Features share ui, graphql, people and shell; where one shows a part of another, the row says so.
const shared = ['texts', 'ui', 'graphql', 'people', 'shell']
const allowed: Record<string, string[]> = {
  texts: [],
  ui: ['texts'],
  graphql: ['texts', 'ui'],
  people: ['texts', 'ui', 'graphql'],
  shell: ['texts', 'ui', 'graphql', 'people'],
  activity: shared,
  site: shared,
  link: shared,
  invite: [...shared, 'activity'],
  talk: shared,
  gesture: shared,
  place: [...shared, 'link', 'talk', 'gesture'],
  room: [...shared, 'activity', 'invite', 'link', 'talk', 'place'],
  graphiql: [],
}
const generated = 'graphql/generated'

const sources = import.meta.glob<string>(['./**/*.{ts,tsx}', '!./graphql/generated/**'], { query: '?raw', import: 'default', eager: true })

/** Returns the imports that the table forbids, each as “file imports file”. Files outside of the folders import anything. */
function forbidden(files: Record<string, string>): string[] {
  return Object.entries(files).flatMap(([file, text]) => {
    const from = file.replace(/^\.\//, '')
    const folder = from.split('/')[0] ?? ''
    if (!from.includes('/')) return []
    return [...text.matchAll(/(?:from|import|import\()\s*'(\.[^']*)'/g)]
      .map(([, to]) => new URL(to ?? '', `file:///${from}`).pathname.slice(1))
      .filter((to) => !to.startsWith(generated) && to.split('/')[0] !== folder && !allowed[folder]?.includes(to.split('/')[0] ?? ''))
      .map((to) => `${from} imports ${to}`)
  })
}

/**
 * Returns the imports that make a page need what it should do without, each as “file imports file”: a file that is loaded by a
 * bare import(), whose failure stops nothing, is imported in no other way. Types are free.
 */
function needed(files: Record<string, string>): string[] {
  const path = (from: string, to: string | undefined) => new URL(to ?? '', `file:///${from.replace(/^\.\//, '')}`).pathname.slice(1)
  const sources = Object.entries(files).filter(([file]) => !/\.test\.tsx?$/.test(file))
  const extras = new Set(sources.flatMap(([file, text]) => [...text.matchAll(/(.*)import\('(\.[^']*)'\)/g)].filter(([, before]) => !/\b(?:part|extra)\(/.test(before ?? '')).map(([, , to]) => path(file, to))))
  return sources.flatMap(([file, text]) =>
    [...text.matchAll(/^(?:import(?! type)|export)[^;'\n]*'(\.[^']*)'/gm)]
      .map(([, to]) => path(file, to))
      .filter((to) => extras.has(to))
      .map((to) => `${file.replace(/^\.\//, '')} imports ${to}`),
  )
}

describe('the sources', () => {
  it('need nothing that a page should do without, such as a sound', () => {
    expect(needed(sources)).toEqual([])
  })

  it.each([
    ['a sound that a page needs', "import { chime } from '../ui/chime'", ['people/useKnock.ts imports ui/chime']],
    ['nothing in a type', "import type { Sound } from '../ui/chime'", []],
    ['nothing in a page that is loaded as a part and imported too', "import RoomsPage from '../room/RoomsPage'", []],
  ])('have a check that finds %s', (_name, text, found) => {
    const loads = { './ui/ring.ts': "void import('./chime').catch(() => {})", './App.tsx': "const RoomsPage = part(() => import('./room/RoomsPage'))" }
    expect(needed({ ...loads, './people/useKnock.ts': text })).toEqual(found)
  })

  it('have no field of the type email, which rewrites international addresses (see EmailField)', () => {
    expect(Object.keys(sources).filter((file) => !file.endsWith('.test.ts') && sources[file]?.includes('type="email"'))).toEqual([])
  })
})

describe('the folders of src', () => {
  it('import each other only as the table allows', () => {
    expect(forbidden(sources)).toEqual([])
  })

  it('each have a row in the table, above the rows that import them', () => {
    const folders = new Set(Object.keys(sources).flatMap((file) => (file.split('/').length > 2 ? [file.split('/')[1]] : [])))
    expect(Object.keys(allowed).toSorted()).toEqual([...folders].toSorted())
    const rows = Object.keys(allowed)
    for (const [folder, imports] of Object.entries(allowed)) {
      for (const other of imports) expect(rows.indexOf(other), `${folder} may import ${other}`).toBeLessThan(rows.indexOf(folder))
    }
  })

  it.each([
    ['a feature that ui imports', './ui/Button.tsx', "import { roles } from '../people/roles'", ['ui/Button.tsx imports people/roles']],
    ['a feature that the client imports', './graphql/place.ts', "import { takeToken } from '../link/token'", ['graphql/place.ts imports link/token']],
    ['a feature against the order', './link/JoinPage.tsx', "const load = () => import('../room/RoomRoute')", ['link/JoinPage.tsx imports room/RoomRoute']],
    ['a style sheet of another feature', './site/SitePage.tsx', "import '../room/RoomPage.css'", ['site/SitePage.tsx imports room/RoomPage.css']],
    ['a folder that is not in the table', './fresh/Page.tsx', "import { t } from '../texts'", ['fresh/Page.tsx imports texts']],
    ['nothing in an import that the table allows', './room/RoomPage.tsx', "import { InviteDialog } from '../invite/InviteDialog'", []],
    ['nothing in the generated code', './texts/first.ts', "import type { RoomRole } from '../graphql/generated/graphql'", []],
  ])('find %s', (_name, file, text, found) => {
    expect(forbidden({ [file]: text })).toEqual(found)
  })
})
