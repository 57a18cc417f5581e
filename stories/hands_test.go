package stories

import (
	"fmt"
	"strings"
	"sync"
	"testing"

	. "usher/sitetest"
)

const handsDocument = `subscription($room: ID!, $after: Int) { roomEvents(roomId: $room, after: $after, tools: [HANDS]) {
	__typename revision actor
	... on HandsRaised { hands { participant { id displayName } role note position } }
	... on HandLowered { participant { id } end }
	... on RolePromoted { role participant { id } } } }`

// mustHaveHands returns a room in session in which each person follows the hands.
func mustHaveHands(h *House) *talking {
	c := mustTalk(h)
	c.followHands()
	return c
}

func (t *talking) followHands() {
	at := t.Revision()
	for name, who := range t.people {
		_ = t.watch[name].WS.Close()
		t.watch[name] = who.Connect().Subscribe(handsDocument, Object{"room": t.ID, "after": at})
	}
}

// hand returns the arguments of raising a hand.
func (t *talking) hand(role, note string) Object {
	with := Object{"roomId": t.ID, "role": role}
	if note != "" {
		with["note"] = note
	}
	return with
}

// queue returns the hands that somebody sees, in their order.
func (t *talking) queue(who string) string {
	t.H.T.Helper()
	list := t.people[who].MustAsk(`query($id: ID!) { room(id: $id) { hands { totalCount nodes { participant { displayName } role note position } } } }`, Object{"id": t.ID})
	if list.At("room.hands") == nil {
		return "nothing"
	}
	var all []string
	for _, hand := range list.List("room.hands.nodes") {
		all = append(all, fmt.Sprintf("%d %s %s %s", hand.Int("position"), hand.Text("participant.displayName"), hand.Text("role"), hand.Text("note")))
	}
	Same(t.H.T, "the number of hands", list.Int("room.hands.totalCount"), len(all))
	return strings.Join(all, ", ")
}

// own returns what somebody reads of a hand: whether it is up, its position and how often it was declined.
func (t *talking) own(who, whose string) string {
	t.H.T.Helper()
	p := t.people[who].MustAsk(`query($id: ID!) { node(id: $id) { ... on Participant { handRaisedAt handPosition handsDeclined } } }`, Object{"id": t.places[whose]})
	if p.At("node") == nil {
		return "nobody"
	}
	up := "down"
	if p.At("node.handRaisedAt") != nil {
		up = "up"
	}
	return fmt.Sprint(up, " ", p.At("node.handPosition"), " ", p.At("node.handsDeclined"))
}

