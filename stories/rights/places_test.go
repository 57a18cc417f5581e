package rights

import (
	"usher/ent/handover"
	. "usher/sitetest"
)

// How roles are changed, and what each asker reads of somebody's place.

// askedOfPlaces has the arguments of the lines about roles.
var askedOfPlaces = map[string]func(s *seat) Object{
	"handOver":                  func(s *seat) Object { return Object{"id": s.written["offered"]} },
	"offerHandOver":             inRoom,
	"answerHandOver":            func(s *seat) Object { return Object{"id": s.written["offered"], "allow": false} },
	"answerHandOver, one's own": func(s *seat) Object { return Object{"id": s.ownHandOver(), "allow": false} },
	"askHandOver": func(s *seat) Object {
		return Object{"token": s.others["spare"].Token, "digits": "123456", "credential": "BEARER", "attemptKey": "a.device.in." + s.Hall.ID}
	},
	"changeRole":                and(of("vera"), Object{"role": "VIEWER"}),
	"changeRole, a speaker's":   and(of("sam"), Object{"role": "VIEWER"}),
	"changeRole, to MODERATOR":  and(of("vera"), Object{"role": "MODERATOR"}),
	"changeRole, a moderator's": and(of("mona"), Object{"role": "MODERATOR"}),
	"changeRole, one's own":     func(s *seat) Object { return Object{"participantId": s.place, "role": "MODERATOR"} },
	"changeRole, a manager's":   and(of("deputy"), Object{"role": "VIEWER"}),
}

// viewsOfPlaces are the views of participants.
var viewsOfPlaces = []view{
	{
		name: "one's own place", of: "Participant", document: `room(id: $room) { myParticipant { %s } }`, at: at("room.myParticipant"),
		shown: "id room session displayName guest state online role capabilities roleRevision mayAskAgain asksToEnter invitedBy muted handsDeclined",
		empty: "user managerRole queuePosition waitingSince invitation mutedUntil handRaisedAt handPosition",
		table: `
                  nob str els mem vie gue spe mod lob lef cop coe coo own adm rem blo rev rel
                  -   -   -   -   ok  ok  ok  ok  ok  ok  -   -   -   -   -   ok  -   -   -
roleDelivered     .   .   .   .   -   -   -   no  -   -   .   .   .   .   .   -   .   .   .
mayChangeRole     .   .   .   .   no  no  no  no  no  no  .   .   .   .   .   no  .   .   .
rolesToGive       .   .   .   .   0   0   0   0   0   0   .   .   .   .   .   0   .   .   .
mayUnblock        .   .   .   .   no  no  no  no  no  no  .   .   .   .   .   no  .   .   .
mayRemove         .   .   .   .   no  no  no  no  no  no  .   .   .   .   .   no  .   .   .
`,
	},
	{
		name: "a speaker's place", of: "Participant", document: `node(id: $speaker) { ... on Participant { %s } }`, at: at("node"),
		shown: "id room session displayName guest state online role capabilities roleRevision mayAskAgain asksToEnter invitedBy",
		empty: "user managerRole queuePosition waitingSince mutedUntil",
		table: `
                  nob str els mem vie gue spe mod lob lef cop coe coo own adm rem blo rev rel
                  -   -   -   -   ok  ok  ok  ok  -   -   ok  ok  ok  ok  ok  -   -   -   -
roleDelivered     .   .   .   .   -   -   -   no  .   .   no  no  no  no  no  .   .   .   .
invitation        .   .   .   .   -   -   -   -   .   .   ok  ok  ok  ok  ok  .   .   .   .
mayChangeRole     .   .   .   .   no  no  no  yes .   .   yes yes yes yes yes .   .   .   .
rolesToGive       .   .   .   .   0   0   0   2   .   .   3   3   3   3   3   .   .   .   .
mayUnblock        .   .   .   .   no  no  no  no  .   .   yes yes yes yes yes .   .   .   .
mayRemove         .   .   .   .   no  no  no  yes .   .   yes yes yes yes yes .   .   .   .
muted             .   .   .   .   -   -   -   no  .   .   no  no  no  no  no  .   .   .   .
handRaisedAt      .   .   .   .   -   -   -   ok  .   .   ok  ok  ok  ok  ok  .   .   .   .
handPosition      .   .   .   .   -   -   -   ok  .   .   ok  ok  ok  ok  ok  .   .   .   .
handsDeclined     .   .   .   .   -   -   -   ok  .   .   ok  ok  ok  ok  ok  .   .   .   .
`,
	},
	{
		name: "the place of a viewer who waits", of: "Participant", document: `node(id: $waiting) { ... on Participant { %s } }`, at: at("node"),
		shown: "id room session displayName guest state online role capabilities roleRevision roleDelivered queuePosition waitingSince mayAskAgain asksToEnter invitedBy muted handsDeclined",
		empty: "user managerRole mutedUntil handRaisedAt handPosition",
		table: `
                  nob str els mem vie gue spe mod lob lef cop coe coo own adm rem blo rev rel
                  -   -   -   -   -   -   -   ok  -   -   ok  ok  ok  ok  ok  -   -   -   -
invitation        .   .   .   .   .   .   .   -   .   .   ok  ok  ok  ok  ok  .   .   .   .
mayChangeRole     .   .   .   .   .   .   .   yes .   .   yes yes yes yes yes .   .   .   .
rolesToGive       .   .   .   .   .   .   .   2   .   .   3   3   3   3   3   .   .   .   .
mayUnblock        .   .   .   .   .   .   .   no  .   .   yes yes yes yes yes .   .   .   .
mayRemove         .   .   .   .   .   .   .   yes .   .   yes yes yes yes yes .   .   .   .
`,
	},
	{
		name: "a manager's place", of: "Participant", document: `node(id: $deputy) { ... on Participant { %s } }`, at: at("node"),
		shown: "id room session displayName managerRole guest state online role capabilities roleRevision mayAskAgain asksToEnter",
		empty: "queuePosition waitingSince invitation invitedBy mutedUntil handRaisedAt handPosition",
		table: `
                  nob str els mem vie gue spe mod lob lef cop coe coo own adm rem blo rev rel
                  -   -   -   -   ok  ok  ok  ok  -   -   ok  ok  ok  ok  ok  -   -   -   -
user              .   .   .   .   -   -   -   -   .   .   ok  ok  ok  ok  ok  .   .   .   .
roleDelivered     .   .   .   .   -   -   -   no  .   .   no  no  no  no  no  .   .   .   .
mayChangeRole     .   .   .   .   no  no  no  no  .   .   no  no  no  no  no  .   .   .   .
rolesToGive       .   .   .   .   0   0   0   0   .   .   0   0   0   0   0   .   .   .   .
mayUnblock        .   .   .   .   no  no  no  no  .   .   no  no  no  no  no  .   .   .   .
mayRemove         .   .   .   .   no  no  no  no  .   .   no  no  no  no  no  .   .   .   .
muted             .   .   .   .   -   -   -   no  .   .   no  no  no  no  no  .   .   .   .
handsDeclined     .   .   .   .   -   -   -   ok  .   .   ok  ok  ok  ok  ok  .   .   .   .
`,
	},
}

// ownHandOver returns the id of what the asker offered, or another one.
func (s *seat) ownHandOver() string {
	s.H.T.Helper()
	if s.own == nil {
		return s.written["offered"]
	}
	ids, err := s.H.Parts.Database.Read.HandOver.Query().Where(handover.InvitationID(s.own.ID)).IDs(s.H.T.Context())
	if err != nil || len(ids) == 0 { // whoever has lost their place has offered nothing
		return s.written["offered"]
	}
	return ids[0]
}
