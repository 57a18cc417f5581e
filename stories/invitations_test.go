package stories

import (
	"fmt"
	"testing"
	"time"

	. "usher/sitetest"
)

// Invitations: the order of their checks, their status, and their list.

func TestI2_TheChecksOfInvitingComeInOrder(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		stage := &stage{h: h, admin: h.User("admin@example.com", "--admin"), host: h.User("ada@example.com")}
		stage.policy(Object{"blockedDomains": []string{"blocked.example"}})
		room := h.Hall(stage.host, nil)
		room.Invite("standing@example.org", nil)

		input := room.Invitee("no address", Object{"firstName": "", "expiresAt": Stamp(h.Now())})
		then := func(name string, value any) { input[name] = value }
		next := func(code string) { t.Helper(); stage.host.Refused(code, "inviteUser", input) }

		// Everything is wrong at once, and one thing after the other is mended.
		stage.policy(Object{"invitations": false})
		room.Update(Object{"chatAndCollaboration": false})
		room.Command("startSession")
		room.Command("endSession")
		next("INVITATIONS_OFF")
		stage.policy(Object{"invitations": true})
		next("CHAT_AND_COLLABORATION_OFF")
		room.Update(Object{"chatAndCollaboration": true})
		next("SESSION_ENDED")
		room.Command("startSession")
		next("INVALID_EMAIL")
		then("email", "someone@blocked.example")
		next("INVALID_NAME")
		then("firstName", "Grace")
		next("INVALID_TIME")
		then("expiresAt", Stamp(h.Now().Add(time.Millisecond)))
		next("EXPIRY_BEFORE_START")
		then("expiresAt", nil)
		next("EMAIL_DOMAIN_BLOCKED")
		then("email", "ADA@example.com")
		next("ALREADY_MANAGER")
		then("email", "standing@example.org")
		next("ALREADY_INVITED")
		then("email", "grace@example.org")
		next("QUOTA_EXCEEDED")
	}, "--invitations-per-session=1")
}

func TestI2_TheQuotaCountsActiveInvitationsOfTheSession(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		room := h.Hall(h.User("ada@example.com"), nil)
		first := room.Invite("a@example.org", Object{"expiresAt": Stamp(room.Starts)})
		second := room.Invite("b@example.org", nil)
		full := func(email string) {
			t.Helper()
			Same(t, "what to do", room.Host.Refused("QUOTA_EXCEEDED", "inviteUser", room.Invitee(email, nil))["nextSteps"], []string{"CONTACT_ADMIN"})
		}
		full("c@example.org")
		second.Do("revokeInvitation")
		third := room.Invite("c@example.org", nil) // a revoked one does not count
		full("d@example.org")
		room.Host.Refused("QUOTA_EXCEEDED", "regenerateLink", Object{"invitationId": second.ID})
		h.Set(room.Starts.Add(time.Millisecond))
		room.Invite("d@example.org", nil) // nor does an expired one
		full("a@example.org")             // and reviving it is one too many
		third.Renewed()                   // a new link of one that stands is no more than there were
		Same(t, "their statuses", []string{first.Status(), second.Status(), third.Status()}, []string{"EXPIRED", "REVOKED", "PENDING"})
	}, "--invitations-per-session=2")
}

func TestI4_AnExpiredOrRevokedInvitationIsRevived(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		room := h.Hall(h.User("ada@example.com"), nil)
		for _, c := range []struct {
			name string
			lose func(k *Ticket)
		}{
			{"revoked", func(k *Ticket) { k.Do("revokeInvitation") }},
			{"expired", func(k *Ticket) { h.Set(MustTime(t, k.Now().Text("expiresAt")).Add(time.Millisecond)) }},
		} {
			t.Run(c.name, func(t *testing.T) {
				expires := Stamp(h.Now().Add(time.Hour))
				old := room.Invite(c.name+"@example.org", Object{"expiresAt": expires})
				c.lose(old)
				Same(t, "it has no link", old.Now()["link"], nil)
				before := room.Revision()
				made := room.Host.Must("inviteUser", room.Invitee(c.name+"@EXAMPLE.org", Object{"firstName": "Anew", "role": "MODERATOR"}),
					"invitation { id link status role firstName email expiresAt openedAt revokedAt }")
				got := made.In("invitation")
				Same(t, "the same invitation, made again",
					[]any{got["id"], got["status"], got["role"], got["firstName"], got["email"], got["expiresAt"], got["revokedAt"]},
					[]any{old.ID, "PENDING", "MODERATOR", "Anew", c.name + "@EXAMPLE.org", nil, nil})
				Same(t, "what happened", room.Kinds(before), []string{"InvitationCreated"})
				h.Browser().Refused("LINK_REPLACED", "redeemInvitation", old.Own())
				h.Browser().Redeem(room.Ticket(old.Email, made))
			})
			t.Run(c.name+", by a new link", func(t *testing.T) {
				old := room.Invite("again-"+c.name+"@example.org", Object{"expiresAt": Stamp(h.Now().Add(time.Hour))})
				c.lose(old)
				renewed := old.Renewed()
				Same(t, "the invitation", []string{renewed.ID, renewed.Status()}, []string{old.ID, "PENDING"})
				h.Browser().Redeem(renewed)
			})
		}
		t.Run("until the session ends", func(t *testing.T) {
			old := room.Invite("late@example.org", nil)
			old.Do("revokeInvitation")
			room.Command("startSession")
			room.Command("endSession")
			room.Host.Refused("SESSION_ENDED", "regenerateLink", Object{"invitationId": old.ID})
		})
	})
}

