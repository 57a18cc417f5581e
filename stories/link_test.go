package stories

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	. "usher/sitetest"
)

// A manager invites somebody without an account; the invitee opens the link, redeems it, and is there.

func TestAStrangerIsInvitedAndRedeemsTheLink(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		h.Account("Ada.Lovelace@example.com")
		ada := h.Browser()
		me := ada.Must("signIn", Object{"email": "ada.lovelace@EXAMPLE.com", "password": Password}, "me { user { email name siteRole } } accessToken")
		Same(t, "who signed in", me.In("me.user"), Object{"email": "Ada.Lovelace@example.com", "name": "Ada Lovelace", "siteRole": "MEMBER"})
		Same(t, "the token of a browser, which has a cookie", me["accessToken"], nil)

		room := h.Hall(ada, nil)
		made := ada.Must("inviteUser", room.Invitee("Grace.Hopper@example.org", Object{"firstName": " Grace ", "role": "SPEAKER"}),
			"invitation { id link status role email firstName user { id } invitedBy { name email } expiresAt }")
		invitation := made.In("invitation")
		Same(t, "the invitation", []any{invitation["status"], invitation["role"], invitation["email"], invitation["firstName"]},
			[]string{"PENDING", "SPEAKER", "Grace.Hopper@example.org", "Grace"})
		Same(t, "its expiry, account and host", []any{invitation["expiresAt"], invitation["user"], invitation.Text("invitedBy.name")}, []any{nil, nil, "Ada Lovelace"})
		ticket := room.Ticket("grace.hopper@example.org", made)
		if !strings.HasPrefix(ticket.Link, h.URL+"/join#u1_") {
			t.Errorf("the link is %s", ticket.Link)
		}

		grace := h.Browser()
		look := grace.Look(ticket.Token)
		Same(t, "the look", []any{look["problem"], look["participant"], look["roomTitle"], look["invitedBy"], look["role"], look.Text("session.state")},
			[]any{nil, nil, "Town hall", "Ada Lovelace", "SPEAKER", "SCHEDULED"})
		Same(t, "the server's time", look["serverTime"], Stamp(h.Now()))

		got := grace.Must("redeemInvitation", Object{"token": ticket.Token, "email": "GRACE.hopper@Example.ORG."},
			"participant { displayName state role guest room { title } session { id } invitation { id } user { id } } accessToken")
		place := got.In("participant")
		Same(t, "the place", []any{place["displayName"], place["state"], place["role"], place["guest"], place.Text("room.title")},
			[]any{"Grace Guest", "COUNTDOWN", "SPEAKER", true, "Town hall"})
		Same(t, "what only managers see", []any{place["invitation"], place["user"], got["accessToken"]}, []any{nil, nil, nil})
		Same(t, "her own places", grace.MustAsk(`{ me { user { id } participants { displayName } } }`, nil).In("me"),
			Object{"participants": []any{map[string]any{"displayName": "Grace Guest"}}, "user": nil})

		now := ticket.Now()
		Same(t, "what the manager sees", []any{now["status"], now["redeemedAt"], now.Text("participant.state")}, []any{"REDEEMED", Stamp(h.Now()), "COUNTDOWN"})
	})
}

func TestI4_WhoIsInvitedAlreadyIsNotInvitedTwice(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		room := h.Hall(h.User("ada@example.com"), nil)
		ticket := room.Invite("grace@example.org", nil)
		refused := room.Host.Refused("ALREADY_INVITED", "inviteUser", room.Invitee("GRACE@EXAMPLE.ORG", nil))
		Same(t, "the one that stands", refused.Text("standingInvitation.id"), ticket.ID)
		Same(t, "what to do", refused["nextSteps"], []string{"CHANGE_ROLE", "COPY_LINK", "REGENERATE_LINK"})
		Same(t, "the link that is copied again (I7)", ticket.Now()["link"], ticket.Link)
	})
}

