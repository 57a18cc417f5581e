package stories

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	. "usher/sitetest"
)

// Inviting many at once (I10).

const outcomes = "invited rows { row outcome email firstName lastName problem { code field } invitation { id status role link } } room { id }"

// key is an idempotency key. Calls of one test differ by n.
func key(n int) string { return fmt.Sprintf("a-key-of-this-test-%04d", n) }

func person(email string, with Object) Object {
	row := Object{"email": email, "firstName": "Grace", "lastName": "Guest"}
	for name, value := range with {
		row[name] = value
	}
	return row
}

func (s *stage) many(room *Hall, n int, rows ...Object) Object {
	return Object{"roomId": room.ID, "key": key(n), "role": "VIEWER", "rows": rows}
}

// became returns what became of each row, such as `INVITED` or `REFUSED INVALID_NAME lastName`.
func became(result Object) (all []string) {
	for _, row := range result.List("rows") {
		words := []string{row.Text("outcome")}
		if p := row.In("problem"); p != nil {
			words = append(words, p.Text("code"))
			if field, ok := p["field"].(string); ok {
				words = append(words, field)
			}
		}
		all = append(all, strings.Join(words, " "))
	}
	return all
}

func TestI10_EachRowHasItsOutcomeAndStopsNoOther(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		s := &stage{h: h, admin: h.User("admin@example.com", "--admin"), host: h.User("ada@example.com")}
		s.policy(Object{"blockedDomains": []string{"blocked.example"}})
		h.User("alan@example.com")
		room := h.Hall(s.host, nil)
		standing := room.Invite("standing@example.org", Object{"role": "SPEAKER"})
		revoked := room.Invite("revoked@example.org", nil)
		revoked.Do("revokeInvitation")
		before := room.Revision()
		result := s.host.Must("inviteUsers", s.many(room, 1,
			person("first@example.org", nil),
			person("no address", nil),
			person("FIRST@example.org", nil),
			person("standing@example.org", nil),
			person("someone@blocked.example", nil),
			person("ada@example.com", nil),
			person("nameless@example.org", Object{"lastName": " "}),
			person("alan@example.com", Object{"firstName": "", "lastName": "", "role": "MODERATOR"}),
			person("revoked@example.org", nil),
			person("Last Guest <last@example.org>", Object{"lastName": "", "oneName": true, "role": "SPEAKER"}),
			person("beyond@example.org", nil),
			person("standing@example.org", nil),
		), outcomes)
		Same(t, "what became of the rows", became(result), []string{
			"INVITED", "REFUSED INVALID_EMAIL email", "DUPLICATE", "STANDING", "REFUSED EMAIL_DOMAIN_BLOCKED email",
			"REFUSED ALREADY_MANAGER email", "REFUSED INVALID_NAME lastName", "INVITED", "INVITED", "INVITED",
			"REFUSED QUOTA_EXCEEDED", "DUPLICATE",
		})
		Same(t, "how many", result.Int("invited"), 4)
		rows := result.List("rows")
		Same(t, "the account's names", rows[7].Text("firstName")+" "+rows[7].Text("lastName"), "Alan Host")
		Same(t, "roles: of the call, of the row, of the one that stands", []string{
			rows[0].Text("invitation.role"), rows[7].Text("invitation.role"), rows[3].Text("invitation.role"),
		}, []string{"VIEWER", "MODERATOR", "SPEAKER"})
		Same(t, "the same invitations", []string{rows[3].Text("invitation.id"), rows[8].Text("invitation.id"), rows[2].Text("invitation.id")},
			[]string{standing.ID, revoked.ID, rows[0].Text("invitation.id")})
		Same(t, "one event for each", room.Kinds(before), []string{"InvitationCreated", "InvitationCreated", "InvitationCreated", "InvitationCreated"})
		h.Browser().Redeem(room.Ticket("first@example.org", rows[0]))
	}, "--invitations-per-session=5")
}

func TestI10_TheSameKeyInvitesOnce(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		s := &stage{h: h, admin: h.User("admin@example.com", "--admin"), host: h.User("ada@example.com")}
		room := h.Hall(s.host, Object{"startsAt": Stamp(h.Now().Add(72 * time.Hour))})
		input := s.many(room, 1, person("first@example.org", nil), person("no address", nil))
		first := s.host.Must("inviteUsers", input, outcomes)
		ticket := room.Ticket("first@example.org", first.List("rows")[0])
		after := room.Revision()

		Same(t, "the same answer", s.host.Must("inviteUsers", input, outcomes), first)
		ticket.Do("revokeInvitation")
		revoked := room.Revision()
		again := s.host.Must("inviteUsers", input, outcomes)
		Same(t, "the same outcomes", became(again), []string{"INVITED", "REFUSED INVALID_EMAIL email"})
		Same(t, "the invitation as it is now", again.List("rows")[0].Text("invitation.status"), "REVOKED")
		Same(t, "nothing was invited again", []any{room.Revision(), room.Kinds(after)}, []any{revoked, []string{"InvitationRevoked"}})
		s.host.Fails("BAD_USER_INPUT", "inviteUsers", s.many(room, 1, person("second@example.org", nil)))

		// Elsewhere and otherwise the key is another one.
		Same(t, "another manager", became(s.admin.Must("inviteUsers", s.many(room, 1, person("second@example.org", nil)), outcomes)), []string{"INVITED"})
		hers := h.Hall(s.host, nil)
		Same(t, "another room", became(s.host.Must("inviteUsers", s.many(hers, 1, person("second@example.org", nil)), outcomes)), []string{"INVITED"})
		h.Advance(24*time.Hour - time.Millisecond)
		Same(t, "within a day", became(s.host.Must("inviteUsers", input, outcomes))[0], "INVITED")
		Same(t, "it stays revoked", ticket.Status(), "REVOKED")
		h.Advance(time.Millisecond)
		s.host.Must("inviteUsers", input, outcomes)
		Same(t, "a day later", ticket.Status(), "PENDING")
	})
}

