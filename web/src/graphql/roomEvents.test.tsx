import { act, render, screen } from '@testing-library/react'
import { StrictMode, useState } from 'react'
import { describe, expect, it } from 'vitest'

import { type Entered, type EnteredRoom, type Events, EventsOfRoom, openEvents, type PlaceEvent, useRoomEvent } from './roomEvents'

const event = (revision: number): PlaceEvent => ({
  __typename: 'SessionStarted', id: `e${revision}`, revision, at: '2026-11-24T15:00:00.000Z', actor: null, session: { id: 's1' }, moves: [], room: { id: 'r1' } as never,
})

it('every event is seen, though several arrive before one render', () => {
  const events = openEvents()
  const heard: number[] = []
  function Listener() {
    const [count, setCount] = useState(0)
    useRoomEvent(({ revision }) => {
      heard.push(revision)
      setCount((before) => before + 1)
    })
    return <p>{count}</p>
  }
  const page = render(
    <StrictMode>
      <EventsOfRoom value={events}>
        <Listener />
      </EventsOfRoom>
    </StrictMode>,
  )
  act(() => {
    for (const revision of [1, 2, 3]) events.deliver(event(revision))
    expect(screen.getByText('0'), 'nothing is rendered in between').toBeTruthy()
  })
  expect(heard).toEqual([1, 2, 3])
  expect(screen.getByText('3')).toBeTruthy()

  page.unmount()
  events.deliver(event(4))
  expect(heard).toEqual([1, 2, 3])
})

it('the handler is that of the last render', () => {
  const events = openEvents()
  const heard: string[] = []
  function Listener({ name }: { name: string }) {
    useRoomEvent(() => heard.push(name))
    return null
  }
  const tree = (name: string) => (
    <EventsOfRoom value={events}>
      <Listener name={name} />
    </EventsOfRoom>
  )
  const page = render(tree('first'))
  page.rerender(tree('second'))
  events.deliver(event(1))
  expect(heard).toEqual(['second'])
})

describe('what entering answers', () => {
  const room = { id: 'r1', revision: 5 } as EnteredRoom
  const revisions = (of: Entered | null) => of?.events.map(({ revision }) => revision)

  it('is kept for each part of the page once, with the events until then', async () => {
    const events = openEvents()
    expect(events.take('chat'), 'nobody entered').toBeNull()
    events.deliver(event(4))
    events.keep(Promise.resolve(room))
    events.deliver(event(5))
    const chat = events.take('chat')
    events.deliver(event(6))
    const hand = events.take('hand')
    expect(await chat?.answer).toBe(room)
    expect([revisions(chat), revisions(hand)]).toEqual([[5], [5, 6]])
    expect([events.take('chat'), events.take('hand')], 'whoever is shown later asks').toEqual([null, null])
  })

  it('is kept again by entering again', () => {
    const events = openEvents()
    for (const revision of [5, 7]) {
      events.keep(Promise.resolve(room))
      events.deliver(event(revision))
      expect(revisions(events.take('chat'))).toEqual([revision])
    }
  })

  it.each<[string, (events: Events) => void]>([
    ['after a break in the events', (events) => events.deliver({ ...event(6), __typename: 'ResyncRequired' } as PlaceEvent)],
    ['with other credentials', (events) => events.keep(null)],
  ])('is dropped %s', (_name, happens) => {
    const events = openEvents()
    events.keep(Promise.resolve(room))
    happens(events)
    events.deliver(event(7))
    expect(events.take('chat')).toBeNull()
  })

  it.each([
    [500, true],
    [501, false],
  ])('is kept for %i events: %s', (count, keeps) => {
    const events = openEvents()
    events.keep(Promise.resolve(room))
    for (let revision = 1; revision <= count; revision++) events.deliver(event(revision))
    expect(events.take('chat') !== null).toBe(keeps)
  })
})
