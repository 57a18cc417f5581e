import { useEffect } from 'react'
import { useMutation } from 'urql'
import { AcknowledgeRoleDocument } from '../graphql/generated/graphql'

// The role revision of each place that this tab has acknowledged. Entering shows the same role again.
const acknowledged = new Map<string, number>()

interface AcknowledgeProps {
  roomId: string
  me: { id: string; roleRevision: number } | null | undefined
}

/**
 * Acknowledges each role that the page shows, once, so that managers see it delivered. It stands beside what shows the role, in the
 * same Suspense and Boundary: what could not be loaded is not acknowledged.
 */
export function Acknowledge({ roomId, me }: AcknowledgeProps) {
  const [, acknowledge] = useMutation(AcknowledgeRoleDocument)
  const id = me?.id
  const roleRevision = me?.roleRevision
  useEffect(() => {
    if (id === undefined || roleRevision === undefined || roleRevision <= (acknowledged.get(id) ?? -1)) return
    acknowledged.set(id, roleRevision)
    void acknowledge({ roomId, roleRevision }).then(({ error }) => {
      if (error && acknowledged.get(id) === roleRevision) acknowledged.delete(id) // what shows the role next tries again
    })
  }, [acknowledge, roomId, id, roleRevision])
  return null
}
