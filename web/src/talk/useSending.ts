import { useState } from 'react'
import { type Channel, SendMessageDocument } from '../graphql/generated/graphql'
import { serverNow } from '../graphql/clock'
import { useRun } from '../graphql/useRun'
import type { Message } from './messages'

/** An own message that has not come back with an event yet. */
export interface Sending {
  key: string
  text: string
  at: string
  replyTo: Message | null
  mentions: string[]
  /** Why it was not sent, or null while it is on its way. */
  fault: string | null
  /** Its id, once the server has it. */
  id: string | null
}

const newKey = () => [...crypto.getRandomValues(new Uint8Array(22))].map((byte) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'[byte & 63]).join('')

/** Sends one's messages, and keeps those that could not be sent, with the key that keeps them from being there twice. */
export function useSending(roomId: string, channel: Channel) {
  const [all, setAll] = useState<Sending[]>([])
  const [until, setUntil] = useState(0)
  const [send] = useRun(SendMessageDocument)
  const change = (key: string, more: Partial<Sending>) => setAll((before) => before.map((one) => (one.key === key ? { ...one, ...more } : one)))

  async function run({ key, text, replyTo, mentions }: Sending) {
    const outcome = await send({ input: { roomId, channel, text, key, replyTo: replyTo?.id ?? null, mentions } })
    if ('answer' in outcome) return change(key, { id: outcome.answer.chatMessage.id })
    if ('problem' in outcome && outcome.problem.retryAt) setUntil(Date.parse(outcome.problem.retryAt))
    change(key, { fault: 'problem' in outcome ? outcome.problem.message : outcome.fault })
  }
  return {
    all,
    /** When one may send again, by the server's clock. */
    until,
    waitFor: (seconds: number) => setUntil(serverNow() + seconds * 1_000),
    write: (text: string, replyTo: Message | null, mentions: string[]) => {
      const next: Sending = { key: newKey(), text, at: new Date(serverNow()).toISOString(), replyTo, mentions, fault: null, id: null }
      setAll((before) => [...before, next])
      void run(next)
    },
    again: (one: Sending) => {
      change(one.key, { fault: null })
      void run({ ...one, fault: null })
    },
    drop: (key: string) => setAll((before) => before.filter((one) => one.key !== key)),
  }
}
