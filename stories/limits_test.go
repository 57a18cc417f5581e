package stories

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"usher/auth"
	"usher/live/livetest"
	. "usher/sitetest"
)

// Limits of the whole program, each tested at N and at N+1. Those of texts, emails and passwords are tested beside the functions
// that check them.

func TestE2_AListReturnsAtMostAsManyRowsAsItsLimit(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		room := h.Hall(h.User("ada@example.com"), nil)
		ticket := room.Invite("grace@example.org", nil)
		for _, list := range []struct {
			document string
			most     int
		}{
			{`rooms(first: $first) { totalCount }`, 100},
			{`room(id: $id) { sessions(first: $first) { totalCount } }`, 100},
			{`room(id: $id) { invitations(first: $first) { totalCount } }`, 100},
			{`room(id: $id) { participants(first: $first) { totalCount } }`, 100},
			{`room(id: $id) { attendance(first: $first) { totalCount } }`, 100},
			{`room(id: $id) { summary { interactions(first: $first) { totalCount } } }`, 100},
			{`room(id: $id) { events(first: $first) { id } }`, 200},
			{`node(id: $invitation) { ... on Invitation { events(first: $first) { id } } }`, 200},
			{`userSearch(roomId: $id, query: "ada", first: $first) { user { id } }`, 20},
			{`invitedBefore(roomId: $id, query: "ada", first: $first) { last { id } }`, 20},
		} {
			for first, want := range map[any]string{
				-1: "BAD_USER_INPUT", 0: "BAD_USER_INPUT", 1: "", list.most: "", list.most + 1: "BAD_USER_INPUT", nil: "", 1 << 40: "BAD_USER_INPUT",
			} {
				r := room.Host.Ask(Query("$first: Int, $id: ID!, $invitation: ID!", list.document),
					Object{"first": first, "id": room.ID, "invitation": ticket.ID})
				Same(t, fmt.Sprintf("%s with %v", list.document, first), r.Code(), want)
			}
		}
		watch := room.Host.Connect()
		negative := watch.Subscribe(Watching, Object{"room": room.ID, "after": -1}).Next()
		Same(t, "events after a negative revision", negative.Errors[0].Text("extensions.code"), "BAD_USER_INPUT")
		watch.Subscribe(Watching, Object{"room": room.ID, "after": 0}).Expect("SessionScheduled")
		below := func(before any) []string {
			return room.Host.MustAsk(`query($id: ID!, $before: Int) { room(id: $id) { events(before: $before) { revision } } }`,
				Object{"id": room.ID, "before": before}).Texts("room.events", "revision")
		}
		Same(t, "events below 2, 1 and less", []any{below(2), below(1), below(-1)}, [][]string{{"1"}, {}, {}})
	})
}

func TestE2_S2_LimitsOfTimesAreExactToTheMillisecond(t *testing.T) {
	t.Parallel()
	h := StartHouse(t)
	ada := h.User("ada@example.com")
	now := h.Now()
	ended, planned := h.Hall(ada, nil), h.Hall(ada, nil)
	ended.Command("startSession")
	ended.Command("endSession")
	for _, c := range []struct {
		name          string
		starts, lasts time.Duration // from now, from then; 0: no end
		field         string        // at fault; empty: none
	}{
		{"5 min past", -5 * time.Minute, 0, ""},
		{"5 min and 1 ms past", -5*time.Minute - time.Millisecond, 0, "startsAt"},
		{"an end 1 ms after the start", time.Hour, time.Millisecond, ""},
		{"an end 1 ms before the start", time.Hour, -time.Millisecond, "endsAt"},
		{"24 h", time.Hour, 24 * time.Hour, ""},
		{"24 h and 1 ms", time.Hour, 24*time.Hour + time.Millisecond, "endsAt"},
	} {
		times := Object{"startsAt": Stamp(now.Add(c.starts))}
		if c.lasts != 0 {
			times["endsAt"] = Stamp(now.Add(c.starts + c.lasts))
		}
		for mutation, with := range map[string]Object{
			"scheduleSession": {"roomId": ended.ID}, "rescheduleSession": {"sessionId": planned.Session}, "createRoom": {"title": "Hall"},
		} {
			t.Run(mutation+", "+c.name, func(t *testing.T) {
				for name, value := range times {
					with[name] = value
				}
				if c.field != "" {
					Same(t, "the field", ada.Refused("INVALID_TIME", mutation, with)["field"], c.field)
					return
				}
				ada.Must(mutation, with, "")
				if mutation == "scheduleSession" { // make way for the next
					id := ada.MustAsk(`query($id: ID!) { room(id: $id) { session { id } } }`, Object{"id": ended.ID}).Text("room.session.id")
					ada.Must("cancelSession", Object{"sessionId": id}, "")
				}
			})
		}
	}
	ada.Fails("BAD_USER_INPUT", "createRoom", Object{"title": "Hall", "startsAt": "tomorrow"})
}