func TestH1_H2_AHandAsksForARoleAndKeepsItsPosition(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		c := mustHaveHands(h)
		viewer, speaker := c.people["viewer"], c.people["speaker"]
		viewer.Must("raiseHand", c.hand("SPEAKER", " I have\na question "), "")
		for _, who := range []string{"viewer", "moderator", "manager"} {
			e := c.watch[who].Expect("HandsRaised")
			Same(t, "what the "+who+" hears", fmt.Sprint(e.Text("actor"), e.Texts("hands", "note"), e.Texts("hands", "role")), "viewer Guest[I have a question] [SPEAKER]")
		}
		speaker.Must("raiseHand", c.hand("MODERATOR", ""), "")
		viewer.Must("raiseHand", c.hand("MODERATOR", "Two"), "")
		const both = "1 viewer Guest MODERATOR Two, 2 speaker Guest MODERATOR "
		for who, want := range map[string]string{"viewer": "nothing", "speaker": "nothing", "moderator": both, "manager": both} {
			Same(t, "the hands for the "+who, c.queue(who), want)
		}
		Same(t, "one's own", c.own("speaker", "speaker"), "up 2 0")
		Same(t, "a speaker's for a moderator", c.own("moderator", "speaker"), "up 2 0")
		Same(t, "a speaker's for a viewer", c.own("viewer", "speaker"), "down <nil> <nil>")

		before := c.Revision()
		viewer.Must("raiseHand", c.hand("MODERATOR", "Two"), "")
		viewer.Must("raiseHand", c.hand("MODERATOR", strings.Repeat("é", 140)), "")
		Same(t, "the same hand again, then another note", c.Kinds(before), []string{"HandsRaised"})
		Same(t, "141 characters", viewer.Refused("INVALID_VALUE", "raiseHand", c.hand("SPEAKER", strings.Repeat("é", 141))).Text("field"), "note")
		viewer.Refused("INVALID_VALUE", "raiseHand", c.hand("SPEAKER", "left\u202eright"))
		Same(t, "one's own role", viewer.Refused("INVALID_VALUE", "raiseHand", c.hand("VIEWER", "")).Text("field"), "role")
		speaker.Refused("INVALID_VALUE", "raiseHand", c.hand("SPEAKER", ""))
		c.people["moderator"].Refused("INVALID_VALUE", "raiseHand", c.hand("MODERATOR", ""))
		c.Host.Fails("FORBIDDEN", "raiseHand", c.hand("MODERATOR", ""))
		Same(t, "refusals", len(c.Kinds(before)), 1)

		list := c.Host.MustAsk(`query($id: ID!) { room(id: $id) { hands(first: 1) { pageInfo { endCursor hasNextPage } } } }`, Object{"id": c.ID})
		Same(t, "more hands", list.At("room.hands.pageInfo.hasNextPage"), true)
		next := c.Host.MustAsk(`query($id: ID!, $after: Cursor) { room(id: $id) { hands(after: $after) { totalCount nodes { participant { displayName } } } } }`,
			Object{"id": c.ID, "after": list.Text("room.hands.pageInfo.endCursor")})
		Same(t, "the next page", fmt.Sprint(next.Int("room.hands.totalCount"), next.Texts("room.hands.nodes", "participant.displayName")), "2 [speaker Guest]")
	})
}

func TestH1_ReasonsThatNobodyRaisesAHand(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		c := mustHaveHands(h)
		viewer, moderator := c.people["viewer"], c.people["moderator"]
		raise := func(code string, with Object) {
			t.Helper()
			viewer.Refused(code, "raiseHand", with)
		}
		viewer.Must("raiseHand", c.hand("SPEAKER", "first"), "")
		set := func(on bool) {
			Same(t, "hands", moderator.Must("updateTools", Object{"roomId": c.ID, "hands": on}, "room { tools { hands reactions } }").At("room.tools.hands"), on)
		}
		before := c.Revision()
		set(false)
		set(false)
		Same(t, "turning hands off twice", c.Kinds(before), []string{"ToolsChanged"})
		raise("HANDS_OFF", c.hand("SPEAKER", "second"))
		Same(t, "hands that were up", c.queue("moderator"), "1 viewer Guest SPEAKER first")
		set(true)

		moderator.Must("muteParticipant", Object{"participantId": c.places["viewer"]}, "")
		raise("MUTED", c.hand("SPEAKER", "second"))
		viewer.Must("raiseHand", c.hand("MODERATOR", "first"), "")
		viewer.Must("raiseHand", c.hand("SPEAKER", ""), "")
		moderator.Must("unmuteParticipant", Object{"participantId": c.places["viewer"]}, "")

		c.Update(Object{"chatAndCollaboration": false})
		raise("CHAT_AND_COLLABORATION_OFF", c.hand("SPEAKER", ""))
		moderator.Refused("CHAT_AND_COLLABORATION_OFF", "lowerHand", Object{"participantId": c.places["viewer"]})
		moderator.Refused("CHAT_AND_COLLABORATION_OFF", "lowerAllHands", Object{"roomId": c.ID})
		Same(t, "hands without Chat & Collaboration", c.queue("moderator")+", "+c.own("viewer", "viewer"), "nothing, down <nil> <nil>")
		c.Update(Object{"chatAndCollaboration": true})
		Same(t, "hands with it again", c.queue("moderator"), "1 viewer Guest SPEAKER ")

		viewer.Must("leaveRoom", Object{"roomId": c.ID}, "")
		viewer.Fails("FORBIDDEN", "raiseHand", c.hand("SPEAKER", ""))
		viewer.Fails("FORBIDDEN", "lowerHand", Object{"participantId": c.places["viewer"]})
	})
}

