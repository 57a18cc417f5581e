import { type Example, example } from './example'

/** One tab for each thing to try with the tools of a room. */
export const ofTools = (roomId: string, after: number | undefined): Example[] => [
  example(
    `
# A message in the chat of a room whose session is open. The key makes it safe to send the same message again.
mutation Say($input: SendMessageInput!) {
  sendMessage(input: $input) {
    ... on MessageSuccess { chatMessage { id at author { name } text state } }
    ... on Problem { code message field retryAt }
  }
}`,
    { input: { roomId, channel: 'CHAT', text: 'Hello everyone', key: `from-graphiql-at-${Date.now()}` } },
  ),
  example(
    `
# The newest messages of the chat. Those of the backchannel are for speakers, moderators and managers.
query Chat($roomId: ID!, $channel: Channel!) {
  room(id: $roomId) {
    tools { chat slowModeSeconds pinned(channel: $channel) { text } }
    messages(channel: $channel, first: 20) {
      totalCount
      nodes { id at author { name role host } text state editedAt replyTo { text } mentions { name } }
    }
  }
}`,
    { roomId, channel: 'CHAT' },
  ),
  example(
    `
# A question in a room whose session is open. Without a name, nobody in the room learns who asked.
mutation Ask($input: AskQuestionInput!) {
  askQuestion(input: $input) {
    ... on QuestionSuccess { question { id at author { name } anonymous text state } }
    ... on Problem { code message field retryAt }
  }
}`,
    { input: { roomId, text: 'Will there be a recording?', anonymous: true, key: `from-graphiql-at-${Date.now()}` } },
  ),
  example(
    `
# The questions that most people want answered. Moderators and managers also see those that wait.
query Questions($roomId: ID!) {
  room(id: $roomId) {
    tools { questions anonymousQuestions }
    questionCounts { asked open answered dismissed pending }
    questions(states: [OPEN, PENDING], first: 20) {
      totalCount
      nodes { id at author { name } text state upvotes upvoted mine takenBy { name } answer }
    }
  }
}`,
    { roomId },
  ),
  example(
    `
# What people write, as they write it. Without "tools" there are only events of the room itself.
subscription Talk($roomId: ID!, $after: Int) {
  roomEvents(roomId: $roomId, after: $after, tools: [CHAT, BACKCHANNEL]) {
    __typename
    revision
    ... on MessagesPosted { channel messages { id author { name } text } }
    ... on MessagesChanged { channel messages { id state text } }
  }
}`,
    { roomId, after },
  ),
  example(
    `
# A poll, as a draft that only moderators and managers see. startInteraction opens it, answerInteraction answers it.
mutation Poll($input: CreateInteractionInput!) {
  createInteraction(input: $input) {
    ... on InteractionSuccess { interaction { id state title options { id text } } }
    ... on Problem { code message field }
  }
}`,
    {
      input: {
        roomId,
        key: `from-graphiql-at-${Date.now()}`,
        interaction: { kind: 'CHOICE', title: 'Which day suits you?', options: [{ text: 'Monday' }, { text: 'Friday' }], share: 'AT_STOP' },
      },
    },
  ),
  example(
    `
# The numbers of a room, as they change: who is there, and how the open poll goes.
subscription Tally($roomId: ID!) {
  tally(roomId: $roomId) {
    tick
    online
    inRoom
    interaction { id answers options { id answers } }
  }
}`,
    { roomId },
  ),
]
