import { useContext, useEffect, useEffectEvent, useRef, useState } from 'react'
import { askFresh } from '../graphql/fresh'
import { LowerHandDocument, OwnHandDocument, type OwnHandQuery, RaiseHandDocument, type RoomRole } from '../graphql/generated/graphql'
import { EventsOfRoom, type PlaceEvent, useRoomEvent } from '../graphql/roomEvents'
import { useDo } from '../graphql/useRun'
import { t } from '../texts'
import { useVoice } from '../ui/Announcer'
import type { Switches } from './HandSettings'
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
  /** There is a role to ask for, but hands are off. */
  off: boolean
  reactions: boolean
  raise: (note: string) => Promise<boolean>
  lower: () => void
}

/** Follows one's own hand. `tells` makes it say how the hand ended, for the one of several on a page that does. */
export function useHand(roomId: string, me: { id: string; role: RoomRole }, tells: boolean): Hand | null {
  const [raise] = useDo(RaiseHandDocument)
  const [lower] = useDo(LowerHandDocument)
  const { toast, say } = useVoice()
  const known = useRef({ on: false, up: false })
  const events = useContext(EventsOfRoom)
  const concerns = (event: PlaceEvent) => {
    switch (event.__typename) {
      case 'HandsRaised':
        return next[me.role] !== null // those who are not moderators get only that of their own
      case 'HandLowered':
      case 'RolePromoted':
      case 'RoleDemoted':
        return event.participant.id === me.id
      // A crowd that asks again at once is a burden: not after another title, and not without a hand.
      case 'RoomUpdated':
        return event.room.chatAndCollaboration !== known.current.on
      case 'HandsLowered':
        return known.current.up
      case 'SessionStarted':
        return true
      default:
        return false
    }
  }
  /** Returns what entering answered, unless an event since then may have changed it. */
  const asEntered = async (): Promise<OwnHandQuery | null> => {
    const entered = events.take('hand')
    const of = await entered?.answer
    const changed = entered?.events.some((event) => of && event.revision > of.revision && (event.__typename === 'ToolsChanged' || concerns(event)))
    return of && !changed ? { room: of } : null
  }
  const [read, reread] = useReread(async (client) => (await asEntered()) ?? (await askFresh(client, OwnHandDocument, { roomId })).data, roomId, 500, concerns)
  const room = read?.room
  const own = room?.myParticipant
  const up = Boolean(own?.handRaisedAt)
  const position = own?.handPosition ?? null
  useEffect(() => {
    known.current = { on: Boolean(room?.tools), up }
  }, [room, up])
  const look = useEffectEvent(reread)
  useEffect(() => {
    if (!up) return
    const timer = setInterval(() => document.visibilityState === 'visible' && look(), positionEvery)
    return () => clearInterval(timer)
  }, [up])
  const asks = next[me.role]
  // The event of a change has all of it. A crowd that asked for it at once would be a burden.
  const [changed, setChanged] = useState<(Switches & { revision: number }) | null>(null)
  const switches: Switches | null = room?.tools ? (changed && changed.revision > room.revision ? changed : room.tools) : null
  useRoomEvent((event) => {
    if (event.__typename === 'ToolsChanged' && event.tools) {
      const { hands, reactions } = event.tools
      setChanged({ hands, reactions, revision: event.revision })
      if (tells && switches && asks && hands !== switches.hands) say(hands ? t.gesture.handsOn : t.gesture.handsOff)
      if (tells && switches && reactions !== switches.reactions) say(reactions ? t.gesture.reactionsOn : t.gesture.reactionsOff)
    }
    if (!tells) return
    if (event.__typename === 'HandLowered' && event.participant.id === me.id && event.end === 'DECLINED') toast({ text: t.gesture.declined(own?.handsDeclined ? 2 : 1) })
    if (event.__typename === 'HandsLowered' && up) toast({ text: t.gesture.allLowered })
  })
  if (!switches || !own) return null
  return {
    up,
    position,
    declined: own.handsDeclined ?? 0,
    asks: switches.hands || up ? asks : null,
    off: asks !== null && !switches.hands,
    reactions: switches.reactions,
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
