import { defineConfig } from '@playwright/test'
import { atNight } from './e2e/nightly'

// The stories run against the real program with the app in it (E2E_BINARY, or ../usher), each on its own database. They use
// Debian's Chromium without a window, or CHROMIUM. It is the same engine, and takes half the processor time of one that could have a
// window. No browser is downloaded.
export default defineConfig({
  testDir: 'e2e',
  // By day, each screen and each guarantee has its main story. The variants run at night.
  grepInvert: atNight ? [] : /@night/,
  fullyParallel: true,
  workers: 3, // for two cores: some stories wait for networks that fail
  timeout: 300_000, // a safety limit for whole stories on a busy machine; each of their steps has its own
  expect: { timeout: 15_000 },
  forbidOnly: Boolean(process.env['CI']),
  reporter: 'list',
  use: {
    browserName: 'chromium',
    actionTimeout: 15_000,
    locale: 'en-GB',
    timezoneId: 'Europe/Paris',
    contextOptions: { reducedMotion: 'reduce' },
    // Pictures of each step take an eighth of the processor time. To see them, run a story with --trace=on.
    trace: { mode: 'retain-on-failure', screenshots: false, snapshots: false },
    launchOptions: {
      executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium-headless-shell',
      args: ['--no-sandbox', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
    },
  },
})