func TestL1_LookingAtALinkRedeemsNothingAndNamesNoEmail(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		room := h.Hall(h.User("ada@example.com"), nil)
		ticket := room.Invite("surprising.person@example.org", nil)
		for range 3 {
			visitor := h.Browser()
			r := visitor.Ask(`query($token: String!) { invitationLink(token: $token) { `+LookFields+` } }`, Object{"token": ticket.Token})
			for _, secret := range []string{"surprising", "person", "example.org", "ada@", "Grace", ticket.ID} {
				if strings.Contains(strings.ToLower(r.Raw), strings.ToLower(secret)) {
					t.Errorf("the look tells %q: %s", secret, r.Raw)
				}
			}
		}
		h.WaitUntil("the look was noted", func() bool { return ticket.Status() == "OPENED" })
		opened := ticket.Now()["openedAt"]
		h.Advance(time.Minute)
		if answer, _ := MustDo(t, "GET", h.URL+"/graphql?query="+url.QueryEscape(`{invitationLink(token:"`+ticket.Token+`"){roomTitle}}`)); len(answer.Cookies()) != 0 {
			t.Errorf("a GET set %v", answer.Cookies())
		}
		for _, method := range []string{"GET", "HEAD"} {
			if answer, _ := MustDo(t, method, h.URL+"/join"); len(answer.Cookies()) != 0 || answer.Header.Get("Cache-Control") != "no-store" {
				t.Errorf("%s of the page answers %v", method, answer.Header)
			}
		}
		now := ticket.Now()
		Same(t, "it is opened once, and not redeemed", []any{now["status"], now["openedAt"], now["redeemedAt"]}, []any{"OPENED", opened, nil})
		Same(t, "what happened", room.Kinds(0), []string{"SessionScheduled", "InvitationCreated", "InvitationOpened"})
	})
}

func TestA5_ASecretIsNotTakenByGET(t *testing.T) {
	t.Parallel()
	h := StartHouse(t)
	ticket := h.Hall(h.User("ada@example.com"), nil).Invite("grace@example.org", nil)
	get := func(query string, variables string) (int, string, string) {
		answer, body := MustDo(t, "GET", h.URL+"/graphql?"+url.Values{"query": {query}, "variables": {variables}}.Encode())
		return answer.StatusCode, answer.Header.Get("Allow"), body
	}
	literal := `invitationLink(token: "` + ticket.Token + `") { roomTitle }`
	const want = `{"errors":[{"message":"the argument token of invitationLink is a secret, and addresses end up in logs and histories; ` +
		`use POST","extensions":{"code":"BAD_USER_INPUT"}}]}`
	for _, c := range []struct{ name, query, variables string }{
		{"in the document", `{ ` + literal + ` }`, ""},
		{"in a variable", `query($t: String!) { serverTime invitationLink(token: $t) { roomTitle } }`, `{"t":"` + ticket.Token + `"}`},
		{"under another name", `{ link: ` + literal + ` }`, ""},
		{"in a fragment", `{ serverTime ...f } fragment f on Query { ... on Query { ` + literal + ` } }`, ""},
	} {
		status, allow, body := get(c.query, c.variables)
		Same(t, c.name, []any{status, allow, strings.TrimSpace(body)}, []any{405, "POST", want})
	}
	other, err := url.Parse(h.URL + "/graphql?operationName=A&query=" + url.QueryEscape(`query A { serverTime } query B { `+literal+` }`))
	if err != nil {
		t.Fatal(err)
	}
	answer, _ := MustDo(t, "GET", other.String())
	Same(t, "in an operation beside the one that is asked", answer.StatusCode, 405)
	status, _, _ := get(`{ serverTime }`, "")
	Same(t, "a query without one", status, 200)
	Same(t, "the link", ticket.Status(), "PENDING")
	Same(t, "by POST", h.Browser().Look(ticket.Token).Text("roomTitle"), "Town hall")
}