func TestE2_L8_AMessageToTheHostHas280Characters(t *testing.T) {
	t.Parallel()
	h := StartHouse(t)
	ticket := h.Hall(h.User("ada@example.com"), nil).Invite("grace@example.org", nil)
	h.Browser().Redeem(ticket)
	other := h.Browser()
	refused := other.Refused("INVALID_VALUE", "askHost", Object{"token": ticket.Token, "message": strings.Repeat("é", 281)})
	Same(t, "the field and what to do", []any{refused["field"], refused["nextSteps"]}, []any{"message", []string{"FIX_FIELD"}})
	Same(t, "a bidi override", other.Refused("INVALID_VALUE", "askHost", Object{"token": ticket.Token, "message": "\u202e"})["field"], "message")
	Same(t, "nothing was asked", ticket.Now()["hostAskedAt"], nil)
	other.Must("askHost", Object{"token": ticket.Token, "message": strings.Repeat("é", 280)}, "")
	Same(t, "the message", ticket.Now()["hostMessage"], strings.Repeat("é", 280))

	asked := h.Now()
	h.Set(asked.Add(24*time.Hour - time.Millisecond))
	Same(t, "asked within 24 hours", ticket.Now()["hostAskedAt"], Stamp(asked))
	h.Set(asked.Add(24 * time.Hour))
	Same(t, "after 24 hours", []any{ticket.Now()["hostAskedAt"], ticket.Now()["hostMessage"]}, []any{nil, nil})
}

func TestL8_AHolderMayAskThreeTimesAnHour(t *testing.T) {
	t.Parallel()
	h := StartHouse(t)
	ticket := h.Hall(h.User("ada@example.com"), nil).Invite("grace@example.org", nil)
	h.Browser().Redeem(ticket)
	other, with := h.Browser(), Object{"token": ticket.Token}
	first := h.Now()
	for range 3 {
		other.Must("askHost", with, "")
		h.Advance(time.Minute)
	}
	h.Set(first.Add(time.Hour - time.Millisecond))
	refused := h.Browser().Refused("TOO_MANY_ATTEMPTS", "askHost", with)
	Same(t, "when to ask again", refused["retryAt"], Stamp(first.Add(time.Hour)))
	Same(t, "the message", refused["message"], "You have asked the host three times within an hour. Wait an hour, then ask again.")
	h.Set(first.Add(time.Hour))
	other.Must("askHost", with, "")
	Same(t, "when to ask then", other.Refused("TOO_MANY_ATTEMPTS", "askHost", with)["retryAt"], Stamp(first.Add(time.Hour+time.Minute)))
}

