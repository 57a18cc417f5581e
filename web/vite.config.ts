import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'

// Everything stands in a file of its own: the server's Content-Security-Policy is `default-src 'self'`,
// so no inline script, no inline style and no data: address may come out of the build.
export default defineConfig({
  plugins: [react()],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: ['chrome111', 'safari16.4', 'firefox121'],
    manifest: true,
    chunkSizeWarningLimit: 6000,
    rolldownOptions: { input: { index: 'index.html', graphiql: 'graphiql.html' } },
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