func TestH3_ARoleThatAHandAsksForLowersIt(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		c := mustHaveHands(h)
		viewer, moderator, who := c.people["viewer"], c.people["moderator"], Object{"participantId": c.places["viewer"]}
		to := func(role string) Object { return Object{"participantId": c.places["viewer"], "role": role} }
		viewer.Must("raiseHand", c.hand("SPEAKER", ""), "")
		moderator.Must("changeRole", to("SPEAKER"), "")
		for _, name := range []string{"viewer", "moderator", "manager"} {
			Same(t, "how it ended for the "+name, c.watch[name].Expect("HandsRaised", "RolePromoted", "HandLowered").Text("end"), "GRANTED")
		}
		Same(t, "the hand", c.own("viewer", "viewer"), "down <nil> 0")

		viewer.Must("raiseHand", c.hand("MODERATOR", ""), "")
		moderator.Must("changeRole", to("VIEWER"), "")
		Same(t, "a lower role keeps it up", c.queue("moderator"), "1 viewer Guest MODERATOR ")
		moderator.Must("changeRole", to("SPEAKER"), "")
		Same(t, "and so does one below what it asks for", c.queue("moderator"), "1 viewer Guest MODERATOR ")
		before := c.Revision()
		c.Host.Must("changeRole", to("MODERATOR"), "")
		Same(t, "a manager grants it", c.Kinds(before), []string{"RolePromoted", "HandLowered"})
		c.Host.Must("changeRole", to("VIEWER"), "")

		before = c.Revision()
		for _, decline := range []string{"declineHand", "declineHand", "lowerHand"} {
			moderator.Must(decline, who, "")
		}
		Same(t, "a hand that is down stays so", len(c.Kinds(before)), 0)
	})
}

func TestH3_WhoIsDeclinedTwiceAsksNoMore(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		c := mustHaveHands(h)
		viewer, who := c.people["viewer"], Object{"participantId": c.places["viewer"]}
		for n, by := range []string{"moderator", "manager"} {
			viewer.Must("raiseHand", c.hand("SPEAKER", ""), "")
			c.people[by].Must("declineHand", who, "")
			for _, reader := range []string{"viewer", "moderator", "manager"} {
				e := c.watch[reader].Expect("HandsRaised", "HandLowered")
				Same(t, "how it ended", e.Text("end"), "DECLINED")
				Same(t, "whether the "+reader+" learns who did it", e.At("actor") != nil, reader != "viewer")
			}
			Same(t, "one's own", c.own("viewer", "viewer"), fmt.Sprint("down <nil> ", n+1))
		}
		viewer.Refused("REQUEST_DECLINED", "raiseHand", c.hand("SPEAKER", ""))
		c.another()
		c.people["viewer"].Must("raiseHand", c.hand("SPEAKER", ""), "")
	})
}

func TestH3_AllHandsGoDownAtOnce(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		c := mustHaveHands(h)
		c.people["viewer"].Must("raiseHand", c.hand("SPEAKER", ""), "")
		c.people["speaker"].Must("raiseHand", c.hand("MODERATOR", ""), "")
		before := c.Revision()
		c.people["moderator"].Must("lowerAllHands", Object{"roomId": c.ID}, "")
		c.people["moderator"].Must("lowerAllHands", Object{"roomId": c.ID}, "")
		Same(t, "the events", c.Kinds(before), []string{"HandsLowered"})
		c.watch["viewer"].Expect("HandsRaised", "HandsLowered")
		Same(t, "the hands", c.queue("manager"), "")
		c.people["viewer"].Must("raiseHand", c.hand("SPEAKER", ""), "") // it was not declined
		c.people["viewer"].Must("lowerHand", Object{"participantId": c.places["viewer"]}, "")
		Same(t, "how it ended", c.watch["viewer"].Expect("HandsRaised", "HandLowered").Text("end"), "LOWERED")
	})
}

