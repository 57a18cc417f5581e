import type { SubscriptionForwarder } from '@urql/core'

// The sink that urql hands to a transport.
type Sink = Parameters<ReturnType<SubscriptionForwarder>['subscribe']>[0]

/**
 * Returns variables that resume a subscription. graphql-ws sends the same object again after a lost connection, so the sink
 * advances `after` with each event. It also drops duplicates, and reports an end that came before any event.
 */
export function resuming(given: Record<string, unknown> | undefined, sink: Sink): { variables: Record<string, unknown>; sink: Sink } {
  const variables: Record<string, unknown> = { ...given }
  let delivered = false
  const next: Sink['next'] = (result) => {
    const event = (result.data as { roomEvents?: { revision?: number; __typename?: string } } | null | undefined)?.roomEvents
    if (event?.revision !== undefined) {
      const after = variables['after']
      const resync = event.__typename === 'ResyncRequired'
      if (!resync && typeof after === 'number' && event.revision <= after) return
      variables['after'] = event.revision
    }
    delivered = true
    sink.next(result)
  }
  const complete = () => {
    if (!delivered) sink.next({ data: null, hasNext: false })
    sink.complete()
  }
  return { variables, sink: { ...sink, next, complete } }
}
