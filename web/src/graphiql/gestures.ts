import { type Example, example } from './example'

/** What people try with hands and reactions. */
export const gestures = (roomId: string): Example[] => [
  example(
    `
# Ask for a role. Moderators and managers see the hand, and grant it by "changeRole".
mutation Hand($roomId: ID!, $note: String) {
  raiseHand(roomId: $roomId, role: SPEAKER, note: $note) {
    ... on ParticipantSuccess { participant { id handRaisedAt handPosition handsDeclined } }
    ... on Problem { code message field retryAt }
  }
}`,
    { roomId, note: 'A question about the garden' },
  ),
  example(
    `
# The raised hands, oldest first, and what the asker may give. For moderators in the room and managers.
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
