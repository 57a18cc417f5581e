import config from '../playwright.config'

// npm run pictures: retakes docs/screens.
export default { ...config, testDir: '.', testMatch: 'pictures.ts', timeout: 300_000 }
