import { Client } from '@urql/core'
import { act, render, screen } from '@testing-library/react'
import { StrictMode } from 'react'
import { describe, expect, it, vi } from 'vitest'
import type { Usher } from './client'
import { losePlace, holdPlace } from './place'
import type { Connection } from './live'
import { openStore, useConnection, UsherProvider, useRenew } from './Usher'

/** Returns a function that opens clients without a server, and all that it opened. */
function fakes() {
  const opened: { usher: Usher; disposed: boolean; end: () => void }[] = []
  const open = (): Usher => {
    let state: Connection = 'connected'
    const listeners = new Set<() => void>()
    const fake = {
      usher: {
        client: new Client({ url: '/graphql', exchanges: [], preferGetMethod: false }),
        live: {
          follow: () => () => {},
          reached: () => {},
          state: () => state,
          subscribe: (listener: () => void) => {
            listeners.add(listener)
            return () => listeners.delete(listener)
          },
          dispose: () => {
            fake.disposed = true
          },
        },
      },
      disposed: false,
      end: () => {
        state = 'ended'
        for (const listener of listeners) listener()
      },
    }
    opened.push(fake)
    return fake.usher
  }
  return { open, opened }
}

function Probe() {
  const renew = useRenew()
  return <button onClick={renew}>{useConnection()}</button>
}

function show() {
  const { open, opened } = fakes()
  const store = openStore(open)
  const page = render(
    <StrictMode>
      <UsherProvider store={store}>
        <Probe />
      </UsherProvider>
    </StrictMode>,
  )
  return { store, opened, page }
}

describe('UsherProvider in StrictMode, which mounts everything twice', () => {
  it('opens one client and keeps it', () => {
    const { opened, page } = show()
    expect(opened.map(({ disposed }) => disposed)).toEqual([false])
    expect(screen.getByRole('button').textContent).toBe('connected')
    page.unmount()
    expect(opened.map(({ disposed }) => disposed)).toEqual([false])
  })

  it('disposes of the old client after new credentials, and of no other', () => {
    const { store, opened } = show()
    act(() => screen.getByRole('button').click())
    expect(opened.map(({ disposed }) => disposed)).toEqual([true, false])
    expect(store.current()).toBe(opened[1]?.usher)
    act(() => {
      store.renew()
      store.renew()
    })
    expect(opened.map(({ disposed }) => disposed)).toEqual([true, true, true, false])
  })

  it('opens a new client a moment after the connection ended for good', () => {
    vi.useFakeTimers()
    const { opened } = show()
    act(() => opened[0]?.end())
    expect(screen.getByRole('button').textContent).toBe('ended')
    act(() => void vi.advanceTimersByTime(2_000))
    expect(opened.map(({ disposed }) => disposed)).toEqual([true, false])
    expect(screen.getByRole('button').textContent).toBe('connected')
  })

  it('opens a new client when the place of the tab is lost, until the store is closed', () => {
    history.replaceState(null, '', '/rooms/r1')
    const { store, opened } = show()
    holdPlace('r1', 'p1')
    act(losePlace)
    expect(opened.map(({ disposed }) => disposed)).toEqual([true, false])
    store.close()
    holdPlace('r1', 'p2')
    act(losePlace)
    expect(opened.map(({ disposed }) => disposed)).toEqual([true, true])
  })
})
