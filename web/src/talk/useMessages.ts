import { useContext, useEffect, useEffectEvent, useRef, useState } from 'react'
import { useClient } from 'urql'
import { askFresh } from '../graphql/fresh'
import { type Channel, type ChannelPartsFragment, MessageCursorsDocument, MessagesDocument, type PinnedPartsFragment, type PostedPartsFragment } from '../graphql/generated/graphql'
import { useGathered } from '../graphql/gather'
import { openReader } from '../graphql/reader'
import { EventsOfRoom, type PlaceEvent, useRoomEvent } from '../graphql/roomEvents'
import { useWhileHeld } from '../graphql/Usher'
import { type Held, type Message, nothing, withEvent, withOlder } from './messages'

const page = 50

/** What decides whether one may write, and what is pinned. */
export interface Rules {
  chat: 'EVERYONE' | 'HOSTS' | 'OFF'
  slowModeSeconds: number
  pinned: PinnedPartsFragment | null
  muted: boolean
  mutedUntil: string | null
}

interface State {
  revision: number
  held: Held
  rules: Rules | null
}

type Edge = NonNullable<ChannelPartsFragment['messages']>['edges'][number]

interface Options {
  roomId: string
  channel: Channel
  meId: string
  moderates: boolean
  onPosted: (messages: PostedPartsFragment[]) => void
}

/**
 * Reads a channel once, for the chat with the answer to entering, and follows it by the room's events from then on. Events that come before the answer wait for it, so nothing is
 * missed and nothing is there twice.
 */
export function useMessages({ roomId, channel, meId, moderates, onPosted }: Options) {
  const client = useClient()
  const events = useContext(EventsOfRoom)
  const [state, setState] = useState<State | null>(null)
  // What came since an answer under way was asked for: it may be older or newer than each.
  const meanwhile = useRef<PlaceEvent[] | null>(null)
  const cursors = useRef(new Map<string, string>()) // by message, of those that came with a page: an event has none
  const newest = useRef<() => void>(undefined)
  const reread = useGathered(() => newest.current?.(), 2_000)
  const keeps = (message: Message) => moderates || message.author.participantId === meId
  const apply = (before: State, event: PlaceEvent): State =>
    event.revision <= before.revision
      ? before
      : { revision: event.revision, held: withEvent(before.held, event, channel, keeps), rules: before.rules && withRule(before.rules, event, channel, meId) }

  /** Returns the rows of a page, oldest first. */
  function rowsOf(edges: Edge[]): Message[] {
    for (const { cursor, node } of edges) cursors.current.set(node.id, cursor)
    return edges.map(({ node }) => node).toReversed()
  }

  const posted = useEffectEvent(onPosted)
  useRoomEvent((event) => {
    if (event.__typename === 'ResyncRequired' || event.__typename === 'SessionStarted') return reread()
    if (event.__typename === 'ChannelCleared' && event.channel === channel && event.restored) reread()
    if (event.__typename === 'MessagesPosted' && event.channel === channel) posted(event.messages)
    meanwhile.current?.push(event)
    setState((before) => before && apply(before, event))
  })
  useWhileHeld(reread)

  const take = useEffectEvent((room: ChannelPartsFragment) => {
    const { edges, pageInfo } = room.messages ?? { edges: [], pageInfo: { hasNextPage: false } }
    const { tools, myParticipant } = room
    const read: State = {
      revision: room.revision,
      held: { rows: rowsOf(edges), older: pageInfo.hasNextPage, atEnd: true },
      rules: tools ? { chat: tools.chat, slowModeSeconds: tools.slowModeSeconds, pinned: tools.pinned ?? null, muted: myParticipant?.muted ?? false, mutedUntil: myParticipant?.mutedUntil ?? null } : null,
    }
    const came = meanwhile.current ?? []
    meanwhile.current = null
    setState(came.reduce(apply, read))
  })
  useEffect(() => {
    let over = false
    const reader = openReader(async () => {
      const entered = channel === 'CHAT' ? events.take('chat') : null
      meanwhile.current = entered?.events ?? []
      const room = (await entered?.answer) ?? (await askFresh(client, MessagesDocument, { roomId, channel, first: page })).data?.room
      if (room && !over) take(room)
      return Boolean(room)
    })
    newest.current = reader.read
    reader.read()
    return () => {
      over = true
      reader.stop()
    }
  }, [client, events, roomId, channel])

  const [loading, setLoading] = useState(false)
  async function readOlder() {
    const first = state?.held.rows[0]
    if (!first || loading) return
    setLoading(true)
    const after = cursors.current.get(first.id) ?? (await findCursor(first.id))
    const { data } = after ? await askFresh(client, MessagesDocument, { roomId, channel, first: page, after }) : { data: undefined }
    setLoading(false)
    const older = data?.room?.messages
    if (!older) return
    const rows = rowsOf(older.edges)
    setState((before) => before && { ...before, held: withOlder(before.held, rows, older.pageInfo.hasNextPage) })
  }
  /** Looks for a message that came with an event, from the newest on. It is not far: a page holds few of them. */
  async function findCursor(id: string): Promise<string | null> {
    let after: string | null = null
    for (;;) {
      const answer: { data?: { room?: { messages?: { edges: { cursor: string; node: { id: string } }[] } | null } | null } } = await askFresh(client, MessageCursorsDocument, { roomId, channel, after })
      const edges = answer.data?.room?.messages?.edges ?? []
      const found = edges.find(({ node }) => node.id === id)
      if (found) return found.cursor
      after = edges.at(-1)?.cursor ?? null
      if (!after) return null
    }
  }
  return { held: state?.held ?? nothing, revision: state?.revision ?? null, rules: state?.rules ?? null, ready: state !== null, loading, readOlder: () => void readOlder(), readNewest: reread }
}

function withRule(rules: Rules, event: PlaceEvent, channel: Channel, meId: string): Rules {
  switch (event.__typename) {
    case 'ToolsChanged':
      return event.tools ? { ...rules, chat: event.tools.chat, slowModeSeconds: event.tools.slowModeSeconds } : rules
    case 'MessagePinned':
      return event.channel === channel ? { ...rules, pinned: event.pinned ?? null } : rules
    case 'MessagesChanged': {
      const pinned = event.messages.find(({ id }) => id === rules.pinned?.id)
      return pinned && rules.pinned ? { ...rules, pinned: pinned.state === 'SHOWN' ? { ...rules.pinned, text: pinned.text } : null } : rules
    }
    case 'ParticipantMuted':
      return event.participant.id === meId ? { ...rules, muted: event.muted, mutedUntil: event.until ?? null } : rules
    default:
      return rules
  }
}