func TestADeviceIsKnownByACookieThatTheFirstLookSets(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, cookie string
		args         []string
		secure       bool
	}{
		{"on a machine of one's own", "usher_device", nil, false},
		{"on a site of the network", "__Host-usher_device", []string{"--public-url=https://usher.example"}, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			OnEach(t, func(t *testing.T, h *House) {
				room := h.Hall(h.User("ada@example.com"), nil)
				ticket := room.Invite("grace@example.org", nil)
				visitor := h.Browser()
				var set []*http.Cookie
				for range 2 {
					r := visitor.Ask(`query($token: String!) { invitationLink(token: $token) { roomTitle } }`, Object{"token": ticket.Token})
					set = append(set, (&http.Response{Header: r.Header}).Cookies()...)
				}
				if c.secure { // the jar keeps no Secure cookie over plain http, so that each look sets one
					set = set[:1]
				}
				if len(set) != 1 {
					t.Fatalf("the looks set %v", set)
				}
				got := set[0]
				if got.Name != c.cookie || !got.HttpOnly || got.SameSite != http.SameSiteStrictMode || got.Secure != c.secure || got.Path != "/" ||
					got.Domain != "" || got.MaxAge != 400*24*60*60 || !strings.HasPrefix(got.Value, "usher_d_") {
					t.Errorf("the cookie is %v", got)
				}
			}, c.args...)
		})
	}
}

func TestASignInIsACookieThatScriptsCannotRead(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		h.Account("ada@example.com")
		ada := h.Browser()
		r, _ := ada.Do("signIn", Object{"email": "ada@example.com", "password": Password}, "")
		set := (&http.Response{Header: r.Header}).Cookies()
		if len(set) != 1 || set[0].Name != "usher_sign_in" || !set[0].HttpOnly || set[0].SameSite != http.SameSiteStrictMode || set[0].MaxAge != 7*24*60*60 {
			t.Errorf("signing in set %v", set)
		}
		if strings.Contains(r.Raw, set[0].Value) {
			t.Error("the answer holds the cookie's secret")
		}
		bearer := h.Browser()
		got := bearer.Must("signIn", Object{"email": "ada@example.com", "password": Password, "credential": "BEARER"}, "accessToken accessTokenExpiresAt")
		Same(t, "until when it lasts", got["accessTokenExpiresAt"], Stamp(h.Now().Add(7*24*time.Hour)))
		Same(t, "who it stands for", h.Bearer(got.Text("accessToken")).MustAsk(`{ me { user { email } } }`, nil).Text("me.user.email"), "ada@example.com")
		Same(t, "the cookie of a client that asked for a token", bearer.Cookie("usher_sign_in"), "")

		ada.Must("signOut", nil, "me { user { id } }")
		Same(t, "who is signed in after signing out", ada.MustAsk(`{ me { user { id } } }`, nil).At("me.user"), nil)
		ada.Refused("INVALID_CREDENTIALS", "signIn", Object{"email": "ada@example.com", "password": Password + "!"})
		ada.Refused("INVALID_CREDENTIALS", "signIn", Object{"email": "nobody@example.com", "password": Password})
	})
}

func TestA6_AGuestsTokenEndsHalfAnHourAfterTheSessionWheneverThatIs(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		room := h.Hall(h.User("ada@example.com"), nil)
		with := room.Invite("grace@example.org", nil).Own()
		with["credential"], with["attemptKey"] = "BEARER", strings.Repeat("k", 22)
		got := h.Bearer("").Must("redeemInvitation", with, "accessToken accessTokenExpiresAt")
		Same(t, "until when it is said to last", got["accessTokenExpiresAt"], nil)
		grace := h.Bearer(got.Text("accessToken"))
		room.Command("startSession")
		h.Advance(48 * time.Hour) // long after the planned end
		room.Command("endSession")
		h.Advance(30*time.Minute - time.Millisecond)
		Same(t, "29 minutes after the end", grace.Ask(`{ me { participants { id } } }`, nil).Code(), "")
		h.Advance(time.Millisecond)
		Same(t, "half an hour after it", grace.Ask(`{ me { participants { id } } }`, nil).Code(), "UNAUTHENTICATED")
	})
}

