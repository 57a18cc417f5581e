import { useState } from 'react'
import { useConnection } from './Usher'

/** Keeps a sentence about a request that failed. It goes when the connection is back, because it is no longer true. */
export function useFault() {
  const [fault, setFault] = useState<string | null>(null)
  const connection = useConnection()
  const [before, setBefore] = useState(connection)
  if (connection !== before) {
    setBefore(connection)
    if (connection === 'connected') setFault(null)
  }
  return [fault, setFault] as const
}
