import { expect, it, vi } from 'vitest'
import { openUsher } from './client'
import { askFresh } from './fresh'
import { HereNowDocument, RoomRevisionDocument, ServerTimeDocument } from './generated/graphql'


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

it('a read has the revision that the server answered, whatever comes meanwhile', async () => {
  const answers: ((revision: number) => void)[] = []
  const room = (revision: number) => new Response(`{"data":{"room":{"__typename":"Room","id":"r1","revision":${revision},"participants":{"__typename":"ParticipantConnection","nodes":[],"pageInfo":{"__typename":"PageInfo","hasNextPage":false}}}}}`, { headers: { 'Content-Type': 'application/json' } })
  vi.stubGlobal('fetch', () => new Promise<Response>((resolve) => answers.push((revision) => resolve(room(revision)))))
  const { client, live } = openUsher()
  const list = askFresh(client, HereNowDocument, { roomId: 'r1' })
  const newer = client.query(RoomRevisionDocument, { roomId: 'r1' }, { requestPolicy: 'network-only' }).toPromise()
  await vi.waitFor(() => expect(answers).toHaveLength(2))
  answers[1]?.(6)
  expect((await newer).data?.room?.revision).toBe(6)
  answers[0]?.(5)
  expect((await list).data?.room?.revision).toBe(5)
  live.dispose()
})
