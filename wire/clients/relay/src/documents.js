// The compiler reads these documents. The story reads what it makes of them.
import { graphql } from 'relay-runtime'

graphql`
  query documentsRoomQuery($id: ID!) {
    room(id: $id) {
      title
      ...documents_people
      ...documents_invitations
    }
  }
`

graphql`
  fragment documents_people on Room
  @argumentDefinitions(first: { type: "Int", defaultValue: 2 }, after: { type: "Cursor" })
  @refetchable(queryName: "documentsPeopleQuery") {
    participants(first: $first, after: $after) @connection(key: "documents_participants") {
      totalCount
      edges { node { displayName role } }
    }
  }
`

graphql`
  fragment documents_invitations on Room
  @argumentDefinitions(first: { type: "Int", defaultValue: 100 }, after: { type: "Cursor" })
  @refetchable(queryName: "documentsInvitationsQuery") {
    invitations(first: $first, after: $after) @connection(key: "documents_invitations") {
      __id
      edges { node { email role } }
    }
  }
`

graphql`
  mutation documentsInviteMutation($input: InviteUserInput!, $lists: [ID!]!) {
    inviteUser(input: $input) {
      ... on InvitationSuccess {
        invitation @prependNode(connections: $lists, edgeTypeName: "InvitationEdge") { email role }
      }
      ... on Problem { code field }
    }
  }
`

graphql`
  subscription documentsRolesSubscription($id: ID!, $after: Int) {
    roomEvents(roomId: $id, after: $after) {
      __typename
      revision
      ... on RolePromoted { participant { role } }
      ... on RoleDemoted { participant { role } }
    }
  }
`

graphql`
  query documentsNodeQuery($id: ID!) {
    node(id: $id) { __typename ... on Participant { role } }
  }
`

graphql`
  query documentsEverythingQuery($id: ID!) {
    me { user { name } participants { role } }
    users(first: 10) { nodes { hasPassword user { name } } }
    rooms(first: 10) { nodes { title } }
    room(id: $id) {
      session { state }
      sessions(first: 10) { nodes { state } }
      managers { role user { name } }
      participants(first: 10) { nodes { role session { state } user { name } invitation { role } } }
      invitations(first: 10) { nodes { email invitedBy { name } participant { role } events(first: 10) { __typename } } }
      events(first: 100) {
        __typename
        revision
        room { title }
        ... on SessionStarted { session { state } }
        ... on InvitationRedeemed { invitation { role } participant { role } }
        ... on RolePromoted { participant { role } }
      }
    }
  }
`
