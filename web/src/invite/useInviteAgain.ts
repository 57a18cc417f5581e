import { useCallback, useRef, useState } from 'react'
import { type InvitationPartsFragment, InviteUsersDocument, type InviteUsersMutation } from '../graphql/generated/graphql'
import { useRun } from '../graphql/useRun'
import { useInviting } from './useInviting'

export type RowResult = Extract<InviteUsersMutation['inviteUsers'], { __typename: 'InviteUsersSuccess' }>['rows'][number]

/** What became of everybody who was invited again, or why it stopped. */
export interface AgainResult {
  rows: RowResult[]
  stopped: string | null
}

const atOnce = 100 // as many as the API accepts

/** Returns a key that makes a call repeatable. */
function newKey(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

/**
 * Returns a function that invites people of an earlier session to the current one, with the roles they had, and how many are
 * done while it runs. A call whose answer was lost is repeated with its key the next time, so nobody is invited twice.
 */
export function useInviteAgain(roomId: string) {
  const [run] = useRun(InviteUsersDocument)
  const look = useInviting(roomId)
  const keys = useRef(new Map<string, string>())
  const [done, setDone] = useState<number | null>(null)
  const again = useCallback(
    async (people: InvitationPartsFragment[]): Promise<AgainResult> => {
      const result: AgainResult = { rows: [], stopped: null }
      setDone(0)
      for (let from = 0; from < people.length && !result.stopped; from += atOnce) {
        const batch = people.slice(from, from + atOnce)
        const rows = batch.map(({ email, firstName, lastName, role }) => ({ email, firstName, lastName, oneName: lastName === '', role }))
        const of = JSON.stringify([batch[0]?.session.id, rows])
        const key = keys.current.get(of) ?? newKey()
        keys.current.set(of, key)
        const outcome = await run({ input: { roomId, key, rows } })
        if ('problem' in outcome && outcome.problem.code === 'INVITATIONS_OFF') look()
        if (!('fault' in outcome)) keys.current.delete(of)
        if ('answer' in outcome) result.rows.push(...outcome.answer.rows)
        else result.stopped = 'problem' in outcome ? outcome.problem.message : outcome.fault
        setDone(Math.min(from + atOnce, people.length))
      }
      setDone(null)
      return result
    },
    [run, look, roomId],
  )
  return [again, done] as const
}
