// Measures when an invitee's page is first painted, and when its heading is there, on a slow phone: Slow 4G (562 ms, 1.44 Mbit/s)
// and a processor four times slower. It prints medians. Usage: node scripts/paint.mjs URL [RUNS]
import { chromium } from '@playwright/test'

const [url = 'http://localhost:8080/join', runs = '5'] = process.argv.slice(2)
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium-headless-shell', args: ['--no-sandbox'] })
const median = (values) => Math.round(values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)])
const painted = []
const drawn = []
for (let i = 0; i < Number(runs); i++) {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 } })
  const page = await context.newPage()
  const session = await context.newCDPSession(page)
  await session.send('Network.enable')
  await session.send('Network.emulateNetworkConditions', { offline: false, latency: 562.5, downloadThroughput: 180_000, uploadThroughput: 84_375 })
  await session.send('Emulation.setCPUThrottlingRate', { rate: 4 })
  await page.goto(url)
  await page.getByRole('heading').first().waitFor()
  drawn.push(await page.evaluate(() => performance.now()))
  painted.push(await page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0].startTime))
  await context.close()
}
console.log(`first contentful paint ${median(painted)} ms, heading ${median(drawn)} ms (medians of ${runs})`)
await browser.close()