func TestA6_ASignInEndsUnusedAfter8HoursAndAfter7DaysInAnyCase(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		h.Account("ada@example.com")
		ada := h.Browser()
		signedIn := func() bool { return ada.MustAsk(`{ me { user { id } } }`, nil).At("me.user") != nil }
		ada.Must("signIn", Object{"email": "ada@example.com", "password": Password}, "")
		h.Advance(8*time.Hour - time.Millisecond)
		Same(t, "a sign-in unused for 8 h less 1 ms works", signedIn(), true)
		h.Advance(8 * time.Hour)
		Same(t, "a sign-in unused for 8 h works", signedIn(), false)

		ada.Must("signIn", Object{"email": "ada@example.com", "password": Password}, "")
		began := h.Now()
		for h.Now().Before(began.Add(7*24*time.Hour - 8*time.Hour)) {
			h.Advance(7 * time.Hour)
			Same(t, "a sign-in that is used works", signedIn(), true)
		}
		h.Set(began.Add(7*24*time.Hour - time.Millisecond))
		Same(t, "a sign-in of 7 days less 1 ms works", signedIn(), true)
		h.Set(began.Add(7 * 24 * time.Hour))
		Same(t, "a sign-in of 7 days works", signedIn(), false)
	})
}

func TestL3_TheDeviceThatRedeemedComesBackAsOftenAsItLikes(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		room := h.Hall(h.User("ada@example.com"), nil)
		t.Run("a browser by its cookie", func(t *testing.T) {
			ticket := room.Invite("grace@example.org", nil)
			grace := h.Browser()
			first, before := grace.Redeem(ticket), room.Revision()
			for range 3 {
				Same(t, "the participant", grace.Redeem(ticket), first)
				// Neither the right email is asked for again nor a wrong one counted.
				Same(t, "with a wrong email", grace.Must("redeemInvitation", ticket.With("wrong@example.org"), "participant { id }").Text("participant.id"), first)
				Same(t, "without an email", grace.Must("redeemInvitation", Object{"token": ticket.Token}, "participant { id }").Text("participant.id"), first)
			}
			Same(t, "the look goes on", grace.Look(ticket.Token).Text("participant.id"), first)
			Same(t, "events of coming back", room.Kinds(before), []string{})
		})
		t.Run("a program by its attemptKey", func(t *testing.T) {
			ticket := room.Invite("alan@example.org", nil)
			with := ticket.Own()
			with["credential"], with["attemptKey"] = "BEARER", "0123456789abcdefghijkl"
			tokens := map[string]bool{}
			var first string
			for range 3 {
				got := h.Bearer("").Must("redeemInvitation", with, "participant { id } accessToken")
				if first == "" {
					first = got.Text("participant.id")
				}
				Same(t, "the participant", got.Text("participant.id"), first)
				tokens[got.Text("accessToken")] = true
			}
			Same(t, "fresh credentials", len(tokens), 3)
			for token := range tokens {
				guest := h.Bearer(token)
				Same(t, "each works", guest.MustAsk(`query($id: ID!) { room(id: $id) { myParticipant { id } } }`, Object{"id": room.ID}).
					Text("room.myParticipant.id"), first)
				Same(t, "the look with it goes on", guest.Look(ticket.Token).Text("participant.id"), first)
			}
			for _, bad := range []Object{{"attemptKey": nil}, {"attemptKey": "short"}, {"attemptKey": strings.Repeat("k", 65)}, {"credential": "COOKIE"}} {
				for name, value := range with {
					if _, given := bad[name]; !given {
						bad[name] = value
					}
				}
				h.Bearer("").Fails("BAD_USER_INPUT", "redeemInvitation", bad)
			}
		})
	})
}

