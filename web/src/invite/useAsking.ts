import { useEffect, useMemo } from 'react'
import type { RoomEvent } from '../activity/sentence'
import { InvitationsDocument } from '../graphql/generated/graphql'
import { usePages } from '../graphql/usePages'

const page = 20
// Events of invitations that neither ask nor answer.
const others = new Set<RoomEvent['__typename']>(['InvitationCreated', 'InvitationOpened'])

/** Returns the invitations whose holders ask the host, who asked first at the top, and how many there are in all. */
export function useAsking(roomId: string, events: RoomEvent[], epoch: number) {
  const list = usePages(InvitationsDocument, { roomId, sessionId: null, first: page, status: null, search: null, asking: true }, (data) => data.room?.invitations)
  const { nodes, hasMore, total, more, refresh } = list
  // An answer to somebody who was read shows at once, because the cache has it.
  const asking = useMemo(() => (nodes ?? []).filter((one) => one.hostAskedAt).toSorted((a, b) => (a.hostAskedAt ?? '').localeCompare(b.hostAskedAt ?? '')), [nodes])
  const newest = events.find((event) => event.__typename === 'HostAsked' || (hasMore && 'invitation' in event && !others.has(event.__typename)))?.id
  useEffect(() => {
    if (newest || epoch > 0) refresh()
  }, [newest, epoch, refresh])
  const empty = hasMore && asking.length === 0
  useEffect(() => {
    if (empty) more()
  }, [empty, more])
  return { asking, count: hasMore ? total : asking.length, more: hasMore ? more : undefined }
}
