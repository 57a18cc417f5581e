import { useCallback, useEffect, useRef, useState } from 'react'
import { type InviteRow, type Language, InviteUsersDocument, type InviteUsersMutation } from '../graphql/generated/graphql'
import { useRun } from '../graphql/useRun'
import { useInviting } from './useInviting'

export type RowResult = Extract<InviteUsersMutation['inviteUsers'], { __typename: 'InviteUsersSuccess' }>['rows'][number]

/** What became of everybody, or of those before it stopped and why. */
export interface ManyResult {
  rows: RowResult[]
  stopped: string | null
}

interface Call {
  people: InviteRow[]
  /** The session that they were read for. Another session's list is another one. */
  of: string | undefined
  expiresAt?: string
  /** Whether to email everybody their link. */
  send?: boolean
  language?: Language
}

const atOnce = 100 // as many as the API accepts

/** Returns a key that makes a call repeatable. */
function newKey(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

/**
 * Returns a function that invites many people to the current session, and how many are done while it runs. A call whose answer was
 * lost is repeated with its key the next time, so nobody is invited twice. Whoever leaves the page stops it before the next call.
 */
export function useInviteMany(roomId: string) {
  const [run] = useRun(InviteUsersDocument)
  const look = useInviting(roomId)
  const keys = useRef(new Map<string, string>())
  const [done, setDone] = useState<number | null>(null)
  const shown = useRef(true)
  useEffect(() => {
    shown.current = true
    return () => {
      shown.current = false
    }
  }, [])
  const inviteAll = useCallback(
    async ({ people, of, expiresAt, send = false, language }: Call): Promise<ManyResult> => {
      const result: ManyResult = { rows: [], stopped: null }
      setDone(0)
      for (let from = 0; from < people.length && result.stopped === null && shown.current; from += atOnce) {
        const rows = people.slice(from, from + atOnce)
        const call = JSON.stringify([of, expiresAt, send, language, rows])
        const key = keys.current.get(call) ?? newKey()
        keys.current.set(call, key)
        const outcome = await run({ input: { roomId, key, rows, expiresAt, send, language } })
        if ('problem' in outcome && outcome.problem.code === 'INVITATIONS_OFF') look()
        if (!('fault' in outcome)) keys.current.delete(call)
        if ('answer' in outcome) result.rows.push(...outcome.answer.rows)
        else result.stopped = 'problem' in outcome ? outcome.problem.message : outcome.fault
        setDone(result.rows.length)
      }
      setDone(null)
      return result
    },
    [run, look, roomId],
  )
  return [inviteAll, done] as const
}
