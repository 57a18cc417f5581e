import { afterEach, expect, it, vi } from 'vitest'
import { openUsher } from './client'
import { askFresh } from './fresh'
import { ServerTimeDocument } from './generated/graphql'

afterEach(() => vi.unstubAllGlobals())

const answer = () => new Response('{"data":{"serverTime":"2026-11-24T18:00:00.000Z"}}', { headers: { 'Content-Type': 'application/json' } })

it('a read that cannot reach the server has no data from an earlier answer', async () => {
  const server = vi.fn(() => Promise.resolve(answer()))
  vi.stubGlobal('fetch', server)
  const { client, live } = openUsher()
  expect((await askFresh(client, ServerTimeDocument, {})).data?.serverTime).toBeTruthy()
  server.mockRejectedValue(new TypeError('Failed to fetch'))
  const failed = await askFresh(client, ServerTimeDocument, {})
  expect(failed.error?.networkError).toBeTruthy()
  expect(failed.data).toBeUndefined()
  live.dispose()
})
