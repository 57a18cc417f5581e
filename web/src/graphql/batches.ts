import type { SubscriptionForwarder } from '@urql/core'

// The sink that urql hands to a transport.
type Sink = Parameters<ReturnType<SubscriptionForwarder>['subscribe']>[0]
type Result = Parameters<Sink['next']>[0]

// What many people do at once. Other events may change what the next ones mean, so they never wait.
const crowded = new Set(['InvitationCreated', 'InvitationOpened', 'InvitationRedeemed', 'MessagesPosted', 'ParticipantChanged', 'RoleDelivered'])

const eventOf = ({ data, errors }: Result) => (errors ? undefined : (data as { roomEvents?: { __typename?: string } } | null | undefined)?.roomEvents)

/**
 * Returns a sink that hands a crowd's events on in batches: one at once, and those that come within `ms` after it as one result, whose
 * `roomEvents` is a list. The cache applies a list as it applies one event, and the page renders once. `drop` forgets what waits.
 */
export function inBatches(sink: Sink, ms: number): { sink: Sink; drop: () => void } {
  let waiting: Result[] = []
  let timer: ReturnType<typeof setTimeout> | undefined

  const flush = () => {
    const [first, ...more] = waiting
    waiting = []
    if (!first) return
    sink.next(more.length === 0 ? first : { ...first, data: { roomEvents: [first, ...more].map(eventOf) } })
  }
  const due = () => {
    timer = waiting.length > 0 ? setTimeout(due, ms) : undefined
    flush()
  }
  const next: Sink['next'] = (result) => {
    if (!crowded.has(eventOf(result)?.__typename ?? '')) {
      flush()
      sink.next(result)
      return
    }
    waiting.push(result)
    if (timer === undefined) due()
  }
  return {
    sink: {
      next,
      error: (error) => {
        clearTimeout(timer)
        flush()
        sink.error(error)
      },
      complete: () => {
        clearTimeout(timer)
        flush()
        sink.complete()
      },
    },
    drop: () => {
      clearTimeout(timer)
      waiting = []
    },
  }
}