func TestH4_WhoGoesTakesTheHandAlong(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		c := mustHaveHands(h)
		viewer, who := c.people["viewer"], c.places["viewer"]
		back := func() {
			c.Host.Do("admitParticipant", Object{"participantId": who}, "")
			viewer.Enter(c.Hall)
			c.Host.Do("admitParticipant", Object{"participantId": who}, "")
		}
		for name, goes := range map[string]func(){
			"leaving": func() { viewer.Must("leaveRoom", Object{"roomId": c.ID}, "") },
			"being removed": func() {
				c.people["moderator"].Must("removeParticipant", Object{"participantId": who, "block": false}, "")
			},
		} {
			viewer.Must("raiseHand", c.hand("SPEAKER", ""), "")
			before := c.Revision()
			goes()
			kinds := c.Kinds(before)
			Same(t, name, kinds[len(kinds)-2:], []string{"ParticipantChanged", "HandLowered"})
			Same(t, "the hands after "+name, c.queue("manager"), "")
			back()
		}
		viewer.Must("raiseHand", c.hand("SPEAKER", ""), "")
		_ = c.watch["viewer"].WS.Close()
		h.WaitUntil("they count as gone", func() bool { return c.Online(who) == false })
		Same(t, "after a lost connection", c.queue("manager"), "1 viewer Guest SPEAKER ")
		before := c.Revision()
		c.Command("endSession")
		Same(t, "the end of the session", c.Kinds(before), []string{"SessionEnded"})
		c.Command("startSession")
		viewer.Enter(c.Hall)
		Same(t, "the hands in the reopened session", c.queue("manager"), "")
		viewer.Must("raiseHand", c.hand("SPEAKER", ""), "")
		before = c.Revision()
		c.Host.Must("removeParticipant", Object{"participantId": who, "block": true}, "")
		Same(t, "being blocked", c.Kinds(before), []string{"ParticipantRemoved", "ParticipantChanged", "HandLowered"})
	})
}

func TestH1_V12_WhoRaiseHandsTogetherShareEvents(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		c := mustHaveHands(h)
		const people = 20
		var guests [people]*Client
		for i := range guests {
			guests[i], _ = c.Guest(fmt.Sprintf("guest%d@example.org", i), nil)
			guests[i].Enter(c.Hall)
		}
		before := c.Revision()
		var all sync.WaitGroup
		for _, guest := range guests {
			all.Go(func() { guest.Must("raiseHand", c.hand("SPEAKER", ""), "") })
		}
		all.Wait()
		late := c.Host.Connect().Subscribe(handsDocument, Object{"room": c.ID, "after": before})
		seen := map[string]bool{}
		for len(seen) < people {
			for _, hand := range late.Expect("HandsRaised").List("hands") {
				if id := hand.Text("participant.id"); seen[id] {
					t.Errorf("%s is reported twice", id)
				}
				seen[hand.Text("participant.id")] = true
			}
		}
		positions := map[int]bool{}
		for _, hand := range c.Host.MustAsk(`query($id: ID!) { room(id: $id) { hands(first: 100) { nodes { position } } } }`, Object{"id": c.ID}).List("room.hands.nodes") {
			positions[hand.Int("position")] = true
		}
		Same(t, "different positions", len(positions), people)
	})
}

func TestH1_E4_TheNoteOfAnErasedPersonIsStoredNowhere(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		c := mustHaveHands(h)
		c.people["viewer"].Must("raiseHand", c.hand("SPEAKER", "umber window"), "")
		h.MustRun("", "erase", "--yes", "viewer@example.org")
		h.WaitUntil("its bytes are gone", func() bool { return !strings.Contains(string(h.Contents()), "umber window") })
	})
}
