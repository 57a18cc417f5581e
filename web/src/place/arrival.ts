import { useEffect, useEffectEvent, useRef, useState } from 'react'
import { useLocation, useNavigate } from 'react-router'
import type { ParticipantState } from '../graphql/generated/graphql'
import { t } from '../texts'
import { useVoice } from '../ui/Announcer'
import { ring } from '../ui/ring'

/**
 * Enters at once if a manager pressed “Enter room” on the manager's page, which leaves `{ enter: true }` with the address.
 * It forgets that first, so that neither a reload nor Back enters again. Returns whether it is still entering.
 */
export function useEnterAtOnce(manages: boolean, run: () => Promise<void>): boolean {
  const { pathname, state } = useLocation()
  const navigate = useNavigate()
  const pressed = (state as { enter?: boolean } | null)?.enter === true
  const [entering, setEntering] = useState(pressed && manages)
  const enter = useEffectEvent(run)
  useEffect(() => {
    if (!pressed) return
    void navigate(pathname, { replace: true, state: null })
    if (manages) void enter().finally(() => setEntering(false))
  }, [pressed, manages, pathname, navigate])
  return entering
}

/** Says once, with a soft sound, that somebody who waited in the queue was let in. */
export function useAdmitted(state: ParticipantState | undefined, title: string) {
  const { say } = useVoice()
  const before = useRef(state)
  useEffect(() => {
    const admitted = before.current === 'WAITING' && state === 'IN_ROOM'
    before.current = state
    if (!admitted) return
    say(t.place.queue.admitted(title))
    ring()
  }, [state, title, say])
}
