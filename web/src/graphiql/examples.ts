import { type Example, example } from './example'
import { ofTools } from './ofTools'
import { gestures } from './gestures'

/** What the asker could fill in by hand: found for them, so that every tab runs as it stands. */
export interface Known {
  roomId?: string
  /** Before the newest event, so that the stream begins with it. */
  after?: number
  participantId?: string
  token?: string
  /** Whether the asker may administer the site. */
  admin?: boolean
}

const accounts = example(`
# The accounts of the site, for its administrators. Commands such as updateUser take the id of "user".
query Accounts($search: String) {
  users(first: 20, search: $search) {
    totalCount
    nodes { disabled hasPassword lastSeenAt user { id name email siteRole } }
    pageInfo { hasNextPage endCursor }
  }
}`)

/** One tab for each thing that people come here to try, in the order of the product's story. */
export const examples = ({ roomId = 'the id of a room: see Rooms', after, participantId = 'the id of a participant: see People', token = 'u1_…', admin = false }: Known): Example[] => [
  example(`
# Who asks, and the rooms they see. Sign in on this site and load this page again: your cookies are sent along,
# and the tabs are filled in with ids of yours.
query Rooms {
  me {
    user { id name email siteRole }
    participants { id displayName role state room { id title } }
  }
  serverTime
  rooms(first: 10) {
    totalCount
    nodes {
      id
      title
      timeZone
      myManagerRole
      canInvite
      session { id state startsAt endsAt }
    }
  }
}`),
  example(
    `
# A room with a session tomorrow. Refusals are data: ask for them as Problem.
mutation CreateRoom($input: CreateRoomInput!) {
  createRoom(input: $input) {
    ... on RoomSuccess { room { id title session { id state startsAt } } }
    ... on Problem { code message field nextSteps }
  }
}`,
    { input: { title: 'Spring forum', timeZone: 'Europe/Lisbon', startsAt: new Date(Date.now() + 86_400_000).toISOString(), admission: 'APPROVAL' } },
  ),
  example(
    `
# Somebody gets a secure link, with a role. Usher does not send it: copy it into a message.
mutation Invite($input: InviteUserInput!) {
  inviteUser(input: $input) {
    ... on InvitationSuccess { invitation { id status role link expiresAt } }
    ... on Problem { code message field nextSteps standingInvitation { id role link } }
  }
}`,
    { input: { roomId, email: 'olena@example.org', firstName: 'Olena', lastName: 'Vira', role: 'VIEWER' } },
  ),
  example(
    `
# Up to 100 people at once. Each row says what became of it. The key makes it safe to send the same call again.
mutation InviteMany($input: InviteUsersInput!) {
  inviteUsers(input: $input) {
    ... on InviteUsersSuccess {
      invited
      rows { outcome email firstName lastName invitation { link } problem { code message } }
    }
    ... on Problem { code message nextSteps }
  }
}`,
    {
      input: {
        roomId,
        key: `from-graphiql-at-${Date.now()}`,
        role: 'VIEWER',
        rows: [{ email: 'Lena Fischer <lena@example.org>', firstName: 'Lena', lastName: 'Fischer' }, { email: 'sukarno@example.org', firstName: 'Sukarno', oneName: true, role: 'SPEAKER' }],
      },
    },
  ),
  example(
    `
# People who were invited before, here or to other rooms of yours, by how a name or an address begins.
query InvitedBefore($roomId: ID!) {
  invitedBefore(roomId: $roomId, query: "ol") {
    last { name email role room { title } }
    invitation { status }
  }
}`,
    { roomId },
  ),
  example(
    `
# What somebody pasted into a field for an email address: the address, and the names beside it.
query ReadAddress($text: String!) {
  readAddress(text: $text) {
    ... on ReadAddress { email firstName lastName }
    ... on Problem { code message }
  }
}`,
    { text: '"Lovelace, Ada" <Ada@example.com>;' },
  ),
  example(
    `
# What the holder of a link may know before redeeming it. The token is what follows the #.
query Link($token: String!) {
  invitationLink(token: $token) {
    problem { code message nextSteps }
    roomTitle
    invitedBy
    role
    session { state startsAt }
  }
}`,
    { token },
  ),
  example(
    `
# What you may do in a room, and everyone there, who waits first.
query People($roomId: ID!) {
  room(id: $roomId) {
    revision
    title
    myRights
    participants(first: 50) {
      totalCount
      nodes { id displayName state online role roleRevision roleDelivered capabilities waitingSince rolesToGive mayRemove }
    }
  }
}`,
    { roomId },
  ),
  example(
    `
# A promotion: everyone concerned sees it at once.
mutation Promote($input: ChangeRoleInput!) {
  changeRole(input: $input) {
    ... on ParticipantSuccess { participant { id displayName role capabilities roleRevision } }
    ... on Problem { code message nextSteps }
  }
}`,
    { input: { participantId, role: 'SPEAKER' } },
  ),
  example(
    `
# Lets in some of those who wait, in one step. admitAll lets in everyone who waits.
mutation AdmitSome($roomId: ID!, $participantIds: [ID!]!) {
  admitParticipants(roomId: $roomId, participantIds: $participantIds) {
    ... on AdmitParticipantsSuccess { admitted alreadyHandled }
    ... on Problem { code message nextSteps }
  }
}`,
    { roomId, participantIds: [participantId] },
  ),
  example(
    `
# The same, to refuse them. They may ask once more.
mutation DenySome($roomId: ID!, $participantIds: [ID!]!) {
  denyParticipants(roomId: $roomId, participantIds: $participantIds) {
    ... on DenyParticipantsSuccess { denied alreadyHandled }
    ... on Problem { code message nextSteps }
  }
}`,
    { roomId, participantIds: [participantId] },
  ),
  example(
    `
# Everyone who waits and has one of these roles. Without "role" it is everyone who waits.
mutation DenyAll($roomId: ID!, $role: [RoomRole!]) {
  denyAll(roomId: $roomId, role: $role) {
    ... on DenyAllSuccess { denied }
    ... on Problem { code message nextSteps }
  }
}`,
    { roomId, role: ['VIEWER'] },
  ),
  ...ofTools(roomId, after),
  ...gestures(roomId),
  example(
    `
# What happens in a room, as it happens. With "after" nothing is missed since that revision.
subscription Events($roomId: ID!, $after: Int) {
  roomEvents(roomId: $roomId, after: $after) {
    __typename
    revision
    at
    actor
    ... on ParticipantChanged { previousState state participant { displayName role } }
    ... on RolePromoted { previousRole role participant { displayName } }
    ... on RoleDemoted { previousRole role participant { displayName } }
    ... on InvitationCreated { invitation { email role status } }
    ... on HostAsked { message invitation { name } }
  }
}`,
    { roomId, after },
  ),
  example(
    `
# What happened in a room, newest first: who did it, and whom it was about. "before" has the next page: the last revision.
query History($roomId: ID!, $before: Int) {
  room(id: $roomId) {
    events(first: 20, before: $before) {
      __typename
      revision
      at
      actor
      subject
      ... on InvitationCreated { invitedAs }
      ... on InvitationRedeemed { role device }
      ... on ParticipantChanged { previousState state role }
    }
  }
}`,
    { roomId },
  ),
  example(
    `
# Who is connected, as people come and go: gathered, at most one message a second.
subscription Presence($roomId: ID!) {
  presence(roomId: $roomId) {
    online
    changed { displayName online }
  }
}`,
    { roomId },
  ),
  ...(admin ? [accounts] : []),
  example(
    `
# How a program signs in: the token goes under Headers, as {"Authorization": "Bearer …"}.
mutation SignIn($input: SignInInput!) {
  signIn(input: $input) {
    ... on SignInSuccess { me { user { name } } accessToken accessTokenExpiresAt }
    ... on Problem { code message nextSteps }
  }
}`,
    { input: { email: 'you@example.org', password: 'your password', credential: 'BEARER' } },
  ),
]
