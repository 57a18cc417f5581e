import { useCallback } from 'react'
import { type OperationResult, useClient } from 'urql'
import { askFresh } from '../graphql/fresh'
import { type InvitationPartsFragment, InvitationsDocument, type InvitationsQuery } from '../graphql/generated/graphql'

/** Reports whether an invitation is of an erased person, who has no address any more. */
export const isErased = ({ email }: InvitationPartsFragment) => email.startsWith('erased:')

/** Reports whether somebody would be asked to come again: their invitation was not revoked, and they were not put out. */
export const welcome = ({ revokedAt, participant }: InvitationPartsFragment) => !revokedAt && participant?.state !== 'BLOCKED' && participant?.state !== 'REMOVED'

/** Returns a function that reads everybody who was invited to a session, or null if that fails. */
export function useInvited(roomId: string) {
  const client = useClient()
  return useCallback(
    async (sessionId: string): Promise<InvitationPartsFragment[] | null> => {
      const people: InvitationPartsFragment[] = []
      for (let after: string | null = null; ; ) {
        const result: OperationResult<InvitationsQuery> = await askFresh(client, InvitationsDocument, { roomId, sessionId, first: 100, after })
        const page = result.data?.room?.invitations
        if (!page) return null
        people.push(...page.edges.map((edge) => edge.node).filter((one) => !isErased(one) && people.every(({ id }) => id !== one.id)))
        after = page.pageInfo.endCursor ?? null
        if (!page.pageInfo.hasNextPage || !after) return people
      }
    },
    [client, roomId],
  )
}