func TestI10_CallsAtOnceWithOneKeyInviteOnce(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		s := &stage{h: h, host: h.User("ada@example.com")}
		room := h.Hall(s.host, nil)
		var rows []Object
		for n := range 20 {
			rows = append(rows, person(fmt.Sprintf("guest%d@example.org", n), nil))
		}
		before := room.Revision()
		answers := make([]Object, 6)
		var all sync.WaitGroup
		for i := range answers {
			all.Go(func() { _, answers[i] = s.host.Do("inviteUsers", s.many(room, 1, rows...), outcomes) })
		}
		all.Wait()
		for _, answer := range answers {
			Same(t, "the answer", answer, answers[0])
		}
		Same(t, "how many were invited", len(room.Kinds(before)), 20)
	})
}

func TestI10_WhatConcernsTheWholeCallRefusesIt(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		s := &stage{h: h, admin: h.User("admin@example.com", "--admin"), host: h.User("ada@example.com")}
		room := h.Hall(s.host, nil)
		one := func(with Object) Object {
			input := s.many(room, 1, person("first@example.org", nil))
			for name, value := range with {
				input[name] = value
			}
			return input
		}
		before := room.Revision()
		many := func(n int) (rows []Object) {
			for i := range n {
				rows = append(rows, person(fmt.Sprintf("guest%d@example.org", i), nil))
			}
			return rows
		}
		for name, wrong := range map[string]Object{
			"a key of 21 characters": {"key": strings.Repeat("k", 21)},
			"a key with a space":     {"key": strings.Repeat("k", 21) + " "},
			"no role":                {"role": nil},
			"101 rows":               {"rows": many(101)},
		} {
			t.Run(name, func(t *testing.T) { s.host.Fails("BAD_USER_INPUT", "inviteUsers", one(wrong)) })
		}
		s.host.Refused("INVALID_TIME", "inviteUsers", one(Object{"expiresAt": Stamp(h.Now())}))
		s.host.Refused("EXPIRY_BEFORE_START", "inviteUsers", one(Object{"expiresAt": Stamp(room.Starts.Add(-time.Millisecond))}))
		s.policy(Object{"invitations": false})
		s.host.Refused("INVITATIONS_OFF", "inviteUsers", one(nil))
		s.policy(Object{"invitations": true})
		Same(t, "nothing happened", room.Revision(), before)
		Same(t, "100 rows", s.host.Must("inviteUsers", one(Object{"rows": many(100)}), "invited").Int("invited"), 100)
		room.Command("startSession")
		room.Command("endSession")
		s.host.Refused("SESSION_ENDED", "inviteUsers", one(Object{"key": key(2)}))
		Same(t, "but what was done is still answered", s.host.Must("inviteUsers", one(Object{"rows": many(100)}), "invited").Int("invited"), 100)
	})
}

func TestI6_InvitationsOfOneSessionAreListedAlone(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		room := h.Hall(h.User("ada@example.com"), nil)
		old := room.Invite("first@example.org", nil)
		room.Command("startSession")
		room.Command("endSession")
		next := room.Host.Must("scheduleSession", Object{"roomId": room.ID, "startsAt": Stamp(h.Now().Add(time.Hour))}, "session { id }").Text("session.id")
		again := room.Invite("first@example.org", nil)
		listed := func(session any) (ids []string) {
			data := room.Host.MustAsk(`query($id: ID!, $session: ID) { room(id: $id) { invitations(sessionId: $session) { totalCount nodes { id } } } }`,
				Object{"id": room.ID, "session": session})
			for _, i := range data.List("room.invitations.nodes") {
				ids = append(ids, i.Text("id"))
			}
			Same(t, "how many", data.Int("room.invitations.totalCount"), len(ids))
			return ids
		}
		Same(t, "of the first session", listed(room.Session), []string{old.ID})
		Same(t, "of the next", listed(next), []string{again.ID})
		Same(t, "of all", listed(nil), []string{again.ID, old.ID})
		another := h.Hall(room.Host, nil)
		Same(t, "of another room's", listed(another.Session), []string(nil))
	})
}
