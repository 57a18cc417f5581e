import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { resolve } from 'node:path'
import { expect } from '@playwright/test'

const program = resolve('../.bin/mailpit-v1.33.1') // make .bin/mailpit-v1.33.1

/** An email that it got. */
export interface Letter {
  Subject: string
  Text: string
}

/** A real mail server that keeps what it gets. */
export interface Mailpit {
  /** The flags of a site that sends its emails there. */
  settings: string[]
  /** Returns the emails to an address. */
  got: (address: string) => Promise<Letter[]>
  /** Has it answer all recipients by a code from now on; 0 accepts them. */
  refuse: (code: number) => Promise<void>
  stop: () => Promise<void>
}

/** Starts it at two free ports. */
export async function startMailpit(smtp: number, port: number): Promise<Mailpit> {
  const api = `http://127.0.0.1:${port}`
  const flags = ['--listen', `127.0.0.1:${port}`, '--smtp', `127.0.0.1:${smtp}`, '--smtp-disable-rdns', '--disable-version-check', '--enable-chaos', '-q']
  const child = spawn(program, flags, { stdio: 'inherit' })
  await once(child, 'spawn')
  await expect.poll(() => fetch(`${api}/readyz`).then(({ status }) => status, () => 0), { message: 'Mailpit answers' }).toBe(200)
  const read = async <T>(path: string, init?: RequestInit): Promise<T> => {
    const response = await fetch(api + path, init)
    if (!response.ok) throw new Error(`ask Mailpit ${path}: ${response.status}`)
    return (await response.json()) as T
  }
  return {
    settings: ['--smtp-url', `smtp://127.0.0.1:${smtp}`, '--mail-from', 'usher@site.example'],
    got: async (address) => {
      const { messages } = await read<{ messages: { ID: string }[] }>(`/api/v1/search?query=${encodeURIComponent(`to:"${address}"`)}`)
      return Promise.all(messages.map(({ ID }) => read<Letter>(`/api/v1/message/${ID}`)))
    },
    refuse: async (code) => {
      const Recipient = { Probability: code ? 100 : 0, ErrorCode: code || 550 }
      await read('/api/v1/chaos', { method: 'PUT', body: JSON.stringify({ Recipient }) })
    },
    stop: async () => {
      const gone = once(child, 'exit')
      if (child.exitCode !== null || child.signalCode !== null) return
      child.kill()
      await gone
    },
  }
}