func TestI6_InvitationsAreListedByStatusNameAndPage(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		room := h.Hall(h.User("ada@example.com"), nil)
		invite := func(email, first, last string, with Object) *Ticket {
			input := Object{"firstName": first, "lastName": last}
			for name, value := range with {
				input[name] = value
			}
			h.Advance(time.Millisecond)
			return room.Invite(email, input)
		}
		invite("pending@example.org", "Zoë", "Ångström", nil)
		opened := invite("opened@example.org", "Grace", "Hopper", nil)
		redeemed := invite("Redeemed.Person@example.org", "Alan", "Turing", nil)
		expired := invite("expired@example.net", "Ada", "King", Object{"expiresAt": Stamp(room.Starts)})
		revoked := invite("revoked@example.org", "Emmy", "Noether", nil)
		h.Browser().Look(opened.Token)
		h.WaitUntil("the look was noted", func() bool { return opened.Status() == "OPENED" })
		h.Browser().Redeem(redeemed)
		revoked.Do("revokeInvitation")
		h.Set(room.Starts.Add(time.Millisecond))
		Same(t, "the expired one's", []any{expired.Status(), expired.Now()["link"]}, []any{"EXPIRED", nil})

		list := func(with Object) Object {
			with["id"] = room.ID
			return room.Host.MustAsk(`query($id: ID!, $first: Int, $after: Cursor, $status: [InvitationStatus!], $search: String) {
			room(id: $id) { invitations(first: $first, after: $after, status: $status, search: $search) {
				totalCount pageInfo { hasNextPage endCursor } edges { cursor node { status } } nodes { email status } } } }`, with).In("room.invitations")
		}
		statuses := func(with Object) []string { return list(with).Texts("nodes", "status") }
		Same(t, "all, newest first", statuses(Object{}), []string{"REVOKED", "EXPIRED", "REDEEMED", "OPENED", "PENDING"})
		for _, status := range []string{"PENDING", "OPENED", "REDEEMED", "EXPIRED", "REVOKED"} {
			Same(t, "those of one status", statuses(Object{"status": []string{status}}), []string{status})
		}
		Same(t, "of two", statuses(Object{"status": []string{"PENDING", "REVOKED"}}), []string{"REVOKED", "PENDING"})
		Same(t, "of none", statuses(Object{"status": []string{}}), []string{})
		Same(t, "closed ones", statuses(Object{"status": []string{"CLOSED"}}), []string{})
		for search, want := range map[string][]string{
			"hopper": {"OPENED"}, "GRACE hop": {"OPENED"}, "example.net": {"EXPIRED"}, "redeemed.person": {"REDEEMED"}, "Redeemed.Person@": {"REDEEMED"},
			"Zoë": {"PENDING"}, "ångström": {"PENDING"}, "ÅNGSTRÖM": {"PENDING"}, "Ångström": {"PENDING"}, "nobody": {}, "%": {}, "_": {}, " ": {"REVOKED", "EXPIRED", "REDEEMED", "OPENED", "PENDING"},
		} {
			Same(t, "searched for "+search, statuses(Object{"search": search}), want)
		}
		Same(t, "searched and of a status", list(Object{"search": "example.org", "status": []string{"REVOKED"}}).Int("totalCount"), 1)

		var seen []string
		var after any
		for {
			page := list(Object{"first": 2, "after": after})
			seen = append(seen, page.Texts("nodes", "status")...)
			Same(t, "the count", page.Int("totalCount") >= 5, true)
			if after = page.At("pageInfo.endCursor"); page.At("pageInfo.hasNextPage") == false {
				break
			}
			invite(fmt.Sprintf("new%d@example.org", len(seen)), "New", "Comer", nil)
		}
		Same(t, "page by page while others are invited", seen, []string{"REVOKED", "EXPIRED", "REDEEMED", "OPENED", "PENDING"})

		room.Command("startSession")
		room.Command("endSession")
		Same(t, "when the session has ended", len(statuses(Object{"status": []string{"CLOSED"}})), list(Object{}).Int("totalCount"))
		Same(t, "revoked ones are closed as well", revoked.Status(), "CLOSED")
	})
}