func TestL5_ARefusalIsReportedOnceAMinuteForEachLinkAndCode(t *testing.T) {
	t.Parallel()
	h := StartHouse(t)
	room := h.Hall(h.User("ada@example.com"), nil)
	grace, alan := room.Invite("grace@example.org", nil), room.Invite("alan@example.org", nil)
	before, began := room.Revision(), h.Now()
	mistake := func(k *Ticket) { h.Browser().Refused("EMAIL_MISMATCH", "redeemInvitation", k.With("else@example.org")) }
	told := func() int { return len(room.Kinds(before)) }
	mistake(grace)
	mistake(grace)
	Same(t, "of one link and code", told(), 1)
	mistake(alan)
	h.Browser().Refused("INVALID_EMAIL", "redeemInvitation", grace.With("none"))
	Same(t, "of another link, and another code", told(), 3)
	h.Set(began.Add(time.Minute - time.Millisecond))
	mistake(grace)
	Same(t, "within the minute", told(), 3)
	h.Set(began.Add(time.Minute))
	mistake(grace)
	Same(t, "a minute later", told(), 4)
}

func TestAManagersInvitationsPerMinuteAreLimited(t *testing.T) {
	t.Parallel()
	h := NewHouse(t, livetest.SQLite(t))
	h.Limits.Room.InvitingPerMinute = 3
	h.Serve()
	ada, eve := h.User("ada@example.com"), h.User("eve@example.com")
	room, another, hers := h.Hall(ada, nil), h.Hall(ada, nil), h.Hall(eve, nil)
	for n := range 3 {
		room.Invite(fmt.Sprintf("guest%d@example.org", n), nil)
	}
	for _, of := range []*Hall{room, another} { // the limit is the manager's, not the room's
		r, _ := ada.Do("inviteUser", of.Invitee("guest3@example.org", nil), "")
		Same(t, "one more", r.Code(), "RATE_LIMITED")
		if wait := r.Errors[0].Extensions.Int("retryAfterSeconds"); wait < 20 || wait > 21 {
			t.Errorf("told to wait %d s for what comes every 20 s", wait)
		}
	}
	hers.Invite("guest3@example.org", nil)
	h.Advance(20*time.Second - time.Millisecond)
	ada.Fails("RATE_LIMITED", "inviteUser", room.Invitee("guest3@example.org", nil))
	h.Advance(time.Millisecond)
	room.Invite("guest3@example.org", nil)
}

func TestSignInAttemptsAreLimited(t *testing.T) {
	t.Parallel()
	h := NewHouse(t, livetest.SQLite(t))
	h.Limits.SignIns = auth.Limits{PerAccount: 3, PerAddress: 5, Window: 15 * time.Minute}
	h.Serve()
	h.Account("ada@example.com")
	h.Account("eve@example.com")
	try := func(email, with string) string {
		_, result := h.Browser().Do("signIn", Object{"email": email, "password": with}, "")
		return result.Code()
	}
	for range 3 {
		Same(t, "a wrong password", try("ada@example.com", "wrong"), "INVALID_CREDENTIALS")
		Same(t, "the right one is not counted", try("eve@example.com", Password), "")
	}
	Same(t, "the fourth try at an account", try("ADA@example.com", Password), "TOO_MANY_ATTEMPTS")
	refused := h.Browser().Refused("TOO_MANY_ATTEMPTS", "signIn", Object{"email": "ada@example.com", "password": Password})
	Same(t, "when to try again", MustTime(t, refused.Text("retryAt")).Sub(h.Now()).Round(time.Second), 5*time.Minute)
	Same(t, "the message", refused["message"], "Too many attempts. Try again in 5 minutes.")
	Same(t, "the fifth of the address", try("nobody@example.com", "wrong"), "INVALID_CREDENTIALS")
	h.Advance(5*time.Minute - time.Millisecond)
	Same(t, "the account, too early", try("ada@example.com", Password), "TOO_MANY_ATTEMPTS")
	h.Advance(time.Millisecond)
	Same(t, "the account, in time", try("ada@example.com", Password), "")
	Same(t, "what the address has left", []string{try("a@example.com", "x"), try("b@example.com", "x"), try("c@example.com", "x")},
		[]string{"INVALID_CREDENTIALS", "INVALID_CREDENTIALS", "TOO_MANY_ATTEMPTS"})
}

