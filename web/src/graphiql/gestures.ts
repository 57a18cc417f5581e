import { type Example, example } from './example'

/** What people try with hands and reactions. */
export const gestures = (roomId: string): Example[] => [
  example(
    `
# The raised hands, oldest first, and what the asker may give. For moderators in the room and managers. People in the room raise one by
# "raiseHand", and "changeRole" grants it.
query Hands($roomId: ID!) {
  room(id: $roomId) {
    hands(first: 20) { totalCount nodes { position role note raisedAt participant { id displayName role rolesToGive } } }
  }
}`,
    { roomId },
  ),
  example(
    `
# Applause. Everyone who follows "tally" sees the count.
mutation React($roomId: ID!) {
  react(roomId: $roomId, reaction: CLAP) {
    ... on ToolsSuccess { room { id } }
    ... on Problem { code message retryAt }
  }
}`,
    { roomId },
  ),
]
