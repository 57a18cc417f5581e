import config from '../playwright.config'

// npm run pictures: takes docs/screens anew.
export default { ...config, testDir: '.', testMatch: 'pictures.ts', timeout: 300_000 }
