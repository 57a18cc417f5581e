import { useEffect, useState } from 'react'
import { useMutation } from 'urql'
import { backoff } from '../graphql/backoff'
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
  const [tries, setTries] = useState(0)
  const id = me?.id
  const roleRevision = me?.roleRevision
  useEffect(() => {
    if (id === undefined || roleRevision === undefined || roleRevision <= (acknowledged.get(id) ?? -1)) return
    let over = false
    let timer: number | undefined
    acknowledged.set(id, roleRevision)
    void acknowledge({ roomId, roleRevision }).then(({ error }) => {
      if (!error || acknowledged.get(id) !== roleRevision) return
      acknowledged.delete(id)
      // The server may be out of reach for a moment. After another error, what shows the role next tries again.
      if (error.networkError && !over) timer = window.setTimeout(() => setTries(tries + 1), 500 + backoff(tries))
    })
    return () => {
      over = true
      clearTimeout(timer)
    }
  }, [acknowledge, roomId, id, roleRevision, tries])
  return null
}
