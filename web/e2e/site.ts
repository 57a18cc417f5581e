import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { type BrowserContext, expect, type Page, test as base } from '@playwright/test'
import { ask } from './api'
import { type Mailpit, startMailpit } from './mailpit'
import { type Proxy, startProxy } from './proxy'

interface Person {
  phone?: boolean
  timeZone?: string
  userAgent?: string
}

/** One running Usher, empty but for its first administrator, Amina Ruth. */
export interface Site {
  url: string
  /** Amina, signed in, on an empty page. */
  manager: Page
  /** A new person in a browser of their own; on a phone, and in a time zone, where asked. */
  person: (options?: Person) => Promise<Page>
  /** Runs another command of the program on the same database, with that as its standard input. */
  run: (args: string[], input: string) => Promise<void>
  /** Gives somebody an account, with the one password of these stories. */
  account: (email: string, firstName: string, lastName: string, admin?: boolean) => Promise<void>
  /** A new person in a browser of their own, with an account and signed in. */
  member: (email: string, firstName: string, lastName: string, admin?: boolean) => Promise<Page>
  /** Ends the program: SIGTERM lets it finish what was asked, SIGKILL does not. */
  stop: (signal?: 'SIGTERM' | 'SIGKILL') => Promise<void>
  /** Starts it again on the same database and port. */
  start: () => Promise<void>
  /** Both, one after the other. */
  restart: () => Promise<void>
  /** The proxy between the browsers and the program, if a story uses one (`proxied`). */
  proxy: Proxy
  /** The mail server that the program sends to, if a story uses one (`mailed`). */
  mailpit: Mailpit
}

export const password = 'a long spring of gardens'

const setUpLink = /\/setup#(\S+)/
const binary = resolve(process.env['E2E_BINARY'] ?? '../usher')

export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const address = server.address()
  await new Promise((done) => server.close(done))
  if (address === null || typeof address === 'string') throw new Error('find a free port: no address')
  return address.port
}

/** Starts the program; answers the process, and what it has printed. */
export async function start(directory: string, port: number, publicPort: number, ...more: string[]): Promise<{ child: ChildProcess; output: () => string }> {
  const child = spawn(binary, ['--addr', `127.0.0.1:${port}`, '--public-url', `http://localhost:${publicPort}`, ...more], { cwd: directory, stdio: ['ignore', 'pipe', 'pipe'] })
  let printed = ''
  await new Promise<void>((ready, reject) => {
    const take = (chunk: Buffer) => {
      printed += chunk.toString()
      if (/is ready at/.test(printed)) ready()
    }
    child.stdout.on('data', take)
    child.stderr.on('data', take)
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`start usher: exit ${code}\n${printed}`)))
  })
  return { child, output: () => printed }
}

export async function stop(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM') {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = new Promise((done) => child.once('exit', done))
  child.kill(signal)
  await gone
}

async function runCommand(directory: string, args: string[], input: string) {
  const child = spawn(binary, args, { cwd: directory, stdio: ['pipe', 'ignore', 'inherit'] })
  child.stdin.end(input)
  const code = await new Promise((done) => child.once('exit', done))
  if (code !== 0) throw new Error(`run usher ${args.join(' ')}: exit ${String(code)}`)
}

/** Notes what no page of the app may ever do. */
function watch(page: Page, url: string, faults: string[]) {
  page.on('pageerror', (error) => faults.push(error.message))
  page.on('console', (message) => message.text().includes('Content Security Policy') && faults.push(message.text()))
  page.on('request', (request) => {
    if (new URL(request.url()).origin !== url && !/^(blob|data|about):/.test(request.url())) faults.push(`asked another site: ${request.url()}`)
  })
}

export const test = base.extend<{ site: Site; proxied: boolean; mailed: boolean }>({
  proxied: [false, { option: true }],
  mailed: [false, { option: true }],
  site: async ({ browser, proxied, mailed }, use) => {
    const directory = await mkdtemp(join(tmpdir(), 'usher-e2e-'))
    const port = await freePort()
    const publicPort = proxied ? await freePort() : port
    const proxy = proxied ? await startProxy(publicPort, port) : undefined
    const url = `http://localhost:${publicPort}`
    const mailpit = mailed ? await startMailpit(await freePort(), await freePort()) : undefined
    const settings = mailpit?.settings ?? []
    let { child, output } = await start(directory, port, publicPort, ...settings)
    const faults: string[] = []
    const contexts: BrowserContext[] = []
    const person: Site['person'] = async ({ phone = false, timeZone, userAgent } = {}) => {
      const viewport = phone ? { width: 390, height: 844 } : { width: 1280, height: 800 }
      const context = await browser.newContext({ baseURL: url, viewport, hasTouch: phone, timezoneId: timeZone, userAgent })
      contexts.push(context)
      context.on('page', (page) => watch(page, url, faults))
      return context.newPage()
    }
    const run: Site['run'] = (args, input) => runCommand(directory, args, input)
    const account: Site['account'] = (email, firstName, lastName, admin) =>
      run(['user', 'add', '--email', email, '--first-name', firstName, '--last-name', lastName, ...(admin ? ['--admin'] : [])], `${password}\n`)
    const startAgain = async () => {
      ;({ child, output } = await start(directory, port, publicPort, ...settings))
    }

    const manager = await person()
    const token = setUpLink.exec(output())?.[1]
    await ask(manager, 'mutation ($input: SetUpInput!) { setUp(input: $input) { __typename } }', {
      input: { token, email: 'amina@example.org', firstName: 'Amina', lastName: 'Ruth', password },
    })

    await use({
      get proxy() {
        if (!proxy) throw new Error('find the proxy: the story does not use `proxied`')
        return proxy
      },
      get mailpit() {
        if (!mailpit) throw new Error('find the mail server: the story does not use `mailed`')
        return mailpit
      },
      url,
      manager,
      person,
      account,
      member: async (email, firstName, lastName, admin) => {
        await account(email, firstName, lastName, admin)
        const page = await person()
        await ask(page, 'mutation ($input: SignInInput!) { signIn(input: $input) { __typename } }', { input: { email, password } })
        return page
      },
      run,
      stop: (signal) => stop(child, signal),
      start: startAgain,
      restart: async () => {
        await stop(child)
        await startAgain()
      },
    })
    for (const context of contexts) await context.close()
    await proxy?.close()
    await stop(child)
    await mailpit?.stop()
    await rm(directory, { recursive: true, force: true })
    expect(faults, 'nothing breaks the policy of the page, throws, or asks another site').toEqual([])
  },
})

export { expect }
