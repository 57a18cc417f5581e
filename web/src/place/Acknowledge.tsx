import { useEffect, useRef } from 'react'
import { useMutation } from 'urql'
import { AcknowledgeRoleDocument } from '../graphql/generated/graphql'

/**
 * Acknowledges each role that the page shows, so that managers see it delivered. It stands beside what shows the role, in the
 * same Suspense and Boundary: what could not be loaded is not acknowledged.
 */
export function Acknowledge({ roomId, roleRevision }: { roomId: string; roleRevision: number | undefined }) {
  const [, acknowledge] = useMutation(AcknowledgeRoleDocument)
  const done = useRef(-1)
  useEffect(() => {
    if (roleRevision === undefined || roleRevision <= done.current) return
    done.current = roleRevision
    void acknowledge({ roomId, roleRevision })
  }, [acknowledge, roomId, roleRevision])
  return null
}
