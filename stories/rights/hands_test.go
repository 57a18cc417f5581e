package rights

import . "usher/sitetest"

// How hands are raised and lowered, and what each asker reads of them.

// ownPlace names the asker's place.
func ownPlace(s *seat) Object { return Object{"participantId": s.place} }

// askedOfHands has the arguments of the lines about hands.
var askedOfHands = map[string]func(s *seat) Object{
	"raiseHand":              and(inRoom, Object{"role": "MODERATOR", "note": "Please"}),
	"lowerHand":              of("vera"),
	"lowerHand, one's own":   ownPlace,
	"declineHand":            of("vera"),
	"declineHand, a speaker": of("sam"),
	"lowerHand, a speaker":   of("sam"),
	"lowerAllHands":          inRoom,
	"react":                  and(inRoom, Object{"reaction": "CLAP"}),
}

// viewsOfHands are the views of raised hands.
var viewsOfHands = []view{
	{
		name: "a raised hand", of: "Hand", document: `room(id: $room) { hands { nodes { %s } } }`, at: at("room.hands.nodes.0"),
		shown: "participant role note raisedAt position",
		table: `
                  nob str els mem vie gue spe mod lob lef cop coe coo own adm rem blo rev rel
                  -   -   -   -   -   -   -   ok  -   -   ok  ok  ok  ok  ok  -   -   -   -
`,
	},
}
