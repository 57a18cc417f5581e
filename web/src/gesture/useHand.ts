import { useEffect, useEffectEvent } from 'react'
import { LowerHandDocument, OwnHandDocument, RaiseHandDocument, type RoomRole } from '../graphql/generated/graphql'
import { useRoomEvent } from '../graphql/roomEvents'
import { useDo } from '../graphql/useRun'
import { t } from '../texts'
import { useVoice } from '../ui/Announcer'
import { useReread } from './useReread'

// No event reports that those before one in the queue have been answered.
const positionEvery = 30_000

const next: Record<RoomRole, RoomRole | null> = { VIEWER: 'SPEAKER', SPEAKER: 'MODERATOR', MODERATOR: null }

/** One's own hand. */
export interface Hand {
  up: boolean
  /** The position among all hands, while it is up. */
  position: number | null
  /** How often a request was declined in this session. */
  declined: number
  /** The role to ask for, or null if there is none above one's own, or hands are off. */
  asks: RoomRole | null
  reactions: boolean
  raise: (note: string) => Promise<boolean>
  lower: () => void
}

/** Follows one's own hand. `tells` makes it say how the hand ended, for the one of several on a page that does. */
export function useHand(roomId: string, me: { id: string; role: RoomRole }, tells: boolean): Hand | null {
  const [raise] = useDo(RaiseHandDocument)
  const [lower] = useDo(LowerHandDocument)
  const { toast, say } = useVoice()
  const [read, reread] = useReread(OwnHandDocument, { roomId }, 500, (event) => {
    switch (event.__typename) {
      case 'HandsRaised':
        return next[me.role] !== null // those who are not moderators get only that of their own
      case 'HandLowered':
      case 'RolePromoted':
      case 'RoleDemoted':
        return event.participant.id === me.id
      case 'HandsLowered':
      case 'ToolsChanged':
      case 'RoomUpdated':
      case 'SessionStarted':
        return true
      default:
        return false
    }
  })
  const own = read?.room?.myParticipant
  const up = Boolean(own?.handRaisedAt)
  const position = own?.handPosition ?? null
  const look = useEffectEvent(reread)
  useEffect(() => {
    if (!up) return
    const timer = setInterval(() => document.visibilityState === 'visible' && look(), positionEvery)
    return () => clearInterval(timer)
  }, [up])
  useRoomEvent((event) => {
    if (!tells) return
    if (event.__typename === 'HandLowered' && event.participant.id === me.id && event.end === 'DECLINED') toast({ text: t.gesture.declined(own?.handsDeclined ? 2 : 1) })
    if (event.__typename === 'HandsLowered' && up) toast({ text: t.gesture.allLowered })
  })
  if (!read?.room?.tools || !own) return null
  const { hands, reactions } = read.room.tools
  const asks = next[me.role]
  return {
    up,
    position,
    declined: own.handsDeclined ?? 0,
    asks: hands || up ? asks : null,
    reactions,
    raise: async (note) => {
      const done = asks && (await raise({ roomId, role: asks, note: note.trim() || null }))
      if (!done) return false
      say(t.gesture.raised(done.participant.handPosition ?? null))
      reread()
      return true
    },
    lower: () =>
      void lower({ participantId: me.id }).then((done) => {
        if (!done) return
        say(t.gesture.lowered)
        reread()
      }),
  }
}
