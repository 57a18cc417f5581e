package rights

import (
	"slices"

	. "usher/sitetest"
)

// What each asker reads: a line for every field of every type, and for each way of reading it that changes the answer.

// view is an object as askers read it.
type view struct {
	name, of string
	document string // with %s for the fields
	at       func(s *seat, data Object) any
	shown    string // the fields that have a value for whoever reads the object
	empty    string // those that are empty here for everybody
	table    string // its first line tests the object itself, the others the fields that depend on the asker
}

// viewed is what every document of a view may use.
const viewed = `$room: ID!, $session: ID!, $owner: ID!, $invitation: ID!, $speaker: ID!, $waiting: ID!, $deputy: ID!, $message: ID!, $question: ID!, $private: ID!, $hidden: ID!, $poll: ID!, $words: ID!, $token: String!`

// In the tables: ok something · - nothing · a number: so many · yes, no · the marks of refusals · a dot: not to be asked.
var views = slices.Concat(viewsOfSite, viewsOfTools, viewsOfHands, viewsOfQuestions, viewsOfVotes, viewsOfPlaces, []view{
	{
		name: "a room", of: "Room", document: `room(id: $room) { %s }`, at: at("room"),
		shown: "id title description timeZone chatAndCollaboration access admission roles session sessions managers revision events",
		table: `
                  nob str els mem vie gue spe mod lob lef cop coe coo own adm rem blo rev rel
                  -   -   -   ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  -   -   -
myManagerRole     .   .   .   -   -   -   -   -   -   -   ok  ok  ok  ok  -   -   .   .   .
myRights          .   .   .   1   4   4   6   12  1   1   18  19  21  22  22  1   .   .   .
canInvite         .   .   .   no  no  no  no  no  no  no  yes yes yes yes yes no  .   .   .
siteInvitations   .   .   .   -   -   -   -   -   -   -   yes yes yes yes yes -   .   .   .
myParticipant     .   .   .   -   ok  ok  ok  ok  ok  ok  -   -   -   -   -   ok  .   .   .
invitations       .   .   .   F   F   F   F   F   F   F   6   6   6   6   6   F   .   .   .
participants      .   .   .   F   4   4   4   7   1   1   6   6   6   6   6   1   .   .   .
counts            .   .   .   -   -   -   -   ok  -   -   ok  ok  ok  ok  ok  -   .   .   .
tools             .   .   .   -   ok  ok  ok  ok  -   -   ok  ok  ok  ok  ok  -   .   .   .
messages          .   .   .   -   3   3   3   3   -   -   3   3   3   3   3   -   .   .   .
hands             .   .   .   -   -   -   -   1   -   -   1   1   1   1   1   -   .   .   .
questions         .   .   .   -   2   2   2   3   -   -   3   3   3   3   3   -   .   .   .
questionCounts    .   .   .   -   ok  ok  ok  ok  -   -   ok  ok  ok  ok  ok  -   .   .   .
interaction       .   .   .   -   ok  ok  ok  ok  -   -   ok  ok  ok  ok  ok  -   .   .   .
askingPause       .   .   .   -   -   -   -   -   -   -   -   -   -   -   -   -   .   .   .
missed            .   .   .   ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  .   .   .
summary           .   .   .   F   F   F   F   F   F   F   ok  ok  ok  ok  ok  F   .   .   .
attendance        .   .   .   F   F   F   F   F   F   F   6   6   6   6   6   F   .   .   .
interactions      .   .   .   -   2   2   2   4   -   -   4   4   4   4   4   -   .   .   .
`,
	},
	{
		name: "the summary of a session", of: "SessionSummary", document: `room(id: $room) { summary { %s } }`, at: at("room.summary"),
		shown: "session invited came mostAtOnce averageSeconds messages backchannel questions interactions", empty: "writtenUntil",
		table: `
                  nob str els mem vie gue spe mod lob lef cop coe coo own adm rem blo rev rel
                  -   -   -   F   F   F   F   F   F   F   ok  ok  ok  ok  ok  F   -   -   -
`,
	},
	{
		name: "somebody who was in the room", of: "Attendee", document: `room(id: $room) { attendance(search: "vera") { nodes { %s } } }`, at: at("room.attendance.nodes.0"),
		shown: "participant enteredAt stays seconds", empty: "leftAt",
		table: `
                  nob str els mem vie gue spe mod lob lef cop coe coo own adm rem blo rev rel
                  -   -   -   F   F   F   F   F   F   F   ok  ok  ok  ok  ok  F   -   -   -
`,
	},
	{
		name: "how many people a room has", of: "RoomCounts", document: `room(id: $room) { counts { %s } }`, at: at("room.counts"),
		shown: "invited countdown lobby waiting inRoom left denied removed blocked away roles",
		table: `
                  nob str els mem vie gue spe mod lob lef cop coe coo own adm rem blo rev rel
                  -   -   -   -   -   -   -   ok  -   -   ok  ok  ok  ok  ok  -   -   -   -
`,
	},
	{
		name: "how many viewers a room has", of: "RoleCounts", document: `room(id: $room) { counts { roles { %s } } }`, at: at("room.counts.roles.0"),
		shown: "role countdown lobby waiting inRoom left denied removed blocked away",
		table: `
                  nob str els mem vie gue spe mod lob lef cop coe coo own adm rem blo rev rel
                  -   -   -   -   -   -   -   ok  -   -   ok  ok  ok  ok  ok  -   -   -   -
`,
	},
	{
		name: "how many people are away", of: "AwayCounts", document: `room(id: $room) { counts { away { %s } } }`, at: at("room.counts.away"),
		shown: "countdown lobby waiting inRoom",
		table: `
                  nob str els mem vie gue spe mod lob lef cop coe coo own adm rem blo rev rel
                  -   -   -   -   -   -   -   ok  -   -   ok  ok  ok  ok  ok  -   -   -   -
`,
	},
	{
		name: "its session", of: "Session", document: `node(id: $session) { ... on Session { %s } }`, at: at("node"),
		shown: "id state startsAt endsAt openedAt sequence", empty: "endedAt",
		table: `
                  nob str els mem vie gue spe mod lob lef cop coe coo own adm rem blo rev rel
                  -   -   -   ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  -   -   -
`,
	},
	{
		name: "a manager of a room", of: "RoomManager", document: `room(id: $room) { managers { %s } }`, at: at("room.managers.0"),
		shown: "user role online inRoom",
		table: `
                  nob str els mem vie gue spe mod lob lef cop coe coo own adm rem blo rev rel
                  -   -   -   ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  -   -   -
`,
	},
	{
		name: "a manager's account", of: "User", document: `room(id: $room) { managers { user { %s } } }`, at: at("room.managers.0.user"),
		shown: "id firstName lastName name",
		table: `
                  nob str els mem vie gue spe mod lob lef cop coe coo own adm rem blo rev rel
                  -   -   -   ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  -   -   -
email             .   .   .   -   -   -   -   -   -   -   ok  ok  ok  ok  ok  -   .   .   .
siteRole          .   .   .   -   -   -   -   -   -   -   -   -   -   ok  ok  -   .   .   .
`,
	},
	{
		name: "the same account by its id", of: "User", document: `node(id: $owner) { ... on User { %s } }`, at: at("node"),
		shown: "id firstName lastName name",
		table: `
                  nob str els mem vie gue spe mod lob lef cop coe coo own adm rem blo rev rel
                  -   -   -   ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  -   -   -
email             .   .   .   -   -   -   -   -   -   -   -   -   -   ok  ok  -   .   .   .
siteRole          .   .   .   -   -   -   -   -   -   -   -   -   -   ok  ok  -   .   .   .
`,
	},
	{
		name: "an account searched for", of: "UserMatch", document: `userSearch(roomId: $room, query: "deputy") { %s }`, at: at("userSearch.0"),
		shown: "user managerRole", empty: "invitation",
		table: `
                  nob str els mem vie gue spe mod lob lef cop coe coo own adm rem blo rev rel
                  U   N   N   F   F   F   F   F   F   F   ok  ok  ok  ok  ok  F   U   U   U
`,
	},
	{
		name: "somebody invited before", of: "InvitedBefore", document: `invitedBefore(roomId: $room, query: "vera") { %s }`, at: at("invitedBefore.0"),
		shown: "last invitation",
		table: `
                  nob str els mem vie gue spe mod lob lef cop coe coo own adm rem blo rev rel
                  U   N   N   F   F   F   F   F   F   F   ok  ok  ok  ok  ok  F   U   U   U
`,
	},
	{
		name: "a list of people to invite", of: "InvitePreviewSuccess", at: at("invitePreview"),
		document: `invitePreview(roomId: $room, text: "vera@example.org") { ... on InvitePreviewSuccess { %s } }`,
		shown:    "rows left more skippedColumns linesBefore windows1252",
		table: `
                  nob str els mem vie gue spe mod lob lef cop coe coo own adm rem blo rev rel
                  U   N   N   F   F   F   F   F   F   F   ok  ok  ok  ok  ok  F   U   U   U
`,
	},
	{
		name: "a row of a list", of: "InvitePreviewRow", at: at("invitePreview.rows.0"),
		document: `invitePreview(roomId: $room, role: SPEAKER, text: "Noor Haddad <noor@example.org>") { ... on InvitePreviewSuccess { rows { %s } } }`,
		shown:    "row line outcome email firstName lastName oneName names role", empty: "doubt same problem invitation suggestion",
		table: `
                  nob str els mem vie gue spe mod lob lef cop coe coo own adm rem blo rev rel
                  U   N   N   F   F   F   F   F   F   F   ok  ok  ok  ok  ok  F   U   U   U
`,
	},
	{
		name: "the account found", of: "User", document: `userSearch(roomId: $room, query: "deputy") { user { %s } }`, at: at("userSearch.0.user"),
		shown: "id firstName lastName name email",
		table: `
                  nob str els mem vie gue spe mod lob lef cop coe coo own adm rem blo rev rel
                  U   N   N   F   F   F   F   F   F   F   ok  ok  ok  ok  ok  F   U   U   U
siteRole          .   .   .   .   .   .   .   .   .   .   -   -   -   -   ok  .   .   .   .
`,
	},
	{
		name: "an address in a text", of: "ReadAddress", at: at("readAddress"),
		document: `readAddress(text: "Ada Lovelace <ada@example.com>") { ... on ReadAddress { %s } }`, shown: "email firstName lastName",
		empty: "suggestion",
		table: `
                  nob str els mem vie gue spe mod lob lef cop coe coo own adm rem blo rev rel
                  U   ok  ok  ok  U   ok  U   U   U   U   ok  ok  ok  ok  ok  U   U   U   U
`,
	},
	{
		name: "who asks", of: "Me", document: `me { %s }`, at: at("me"),
		table: `
                  nob str els mem vie gue spe mod lob lef cop coe coo own adm rem blo rev rel
                  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok
user              -   ok  ok  ok  -   ok  -   -   -   -   ok  ok  ok  ok  ok  -   -   -   -
participants      0   0   0   0   1   1   1   1   1   1   0   0   0   0   0   1   0   0   0
`,
	},
	{
		name: "one's own account", of: "User", document: `me { user { %s } }`, at: at("me.user"),
		shown: "id firstName lastName name email siteRole",
		table: `
                  nob str els mem vie gue spe mod lob lef cop coe coo own adm rem blo rev rel
                  -   ok  ok  ok  -   ok  -   -   -   -   ok  ok  ok  ok  ok  -   -   -   -
`,
	},
	{
		name: "the account of a manager's place", of: "User",
		document: `node(id: $deputy) { ... on Participant { user { %s } } }`, at: at("node.user"),
		shown: "id firstName lastName name email",
		table: `
                  nob str els mem vie gue spe mod lob lef cop coe coo own adm rem blo rev rel
                  -   -   -   -   -   -   -   -   -   -   ok  ok  ok  ok  ok  -   -   -   -
siteRole          .   .   .   .   .   .   .   .   .   .   -   -   -   -   ok  .   .   .   .
`,
	},
	{
		name: "an invitation", of: "Invitation", document: `node(id: $invitation) { ... on Invitation { %s } }`, at: at("node"),
		shown: "id room session email firstName lastName name role status link createdAt invitedBy openedAt redeemedAt device participant events mails",
		empty: "user expiresAt revokedAt hostAskedAt hostMessage hostAskedFor vouchedUntil",
		table: `
                  nob str els mem vie gue spe mod lob lef cop coe coo own adm rem blo rev rel
                  -   -   -   -   -   -   -   -   -   -   ok  ok  ok  ok  ok  -   -   -   -
`,
	},
	{
		name: "one's own invitation, in the event of its redeeming", of: "Invitation",
		document: `room(id: $room) { events(first: 200) { ... on InvitationRedeemed { invitation { %s } } } }`, at: ownRedeemed,
		shown: "id room session email firstName lastName name role status createdAt invitedBy openedAt redeemedAt participant",
		empty: "link user device expiresAt revokedAt hostAskedAt hostMessage hostAskedFor vouchedUntil events mails",
		table: `
                  nob str els mem vie gue spe mod lob lef cop coe coo own adm rem blo rev rel
                  -   -   -   -   ok  ok  ok  ok  ok  ok  -   -   -   -   -   ok  -   -   -
`,
	},
	{
		name: "a link", of: "InvitationLink", document: `invitationLink(token: $token) { %s }`, at: at("invitationLink"),
		shown: "link roomTitle roomDescription timeZone invitedBy role session hostAsked signInRequired matchesAccount needsCode codeFailed serverTime", empty: "problem participant expiresAt hostAskedAt",
		table: `
                  nob str els mem vie gue spe mod lob lef cop coe coo own adm rem blo rev rel
                  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok
`,
	},
	{
		name: "a role", of: "RoleInfo", document: `roles { %s }`, at: at("roles.0"),
		shown: "role capabilities",
		table: `
                  nob str els mem vie gue spe mod lob lef cop coe coo own adm rem blo rev rel
                  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok
`,
	},
	{
		name: "the list of accounts", of: "AccountConnection", document: `users(search: "somebody") { %s }`, at: at("users"),
		shown: "edges nodes pageInfo totalCount",
		table: `
                  nob str els mem vie gue spe mod lob lef cop coe coo own adm rem blo rev rel
                  U   F   F   F   F   F   F   F   F   F   F   F   F   F   ok  F   U   U   U
`,
	},
	{
		name: "an account in it", of: "Account", document: `users(search: "somebody") { nodes { %s } }`, at: at("users.nodes.0"),
		shown: "id user disabled hasPassword lastSeenAt", empty: "passwordMail",
		table: `
                  nob str els mem vie gue spe mod lob lef cop coe coo own adm rem blo rev rel
                  U   F   F   F   F   F   F   F   F   F   F   F   F   F   ok  F   U   U   U
`,
	},
	{
		name: "its edge", of: "AccountEdge", document: `users(search: "somebody") { edges { %s } }`, at: at("users.edges.0"),
		shown: "cursor node",
		table: `
                  nob str els mem vie gue spe mod lob lef cop coe coo own adm rem blo rev rel
                  U   F   F   F   F   F   F   F   F   F   F   F   F   F   ok  F   U   U   U
`,
	},
})
