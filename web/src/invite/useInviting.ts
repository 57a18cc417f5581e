import { useCallback } from 'react'
import { useClient } from 'urql'
import { InvitingDocument } from '../graphql/generated/graphql'

/** Returns a function that reads whether people can be invited to a room. An administrator's change is no event of the room. */
export function useInviting(roomId: string): () => void {
  const client = useClient()
  return useCallback(() => void client.query(InvitingDocument, { roomId }, { requestPolicy: 'network-only' }).toPromise(), [client, roomId])
}
