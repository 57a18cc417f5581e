import { createClient, type ExecutionResult, gql, subscriptionExchange } from '@urql/core'
import { expect, it } from 'vitest'
import { normalisedCache } from './cache'
import type { ParticipantState } from './generated/graphql'
import type { MovingEvent } from './ownPlace'

const place = gql`
  query Place($roomId: ID!) {
    room(id: $roomId) {
      __typename
      id
      session { __typename id state }
      myParticipant { __typename id state waitingSince queuePosition session { __typename id } }
    }
    me { __typename participants { __typename id session { __typename id } } }
  }
`
const events = gql`
  subscription PlaceEvents($roomId: ID!) {
    roomEvents(roomId: $roomId) {
      __typename
      id
      room { __typename id session { __typename id state } }
      ... on SessionStarted { session { __typename id } moves { __typename from to } }
      ... on SessionEnded { session { __typename id } moves { __typename from to } }
    }
  }
`

interface Own {
  state: ParticipantState
  /** The sessions in which this browser has a place; it is in `s1` now. */
  places?: string[]
}

/** Reads a place into the cache, then delivers one event. Returns the own place afterwards, and how often the server was asked. */
async function after(event: MovingEvent, { state, places = ['s1'] }: Own) {
  let asked = 0
  const participant = (session: string) => ({ __typename: 'Participant', id: `p-${session}`, session: { __typename: 'Session', id: session } })
  const own = { ...participant('s1'), state, waitingSince: state === 'WAITING' ? '2026-11-24T15:00:00Z' : null, queuePosition: state === 'WAITING' ? 3 : null }
  const answer = () => ({
    room: { __typename: 'Room', id: 'r1', session: { __typename: 'Session', id: 's1', state: 'OPEN' }, myParticipant: own },
    me: { __typename: 'Me', participants: places.map(participant) },
  })
  const client = createClient({
    url: 'http://usher.test/graphql',
    exchanges: [
      normalisedCache(),
      subscriptionExchange({
        enableAllOperations: true,
        forwardSubscription: ({ query }) => ({
          subscribe: (sink) => {
            const isQuery = query?.includes('query Place')
            if (isQuery) asked++
            const data = isQuery ? answer() : { roomEvents: { id: 'e1', ...event, room: { __typename: 'Room', ...event.room } } }
            sink.next({ data } as ExecutionResult)
            if (isQuery) sink.complete()
            return { unsubscribe: () => undefined }
          },
        }),
      }),
    ],
  })
  await client.query(place, { roomId: 'r1' }).toPromise()
  await new Promise((arrived) => {
    client.subscription(events, { roomId: 'r1' }).subscribe(arrived)
  })
  const read = client.readQuery(place, { roomId: 'r1' })
  return { place: read?.data?.room?.myParticipant as (typeof own) | null | undefined, asked }
}

const started = (id: string) => ({
  __typename: 'SessionStarted', session: { __typename: 'Session', id },
  moves: [{ __typename: 'StateMove', from: 'COUNTDOWN', to: 'LOBBY' }, { __typename: 'StateMove', from: 'LEFT', to: 'LOBBY' }],
  room: { id: 'r1', session: { __typename: 'Session', id: 's1', state: 'OPEN' } },
} as object) as MovingEvent
const ended = (current: string) => ({
  __typename: 'SessionEnded', session: { __typename: 'Session', id: 's1' },
  moves: (['COUNTDOWN', 'LOBBY', 'WAITING', 'IN_ROOM'] as const).map((from) => ({ __typename: 'StateMove', from, to: 'LEFT' })),
  room: { id: 'r1', session: { __typename: 'Session', id: current, state: 'ENDED' } },
} as object) as MovingEvent

it('a session that starts moves one’s own place, without a question to the server', async () => {
  const { place, asked } = await after(started('s1'), { state: 'COUNTDOWN' })
  expect(place?.state).toBe('LOBBY')
  expect(asked).toBe(1)
})

it('a state without a move stays', async () => {
  expect((await after(started('s1'), { state: 'DENIED' })).place?.state).toBe('DENIED')
})

it('the start of another session moves nothing', async () => {
  expect((await after(started('s2'), { state: 'COUNTDOWN' })).place?.state).toBe('COUNTDOWN')
})

it('who waited when the session ended has left, and is in no queue', async () => {
  const { place } = await after(ended('s1'), { state: 'WAITING' })
  expect(place).toMatchObject({ state: 'LEFT', waitingSince: null, queuePosition: null })
})

it('who has no place in the session that follows has none now', async () => {
  const { place, asked } = await after(ended('s2'), { state: 'IN_ROOM' })
  expect(place).toBeNull()
  expect(asked).toBe(1)
})

it('who has a place in the session that follows reads it', async () => {
  const { place } = await after(ended('s2'), { state: 'IN_ROOM', places: ['s1', 's2'] })
  expect(place).toBeUndefined() // the cache has it no more, so the page asks
})
