import { moverOf, type RoomEvent, targetOf } from './sentence'

/** What a reader may ask for. */
export type Filter = 'all' | 'entries' | 'changes' | 'problems'

type Kind = RoomEvent['__typename']

/** What each kind of event is to a reader. Those that are silent have no line. */
const meaning: Record<Kind, Exclude<Filter, 'all'> | 'silent'> = {
  InvitationOpened: 'entries', InvitationRedeemed: 'entries', DeviceMoved: 'entries', ParticipantChanged: 'entries',
  RedemptionRefused: 'problems', HostAsked: 'problems', ParticipantRemoved: 'problems',
  DeviceReleased: 'changes', Exported: 'changes', InvitationCreated: 'changes', InvitationRevoked: 'changes',
  InvitationUpdated: 'changes', LinkRegenerated: 'changes', ManagerAdded: 'changes', ManagerRemoved: 'changes', RoleDemoted: 'changes',
  RolePromoted: 'changes', RoomDeleted: 'changes', RoomUpdated: 'changes', SessionCancelled: 'changes', SessionEnded: 'changes',
  SessionRescheduled: 'changes', SessionScheduled: 'changes', SessionStarted: 'changes',
  RoleDelivered: 'silent', MailsChanged: 'silent', ResyncRequired: 'silent',
  // The tools show these themselves.
  ToolsChanged: 'silent', MessagesPosted: 'silent', MessagesChanged: 'silent', MessagesHidden: 'silent', MessagePinned: 'silent',
  ChannelCleared: 'silent', ParticipantMuted: 'silent', QuestionsAsked: 'silent', QuestionChanged: 'silent', OwnQuestionChanged: 'silent',
  AskerMuted: 'silent', HandsRaised: 'silent', HandLowered: 'silent', HandsLowered: 'silent', InteractionChanged: 'silent',
  ResultsShared: 'silent', AnswerHidden: 'silent',
}

/** Returns what an event is to a reader, or null if it has no line. */
export function kindOf(event: RoomEvent): Exclude<Filter, 'all'> | null {
  if (event.__typename === 'ParticipantChanged') {
    if (moverOf(event) === 'other event') return null
    return event.state === 'DENIED' ? 'problems' : 'entries'
  }
  const filter = meaning[event.__typename]
  return filter === 'silent' ? null : filter
}

/** What many events have in common that become one line. */
export type Run = 'cameAndWent' | 'opened' | 'accepted' | 'lobby' | 'countdown' | 'asked' | 'entered' | 'left' | 'invited' | 'admitted' | 'denied'

/** A line of the list: one event, or many of a run. */
export interface Line {
  /** Stays the same while newer events join. */
  key: string
  run: Run | null
  /** Newest first. */
  events: RoomEvent[]
  /** How many people, or how often for one person who came and went. */
  count: number
  /** Older events may belong to it that are not read yet. */
  more: boolean
}

/** Returns the run that an event may join, or null for one that is worth its own line. */
function runOf(event: RoomEvent): Run | null {
  switch (event.__typename) {
    case 'InvitationCreated':
      return 'invited'
    case 'InvitationOpened':
      return 'opened'
    case 'InvitationRedeemed':
      return 'accepted'
    case 'ParticipantChanged':
      if (moverOf(event) === 'host') return event.state === 'IN_ROOM' ? 'admitted' : event.state === 'DENIED' ? 'denied' : null
      return ({ COUNTDOWN: 'countdown', LOBBY: 'lobby', WAITING: 'asked', IN_ROOM: 'entered', LEFT: 'left' } as Partial<Record<string, Run>>)[event.state] ?? null
    default:
      return null
  }
}

const byHost = new Set<Run>(['invited', 'admitted', 'denied'])
const ownMoves = new Set<Run | null>(['lobby', 'entered', 'left'])
const few = 4
const pause = 10 * 60_000

/** The day of an instant. Two instants of one day have the same. */
type DayOf = (at: string) => unknown

/** Returns the next stretch of events: up to one that is worth its own line, where a day begins, or to a pause. */
function stretchAt(events: RoomEvent[], start: number, dayOf: DayOf): RoomEvent[] {
  let end = start + 1
  for (let last = events[start]; end < events.length; end++) {
    const event = events[end]
    if (!last || !event || !runOf(last) || !runOf(event)) break
    if (Date.parse(last.at) - Date.parse(event.at) >= pause || dayOf(last.at) !== dayOf(event.at)) break
    last = event
  }
  return events.slice(start, end)
}

function grouped(events: RoomEvent[], keyOf: (event: RoomEvent) => string | null): Map<string, RoomEvent[]> {
  const groups = new Map<string, RoomEvent[]>()
  for (const event of events) {
    const key = keyOf(event)
    if (key === null) continue
    const group = groups.get(key)
    if (group) group.push(event)
    else groups.set(key, [event])
  }
  return groups
}

const personOf = (event: RoomEvent) => targetOf(event)?.id ?? event.id
const peopleIn = (events: RoomEvent[]) => new Set(events.map(personOf)).size
const timesIn = (events: RoomEvent[]) => events.filter((event) => runOf(event) === 'entered').length

/** Returns the lines of one stretch, newest first. */
function linesOf(stretch: RoomEvent[], cut: boolean): Line[] {
  const lines: Line[] = []
  const rest = new Set(stretch)
  const fold = (run: Run, events: RoomEvent[], count: number, key: string) => {
    lines.push({ key: `${run} ${key} ${events.at(-1)?.id ?? ''}`, run, events, count, more: cut })
    for (const event of events) rest.delete(event)
  }
  for (const [person, events] of grouped(stretch, (event) => (ownMoves.has(runOf(event)) ? personOf(event) : null))) {
    if (timesIn(events) >= few - 1) fold('cameAndWent', events, timesIn(events), person)
  }
  const alike = (event: RoomEvent) => {
    const run = runOf(event)
    return run && (byHost.has(run) ? `${run} ${event.actor ?? ''}` : run)
  }
  for (const events of grouped([...rest], alike).values()) {
    const run = events[0] && runOf(events[0])
    if (run && peopleIn(events) >= few) fold(run, events, peopleIn(events), '')
  }
  for (const event of rest) lines.push({ key: event.id, run: null, events: [event], count: 1, more: false })
  const newest = (line: Line) => line.events[0]?.revision ?? 0
  return lines.toSorted((a, b) => newest(b) - newest(a))
}

/**
 * Returns the lines of a log, newest first, as many as are shown or a few more. Runs of what many people did, or one did often, become
 * one line each. `rest` reports whether there are more.
 */
export function foldedLines(events: RoomEvent[], complete: boolean, dayOf: DayOf, most = Infinity): { lines: Line[]; rest: boolean } {
  const lines: Line[] = []
  let at = 0
  while (at < events.length && lines.length < most) {
    const stretch = stretchAt(events, at, dayOf)
    at += stretch.length
    lines.push(...linesOf(stretch, !complete && at === events.length))
  }
  return { lines, rest: at < events.length }
}
