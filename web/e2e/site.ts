import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import { type Browser, type BrowserContext, expect, type Page, test as base } from '@playwright/test'

/** One running Usher, empty but for its first administrator, Amina Ruth. */
export interface Site {
  url: string
  /** Amina, signed in. */
  manager: Page
  /** A new person in a browser of their own; on a phone, and in a time zone, where asked. */
  person: (options?: Person) => Promise<Page>
  /** Runs another command of the program on the same database, with that as its standard input. */
  run: (args: string[], input: string) => Promise<void>
  /** Stops the program and starts it again on the same database and port. */
  restart: () => Promise<void>
}

interface Person {
  phone?: boolean
  timeZone?: string
}

export const password = 'a long spring of gardens'

const setUpLink = /\/setup#\S+/
const binary = resolve(process.env['E2E_BINARY'] ?? '../usher')

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const address = server.address()
  await new Promise((done) => server.close(done))
  if (address === null || typeof address === 'string') throw new Error('find a free port: no address')
  return address.port
}

/** Starts the program; answers the process, and what it has printed. */
async function start(directory: string, port: number): Promise<{ child: ChildProcess; output: () => string }> {
  const child = spawn(binary, ['--addr', `127.0.0.1:${port}`], { cwd: directory, stdio: ['ignore', 'pipe', 'pipe'] })
  let printed = ''
  const take = (chunk: Buffer) => (printed += chunk.toString())
  child.stdout.on('data', take)
  child.stderr.on('data', take)
  const failed = new Promise<never>((_, reject) => {
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`start usher: exit ${code}\n${printed}`)))
  })
  failed.catch(() => {})
  await Promise.race([
    failed,
    expect.poll(() => /is ready at/.test(printed), { timeout: 20_000 }).toBe(true),
  ])
  return { child, output: () => printed }
}

async function stop(child: ChildProcess) {
  const gone = new Promise((done) => child.once('exit', done))
  child.kill('SIGTERM')
  await gone
}

async function runCommand(directory: string, args: string[], input: string) {
  const child = spawn(binary, args, { cwd: directory, stdio: ['pipe', 'ignore', 'inherit'] })
  child.stdin.end(input)
  const code = await new Promise((done) => child.once('exit', done))
  if (code !== 0) throw new Error(`run usher ${args.join(' ')}: exit ${String(code)}`)
}

async function newPage(browser: Browser, url: string, faults: string[], { phone = false, timeZone }: Person = {}): Promise<[BrowserContext, Page]> {
  const viewport = phone ? { width: 390, height: 844 } : { width: 1280, height: 800 }
  const context = await browser.newContext({ baseURL: url, viewport, hasTouch: phone, ...(timeZone ? { timezoneId: timeZone } : {}) })
  const page = await context.newPage()
  page.on('pageerror', (error) => faults.push(error.message))
  page.on('console', (message) => message.text().includes('Content Security Policy') && faults.push(message.text()))
  page.on('request', (request) => {
    if (new URL(request.url()).origin !== url && !/^(blob|data):/.test(request.url())) faults.push(`asked another site: ${request.url()}`)
  })
  return [context, page]
}

export const test = base.extend<{ site: Site }>({
  site: async ({ browser }, use) => {
    const directory = await mkdtemp(join(tmpdir(), 'usher-e2e-'))
    const port = await freePort()
    const url = `http://localhost:${port}`
    let { child, output } = await start(directory, port)
    const faults: string[] = []
    const contexts: BrowserContext[] = []
    const person: Site['person'] = async (options) => {
      const [context, page] = await newPage(browser, url, faults, options)
      contexts.push(context)
      return page
    }

    const manager = await person()
    await expect.poll(() => output()).toMatch(setUpLink)
    await manager.goto(setUpLink.exec(output())?.[0] ?? '')
    expect(manager.url()).not.toContain('#')
    await manager.getByLabel('Email address').fill('amina@example.org')
    await manager.getByLabel('First name').fill('Amina')
    await manager.getByLabel('Last name').fill('Ruth')
    await manager.getByLabel('Password').fill(password)
    await manager.getByRole('button', { name: 'Create administrator' }).click()
    await expect(manager.getByRole('heading', { name: 'Make your first room' })).toBeVisible()

    await use({
      url,
      manager,
      person,
      run: (args, input) => runCommand(directory, args, input),
      restart: async () => {
        await stop(child)
        ;({ child, output } = await start(directory, port))
      },
    })
    for (const context of contexts) await context.close()
    await stop(child)
    await rm(directory, { recursive: true, force: true })
    expect(faults, 'nothing breaks the policy of the page, throws, or asks another site').toEqual([])
  },
})

/** Amina makes a room; she is on its page afterwards. */
export async function makeRoom(page: Page, title: string, approval = false) {
  await page.goto('/')
  await page.getByRole('button', { name: 'New room' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Title').fill(title)
  if (approval) await dialog.getByLabel('Coming in').selectOption('APPROVAL')
  await dialog.getByRole('button', { name: 'Create room' }).click()
  await expect(page.getByRole('heading', { name: title })).toBeVisible()
}

/** Invites somebody from the three-dot menu; answers the link. */
export async function invite(page: Page, email: string, firstName: string, lastName: string, role: 'Viewer' | 'Speaker' | 'Moderator'): Promise<string> {
  await page.getByRole('button', { name: 'More for this room' }).click()
  await page.getByRole('menuitem', { name: 'Invite users' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Email address').fill(email)
  await dialog.getByLabel('First name').fill(firstName)
  await dialog.getByLabel('Last name').fill(lastName)
  await dialog.getByRole('radio', { name: role }).check()
  await dialog.getByRole('button', { name: 'Generate invite link' }).click()
  await expect(dialog.getByRole('heading', { name: 'The link is ready' })).toBeVisible()
  const link = await dialog.getByLabel('Invite link').inputValue()
  await dialog.getByRole('button', { name: 'Done' }).click()
  await expect(dialog).toBeHidden()
  return link
}

/** Opens a link and says who one is. */
export async function redeem(page: Page, link: string, email: string) {
  await page.goto(link)
  await page.getByLabel('Your email address').fill(email)
  await page.getByRole('button', { name: 'Continue' }).click()
}

/** Axe finds nothing here, in either theme. */
export async function expectAccessible(page: Page) {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    const { violations } = await new AxeBuilder({ page }).analyze()
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`)).toEqual([])
  }
}

export { expect }