func TestAnAttemptKeyHas22To64Characters(t *testing.T) {
	t.Parallel()
	h := StartHouse(t)
	room := h.Hall(h.User("ada@example.com"), nil)
	for i, c := range []struct {
		key  any
		code string
	}{
		{strings.Repeat("k", 21), "BAD_USER_INPUT"},
		{strings.Repeat("k", 22), ""},
		{strings.Repeat("k", 64), ""},
		{strings.Repeat("k", 65), "BAD_USER_INPUT"},
		{strings.Repeat("k", 21) + "é", "BAD_USER_INPUT"},
		{strings.Repeat("k", 21) + " ", "BAD_USER_INPUT"},
		{nil, "BAD_USER_INPUT"},
	} {
		ticket := room.Invite(fmt.Sprintf("guest%d@example.org", i), nil)
		with := ticket.Own()
		with["credential"], with["attemptKey"] = "BEARER", c.key
		r, _ := h.Browser().Do("redeemInvitation", with, "")
		Same(t, fmt.Sprint("the answer to ", c.key), r.Code(), c.code)
	}
	with := room.Invite("grace@example.org", nil).Own()
	with["attemptKey"] = strings.Repeat("k", 22)
	h.Browser().Fails("BAD_USER_INPUT", "redeemInvitation", with) // it goes with BEARER
}

func TestTheNewest100TokensOfALinkWork(t *testing.T) {
	t.Parallel()
	h := StartHouse(t)
	with := h.Hall(h.User("ada@example.com"), nil).Invite("grace@example.org", nil).Own()
	with["credential"], with["attemptKey"] = "BEARER", strings.Repeat("k", 22)
	var tokens []string
	for range 101 {
		h.Advance(time.Millisecond)
		tokens = append(tokens, h.Browser().Must("redeemInvitation", with, "accessToken").Text("accessToken"))
	}
	works := func(token string) bool {
		return h.Bearer(token).Ask(`{ me { participants { id } } }`, nil).Code() == ""
	}
	Same(t, "the first, the second, the last", []bool{works(tokens[0]), works(tokens[1]), works(tokens[100])}, []bool{false, true, true})
}

func TestI8_AListOfDomainsHasAtMost1000(t *testing.T) {
	t.Parallel()
	h := StartHouse(t)
	admin := h.User("admin@example.com", "--admin")
	rules := make([]string, 1001)
	for i := range rules {
		rules[i] = fmt.Sprintf("d%d.example", i)
	}
	for _, field := range []string{"blockedDomains", "allowedDomains"} {
		refused := admin.Refused("INVALID_VALUE", "updateSitePolicy", Object{field: rules})
		Same(t, "the field and what to do", []any{refused["field"], refused["nextSteps"]}, []any{field, []string{"FIX_FIELD"}})
		made := admin.Must("updateSitePolicy", Object{field: rules[:1000]}, "sitePolicy { "+field+" }")
		Same(t, "the rules kept", len(made.Texts("sitePolicy."+field, "")), 1000)
	}
}

func TestP7_ARoleChangesOnlyAtTheExpectedRevision(t *testing.T) {
	t.Parallel()
	h := StartHouse(t)
	room := h.Hall(h.User("ada@example.com"), nil)
	place := h.Browser().Redeem(room.Invite("grace@example.org", nil))
	change := func(to string, expected any) Object {
		return Object{"participantId": place, "role": to, "expectedRoleRevision": expected}
	}
	for _, seen := range []int{0, 2, -1} {
		refused := room.Host.Refused("STALE_REVISION", "changeRole", change("SPEAKER", seen))
		Same(t, "the field and what to do", []any{refused["field"], refused["nextSteps"]}, []any{"expectedRoleRevision", []string{"RELOAD"}})
	}
	made := room.Host.Must("changeRole", change("SPEAKER", 1), "participant { roleRevision }")
	Same(t, "the next revision", made.Int("participant.roleRevision"), 2)
	before := room.Revision()
	room.Host.Must("changeRole", change("SPEAKER", nil), "")
	Same(t, "the same role changes nothing (S4)", room.Kinds(before), []string{})
}
