import { useState } from 'react'
import { type Channel, SendMessageDocument } from '../graphql/generated/graphql'
import { serverNow } from '../graphql/clock'
import { useRun } from '../graphql/useRun'
import { newKey } from './key'
import type { Message } from './messages'

/** Somebody whose name was put into the text. */
export interface Named {
  id: string
  name: string
}

/** An own message that has not come back with an event yet. */
export interface Sending {
  key: string
  text: string
  at: string
  replyTo: Message | null
  /** Whom it may mention. */
  named: Named[]
  /** Why it was not sent, or null while it is on its way. */
  fault: string | null
  /** Its id, once the server has it. */
  id: string | null
  /** The newest message that was there when it was written. */
  after: string | undefined
}

/**
 * Sends one's messages, and keeps those that could not be sent, with the key that keeps them from being there twice. One that comes too
 * early goes to `onEarly`, which takes it back to the field if it can.
 */
export function useSending(roomId: string, channel: Channel, onEarly: (one: Sending) => boolean) {
  const [all, setAll] = useState<Sending[]>([])
  const [until, setUntil] = useState(0)
  const [send] = useRun(SendMessageDocument)
  const change = (key: string, more: Partial<Sending>) => setAll((before) => before.map((one) => (one.key === key ? { ...one, ...more } : one)))

  const drop = (key: string) => setAll((before) => before.filter((one) => one.key !== key))

  async function run(sent: Sending) {
    const { key, text, replyTo, named } = sent
    const mentions = [...new Set(named.filter(({ name }) => text.includes(`@${name}`)).map(({ id }) => id))].slice(0, 10)
    const outcome = await send({ input: { roomId, channel, text, key, replyTo: replyTo?.id ?? null, mentions } })
    if ('answer' in outcome) return change(key, { id: outcome.answer.chatMessage.id })
    if ('problem' in outcome && outcome.problem.code === 'SLOW_DOWN' && outcome.problem.retryAt) {
      setUntil(Date.parse(outcome.problem.retryAt))
      if (onEarly(sent)) return drop(sent.key)
    }
    change(key, { fault: 'problem' in outcome ? outcome.problem.message : outcome.fault })
  }
  return {
    all,
    /** When one may send again, by the server's clock. */
    until,
    /** Forgets the wait. If it was too early, the server says so. */
    waitNoMore: () => setUntil(0),
    waitFor: (seconds: number) => setUntil(serverNow() + seconds * 1_000),
    write: (text: string, replyTo: Message | null, named: Named[], after: string | undefined) => {
      const next: Sending = { key: newKey(), text, at: new Date(serverNow()).toISOString(), replyTo, named, fault: null, id: null, after }
      setAll((before) => [...before, next])
      void run(next)
    },
    again: (one: Sending) => {
      change(one.key, { fault: null })
      void run({ ...one, fault: null })
    },
    drop,
    keep: setAll,
  }
}
