import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { resolve } from 'node:path'
import react from '@vitejs/plugin-react'
import type { Plugin } from 'vite'
import { defineConfig } from 'vitest/config'

// The app is built once in each language: `--mode de` builds it in German, after the build in English. What is the same in both,
// such as the styles, gets the same name and is stored once.
//
// The build emits no inline script, no inline style and no data: address, because the server's Content-Security-Policy is
// `default-src 'self'`.
export default defineConfig(({ mode }) => {
  const german = mode === 'de'
  const page = german ? 'index.de.html' : 'index.html'
  return {
    plugins: [react(), documentsApart(), dataToFiles(), firstScript(page), pageOf(page)],
    // The texts of the other language take the place of the English ones, so that no page loads both.
    resolve: { alias: german ? [{ find: './all', replacement: resolve('src/texts/de/all.ts') }] : [] },
    build: {
      outDir: 'dist',
      emptyOutDir: !german,
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      target: ['chrome111', 'safari16.4', 'firefox121'],
      manifest: `.vite/${page}.json`,
      chunkSizeWarningLimit: 6000,
      rolldownOptions: {
        input: german ? [page] : [page, 'graphiql.html'],
        // GraphiQL's files carry directives for a compiler that is not used here.
        onLog: (level, log, report) => log.code === 'MODULE_LEVEL_DIRECTIVE' || report(level, log),
        // A page loads only the texts that it names, and no documents of other pages.
        treeshake: { moduleSideEffects: [{ test: /\/src\/(texts|graphql\/generated)\//, sideEffects: false }] },
        // The libraries of every page are one file: it compresses better, and stays cached when only Usher changes. All style
        // sheets of the app are another, which loads first, so that no page is drawn without its styles. What the first page shares
        // with all others is one file too, which compresses better than many small ones.
        output: {
          codeSplitting: {
            groups: [
              { name: 'libraries', test: /\/node_modules\/(react|react-dom|scheduler|react-router|urql|@urql|wonka|graphql-ws|@0no-co)\// },
              { name: 'styles', test: /\/src\/(?!graphiql).*\.css$/ },
              { name: 'basics', test: /vite\/preload-helper|\/src\/(texts\/(de\/)?(first|count)\.ts|ui\/(time|preference|storage|Button|Icon|Text)\.tsx?)$/ },
            ],
          },
        },
      },
    },
    // Only the app runs in the development server: Vite's optimizer cannot load the workers of GraphiQL.
    optimizeDeps: { entries: ['index.html'] },
    worker: { format: 'es' },
    server: {
      proxy: { '/graphql': { target: 'http://localhost:8080', ws: true } },
    },
    test: {
      environment: 'jsdom',
      include: ['src/**/*.test.{ts,tsx}'],
      setupFiles: ['src/test.ts'],
      // A document for each file, and its libraries, would take most of the time. src/test.ts keeps the files apart.
      isolate: false,
      restoreMocks: true,
      unstubGlobals: true,
    },
  }
})

/** Writes fonts and pictures that a package's style sheet holds as data: addresses into files of their own. */
function dataToFiles(): Plugin {
  const data = /url\(["']?data:(?:font|image|application)\/(?:x-font-)?(\w+)[^,]*;base64,([^"')]+)["']?\)/g
  return {
    name: 'data-to-files',
    enforce: 'post',
    generateBundle(_options, bundle) {
      for (const file of Object.values(bundle)) {
        if (file.type !== 'asset' || !file.fileName.endsWith('.css')) continue
        file.source = String(file.source).replaceAll(data, (_whole, kind: string, base64: string) => {
          const reference = this.emitFile({ type: 'asset', name: `embedded.${kind}`, source: Buffer.from(base64, 'base64') })
          return `url(/${this.getFileName(reference)})`
        })
      }
    },
  }
}

/** Names the script that runs before the app by its content, so that browsers keep it: no page is drawn before it is there. */
function firstScript(name: string): Plugin {
  return {
    name: 'first-script',
    enforce: 'post',
    generateBundle(_options, bundle) {
      const page = bundle[name]
      if (page?.type !== 'asset') return
      const reference = this.emitFile({ type: 'asset', name: 'first.js', source: readFileSync('public/first.js') })
      page.source = String(page.source).replace('/first.js', `/${this.getFileName(reference)}`)
    },
    closeBundle: () => rmSync('dist/first.js', { force: true }), // the copy that only the development server needs
  }
}

/** Has the development server answer with the page of the language. */
function pageOf(name: string): Plugin {
  return { name: 'page-of', apply: 'serve', transformIndexHtml: { order: 'pre', handler: () => readFileSync(name, 'utf8') } }
}

/**
 * Splits the generated documents in two: those that the first page and the client send themselves, and all others, which load with the
 * page after it. As one module, all of them would be in the first load.
 */
function documentsApart(): Plugin {
  const generated = /\/generated\/graphql\.ts$/
  const folders = ['src/link', 'src/graphql']
  const files = folders.flatMap((folder) => readdirSync(folder).filter((file) => file.endsWith('.graphql')).map((file) => readFileSync(`${folder}/${file}`, 'utf8')))
  const operations = files.flatMap((text) => [...text.matchAll(/^(?:query|mutation|subscription) (\w+)/gm)].map(([, name]) => `${name}Document`))
  return {
    name: 'documents-apart',
    enforce: 'pre',
    apply: 'build',
    resolveId(id, importer) {
      return /^\.\/graphql\.ts\?(first|later)$/.test(id) && importer ? importer.replace(/graphql\.ts.*$/, id.slice(2)) : null
    },
    load(id) {
      const [file = '', part] = id.split('?')
      if (!generated.test(file)) return null
      if (part === undefined) return "export * from './graphql.ts?first'\nexport * from './graphql.ts?later'"
      const documents = new Map([...readFileSync(file, 'utf8').matchAll(/^export const (\w+) = gql`[^`]*`/gm)].map(([text, name]) => [name ?? '', text]))
      const first = new Set(operations)
      for (const name of first) for (const [, fragment] of documents.get(name)?.matchAll(/\$\{(\w+)\}/g) ?? []) first.add(fragment ?? '')
      const texts = [...documents].filter(([name]) => first.has(name) === (part === 'first')).map(([, text]) => text)
      const shared = part === 'later' ? [`import { ${[...first].join(', ')} } from './graphql.ts?first'`] : []
      return ["import { gql } from '@urql/core'", ...shared, ...texts].join('\n')
    },
  }
}
