import react from '@vitejs/plugin-react'
import type { Plugin } from 'vite'
import { defineConfig } from 'vitest/config'

// Everything stands in a file of its own: the server's Content-Security-Policy is `default-src 'self'`,
// so no inline script, no inline style and no data: address may come out of the build.
export default defineConfig({
  plugins: [react(), dataToFiles()],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: ['chrome111', 'safari16.4', 'firefox121'],
    manifest: true,
    chunkSizeWarningLimit: 6000,
    rolldownOptions: {
      input: { index: 'index.html', graphiql: 'graphiql.html' },
      // A page loads the words that it names, not all that the catalogue leads to.
      treeshake: { moduleSideEffects: [{ test: /\/src\/texts\//, sideEffects: false }] },
    },
  },
  worker: { format: 'es' },
  server: {
    proxy: { '/graphql': { target: 'http://localhost:8080', ws: true } },
  },
  test: {
    environment: 'jsdom',
    include: ['src/**/*.test.{ts,tsx}'],
    setupFiles: ['src/test.ts'],
    restoreMocks: true,
  },
})

/** Fonts and pictures that a package has written into its style sheet as data: addresses become files of their own. */
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