func TestL2_4_ASecondDeviceIsRefusedUntilTheFirstIsReleased(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		room := h.Hall(h.User("ada@example.com"), nil)
		ticket := room.Invite("grace@example.org", nil)
		phone, laptop := h.Browser(), h.Browser()
		participant := phone.Redeem(ticket)
		Same(t, "what to do", laptop.Refused("USED_ON_OTHER_DEVICE", "redeemInvitation", ticket.Own())["nextSteps"], []string{"ASK_HOST"})
		Same(t, "the look", laptop.Look(ticket.Token).Text("problem.code"), "USED_ON_OTHER_DEVICE")
		laptop.Refused("USED_ON_OTHER_DEVICE", "redeemInvitation", ticket.With("wrong@example.org")) // 4 comes before 5

		h.WaitUntil("the look was noted", func() bool { return ticket.Now()["openedAt"] != nil })
		before := room.Revision()
		ticket.Do("releaseDevice")
		Same(t, "what happened", room.Kinds(before), []string{"DeviceReleased", "ParticipantChanged"})
		Same(t, "the old device's places", phone.MustAsk(`{ me { participants { id } } }`, nil).List("me.participants"), []string{})
		Same(t, "the same participant", laptop.Redeem(ticket), participant)
		phone.Refused("USED_ON_OTHER_DEVICE", "redeemInvitation", ticket.Own())
		Same(t, "what is in the log of it", room.Kinds(before)[2:], []string{"InvitationRedeemed"})
	})
}

func TestL9_BlanksAndLineBreaksThatWerePastedAreIgnored(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		room := h.Hall(h.User("ada@example.com"), nil)
		ticket := room.Invite("grace@example.org", nil)
		grace := h.Browser()
		for _, pasted := range []string{
			" " + ticket.Token + "\n", ticket.Token[:30] + "\r\n  " + ticket.Token[30:], ticket.Link, ticket.Link[:50] + "\n" + ticket.Link[50:],
		} {
			Same(t, "the look at what was pasted", grace.Look(pasted).Text("roomTitle"), "Town hall")
			grace.Must("redeemInvitation", Object{"token": pasted, "email": " grace@example.org\t"}, "")
		}
	})
}

func TestLinksAndSecretsNeverReachTheLog(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		h.Account("ada@example.com")
		ada := h.Browser()
		ada.Must("signIn", Object{"email": "ada@example.com", "password": Password}, "")
		room := h.Hall(ada, nil)
		ticket := room.Invite("canary.grace@example.org", nil)
		grace := h.Browser()
		grace.Look(ticket.Token)
		grace.Ask(`query { invitationLink(token: "`+ticket.Token+`") { roomTitle nonsense } }`, nil)
		grace.Ask(`query { invitationLink(token: "`+ticket.Token+`" `, nil)
		grace.Refused("EMAIL_MISMATCH", "redeemInvitation", ticket.With("canary.wrong@example.org"))
		MustDo(t, "GET", h.URL+"/graphql?query="+url.QueryEscape(`{invitationLink(token:"`+ticket.Token+`"){roomTitle}}`))
		MustDo(t, "GET", h.URL+"/join?token="+ticket.Token)
		MustDo(t, "GET", h.URL+"/join/"+ticket.Token)
		got := h.Bearer("").Must("redeemInvitation", Object{
			"token": ticket.Token, "email": ticket.Email, "credential": "BEARER", "attemptKey": "canary-0123456789abcdef",
		}, "accessToken")
		secrets := []string{ticket.Token[3:], "canary", Password, got.Text("accessToken"), ada.Cookie("usher_sign_in"), grace.Cookie("usher_device")}
		h.Stop()
		log := h.Log.String()
		if strings.Count(log, "/graphql") < 8 {
			t.Fatalf("the log is\n%s", log)
		}
		for _, secret := range secrets {
			if secret == "" || strings.Contains(log, secret) {
				t.Errorf("%q is in the log", secret)
			}
		}
	})
}
