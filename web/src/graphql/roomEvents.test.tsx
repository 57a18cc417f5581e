import { act, render, screen } from '@testing-library/react'
import { StrictMode, useState } from 'react'
import { expect, it } from 'vitest'

import { EventsOfRoom, openEvents, type PlaceEvent, useRoomEvent } from './roomEvents'

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
