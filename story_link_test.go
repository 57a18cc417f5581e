package main

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"
)

// A manager invites somebody without an account; the invitee opens the link, redeems it, and is there.

func TestAStrangerIsInvitedAndRedeemsTheLink(t *testing.T) {
	onEach(t, func(t *testing.T, h *house) {
		h.Account("Ada.Lovelace@example.com")
		ada := h.Browser()
		me := ada.Must("signIn", object{"email": "ada.lovelace@EXAMPLE.com", "password": password}, "me { user { email name siteRole } } accessToken")
		same(t, "who signed in", me.In("me.user"), object{"email": "Ada.Lovelace@example.com", "name": "Ada Lovelace", "siteRole": "MEMBER"})
		same(t, "the token of a browser, which has a cookie", me["accessToken"], nil)

		room := h.Hall(ada, nil)
		made := ada.Must("inviteUser", room.invitee("Grace.Hopper@example.org", object{"firstName": " Grace ", "role": "SPEAKER"}),
			"invitation { id link status role email firstName user { id } invitedBy { name email } expiresAt }")
		invitation := made.In("invitation")
		same(t, "the invitation", []any{invitation["status"], invitation["role"], invitation["email"], invitation["firstName"]},
			"[PENDING SPEAKER Grace.Hopper@example.org Grace]")
		same(t, "its expiry, account and host", []any{invitation["expiresAt"], invitation["user"], invitation.Text("invitedBy.name")}, "[<nil> <nil> Ada Lovelace]")
		ticket := room.ticket("grace.hopper@example.org", made)
		if !strings.HasPrefix(ticket.link, h.url+"/join#u1_") {
			t.Errorf("the link is %s", ticket.link)
		}

		grace := h.Browser()
		look := grace.Look(ticket.token)
		same(t, "the look", []any{look["problem"], look["participant"], look["roomTitle"], look["invitedBy"], look["role"], look.Text("session.state")},
			"[<nil> <nil> Town hall Ada Lovelace SPEAKER SCHEDULED]")
		same(t, "the server's time", look["serverTime"], stamp(h.Now()))

		got := grace.Must("redeemInvitation", object{"token": ticket.token, "email": "GRACE.hopper@Example.ORG."},
			"participant { displayName state role guest room { title } session { id } invitation { id } user { id } } accessToken")
		place := got.In("participant")
		same(t, "the place", []any{place["displayName"], place["state"], place["role"], place["guest"], place.Text("room.title")},
			"[Grace Guest COUNTDOWN SPEAKER true Town hall]")
		same(t, "what only managers see", []any{place["invitation"], place["user"], got["accessToken"]}, "[<nil> <nil> <nil>]")
		same(t, "her own places", grace.MustAsk(`{ me { user { id } participants { displayName } } }`, nil).In("me"),
			object{"participants": []any{map[string]any{"displayName": "Grace Guest"}}, "user": nil})

		now := ticket.Now()
		same(t, "what the manager sees", []any{now["status"], now["redeemedAt"], now.Text("participant.state")}, []any{"REDEEMED", stamp(h.Now()), "COUNTDOWN"})
	})
}

func TestI4_WhoIsInvitedAlreadyIsNotInvitedTwice(t *testing.T) {
	onEach(t, func(t *testing.T, h *house) {
		room := h.Hall(h.User("ada@example.com"), nil)
		ticket := room.Invite("grace@example.org", nil)
		refused := room.host.Refused("ALREADY_INVITED", "inviteUser", room.invitee("GRACE@EXAMPLE.ORG", nil))
		same(t, "the one that stands", refused.Text("standingInvitation.id"), ticket.id)
		same(t, "what to do", refused["nextSteps"], "[CHANGE_ROLE COPY_LINK REGENERATE_LINK]")
		same(t, "the link that is copied again (I7)", ticket.Now()["link"], ticket.link)
	})
}

func TestL1_LookingAtALinkRedeemsNothingAndNamesNoEmail(t *testing.T) {
	onEach(t, func(t *testing.T, h *house) {
		room := h.Hall(h.User("ada@example.com"), nil)
		ticket := room.Invite("surprising.person@example.org", nil)
		for range 3 {
			visitor := h.Browser()
			r := visitor.Ask(`query($token: String!) { invitationLink(token: $token) { `+lookFields+` } }`, object{"token": ticket.token})
			for _, secret := range []string{"surprising", "person", "example.org", "ada@", "Grace", ticket.id} {
				if strings.Contains(strings.ToLower(r.raw), strings.ToLower(secret)) {
					t.Errorf("the look tells %q: %s", secret, r.raw)
				}
			}
		}
		h.WaitUntil("the look was noted", func() bool { return ticket.Status() == "OPENED" })
		opened := ticket.Now()["openedAt"]
		h.Advance(time.Minute)
		if answer, _ := mustDo(t, "GET", h.url+"/graphql?query="+url.QueryEscape(`{invitationLink(token:"`+ticket.token+`"){roomTitle}}`)); len(answer.Cookies()) != 0 {
			t.Errorf("a GET set %v", answer.Cookies())
		}
		for _, method := range []string{"GET", "HEAD"} {
			if answer, _ := mustDo(t, method, h.url+"/join"); len(answer.Cookies()) != 0 || answer.Header.Get("Cache-Control") != "no-store" {
				t.Errorf("%s of the page answers %v", method, answer.Header)
			}
		}
		now := ticket.Now()
		same(t, "it is opened once, and not redeemed", []any{now["status"], now["openedAt"], now["redeemedAt"]}, []any{"OPENED", opened, nil})
		same(t, "what happened", room.Kinds(0), "[SessionScheduled InvitationCreated InvitationOpened]")
	})
}

func TestA5_ASecretIsNotTakenByGET(t *testing.T) {
	t.Parallel()
	h := startHouse(t)
	ticket := h.Hall(h.User("ada@example.com"), nil).Invite("grace@example.org", nil)
	get := func(query string, variables string) (int, string, string) {
		answer, body := mustDo(t, "GET", h.url+"/graphql?"+url.Values{"query": {query}, "variables": {variables}}.Encode())
		return answer.StatusCode, answer.Header.Get("Allow"), body
	}
	literal := `invitationLink(token: "` + ticket.token + `") { roomTitle }`
	const want = `{"errors":[{"message":"the argument token of invitationLink is a secret, and addresses end up in logs and histories; ` +
		`use POST","extensions":{"code":"BAD_USER_INPUT"}}]}`
	for _, c := range []struct{ name, query, variables string }{
		{"in the document", `{ ` + literal + ` }`, ""},
		{"in a variable", `query($t: String!) { serverTime invitationLink(token: $t) { roomTitle } }`, `{"t":"` + ticket.token + `"}`},
		{"under another name", `{ link: ` + literal + ` }`, ""},
		{"in a fragment", `{ serverTime ...f } fragment f on Query { ... on Query { ` + literal + ` } }`, ""},
	} {
		status, allow, body := get(c.query, c.variables)
		same(t, c.name, []any{status, allow, strings.TrimSpace(body)}, []any{405, "POST", want})
	}
	other, err := url.Parse(h.url + "/graphql?operationName=A&query=" + url.QueryEscape(`query A { serverTime } query B { `+literal+` }`))
	if err != nil {
		t.Fatal(err)
	}
	answer, _ := mustDo(t, "GET", other.String())
	same(t, "in an operation beside the one that is asked", answer.StatusCode, 405)
	status, _, _ := get(`{ serverTime }`, "")
	same(t, "a query without one", status, 200)
	same(t, "the link", ticket.Status(), "PENDING")
	same(t, "by POST", h.Browser().Look(ticket.token).Text("roomTitle"), "Town hall")
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
			onEach(t, func(t *testing.T, h *house) {
				room := h.Hall(h.User("ada@example.com"), nil)
				ticket := room.Invite("grace@example.org", nil)
				visitor := h.Browser()
				var set []*http.Cookie
				for range 2 {
					r := visitor.Ask(`query($token: String!) { invitationLink(token: $token) { roomTitle } }`, object{"token": ticket.token})
					set = append(set, (&http.Response{Header: r.header}).Cookies()...)
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
	onEach(t, func(t *testing.T, h *house) {
		h.Account("ada@example.com")
		ada := h.Browser()
		r, _ := ada.Do("signIn", object{"email": "ada@example.com", "password": password}, "")
		set := (&http.Response{Header: r.header}).Cookies()
		if len(set) != 1 || set[0].Name != "usher_sign_in" || !set[0].HttpOnly || set[0].SameSite != http.SameSiteStrictMode || set[0].MaxAge != 7*24*60*60 {
			t.Errorf("signing in set %v", set)
		}
		if strings.Contains(r.raw, set[0].Value) {
			t.Error("the answer holds the cookie's secret")
		}
		bearer := h.Browser()
		got := bearer.Must("signIn", object{"email": "ada@example.com", "password": password, "credential": "BEARER"}, "accessToken accessTokenExpiresAt")
		same(t, "until when it lasts", got["accessTokenExpiresAt"], stamp(h.Now().Add(7*24*time.Hour)))
		same(t, "who it stands for", h.Bearer(got.Text("accessToken")).MustAsk(`{ me { user { email } } }`, nil).Text("me.user.email"), "ada@example.com")
		same(t, "the cookie of a client that asked for a token", bearer.Cookie("usher_sign_in"), "")

		ada.Must("signOut", nil, "me { user { id } }")
		same(t, "who is signed in after signing out", ada.MustAsk(`{ me { user { id } } }`, nil).At("me.user"), nil)
		ada.Refused("INVALID_CREDENTIALS", "signIn", object{"email": "ada@example.com", "password": password + "!"})
		ada.Refused("INVALID_CREDENTIALS", "signIn", object{"email": "nobody@example.com", "password": password})
	})
}

func TestA6_AGuestsTokenEndsHalfAnHourAfterTheSessionWheneverThatIs(t *testing.T) {
	onEach(t, func(t *testing.T, h *house) {
		room := h.Hall(h.User("ada@example.com"), nil)
		with := room.Invite("grace@example.org", nil).Own()
		with["credential"], with["attemptKey"] = "BEARER", strings.Repeat("k", 22)
		got := h.Bearer("").Must("redeemInvitation", with, "accessToken accessTokenExpiresAt")
		same(t, "until when it is said to last", got["accessTokenExpiresAt"], nil)
		grace := h.Bearer(got.Text("accessToken"))
		room.Command("startSession")
		h.Advance(48 * time.Hour) // long after the planned end
		room.Command("endSession")
		h.Advance(30*time.Minute - time.Millisecond)
		same(t, "29 minutes after the end", grace.Ask(`{ me { participants { id } } }`, nil).Code(), "")
		h.Advance(time.Millisecond)
		same(t, "half an hour after it", grace.Ask(`{ me { participants { id } } }`, nil).Code(), "UNAUTHENTICATED")
	})
}

func TestA6_ASignInEndsUnusedAfter8HoursAndAfter7DaysInAnyCase(t *testing.T) {
	onEach(t, func(t *testing.T, h *house) {
		h.Account("ada@example.com")
		ada := h.Browser()
		signedIn := func() bool { return ada.MustAsk(`{ me { user { id } } }`, nil).At("me.user") != nil }
		ada.Must("signIn", object{"email": "ada@example.com", "password": password}, "")
		h.Advance(8*time.Hour - time.Millisecond)
		same(t, "a sign-in unused for 8 h less 1 ms works", signedIn(), true)
		h.Advance(8 * time.Hour)
		same(t, "a sign-in unused for 8 h works", signedIn(), false)

		ada.Must("signIn", object{"email": "ada@example.com", "password": password}, "")
		began := h.Now()
		for h.Now().Before(began.Add(7*24*time.Hour - 8*time.Hour)) {
			h.Advance(7 * time.Hour)
			same(t, "a sign-in that is used works", signedIn(), true)
		}
		h.Set(began.Add(7*24*time.Hour - time.Millisecond))
		same(t, "a sign-in of 7 days less 1 ms works", signedIn(), true)
		h.Set(began.Add(7 * 24 * time.Hour))
		same(t, "a sign-in of 7 days works", signedIn(), false)
	})
}

func TestL3_TheDeviceThatRedeemedComesBackAsOftenAsItLikes(t *testing.T) {
	onEach(t, func(t *testing.T, h *house) {
		room := h.Hall(h.User("ada@example.com"), nil)
		t.Run("a browser by its cookie", func(t *testing.T) {
			ticket := room.Invite("grace@example.org", nil)
			grace := h.Browser()
			first, before := grace.Redeem(ticket), room.Revision()
			for range 3 {
				same(t, "the participant", grace.Redeem(ticket), first)
				// Neither the right email is asked for again nor a wrong one counted.
				same(t, "with a wrong email", grace.Must("redeemInvitation", ticket.With("wrong@example.org"), "participant { id }").Text("participant.id"), first)
				same(t, "without an email", grace.Must("redeemInvitation", object{"token": ticket.token}, "participant { id }").Text("participant.id"), first)
			}
			same(t, "the look goes on", grace.Look(ticket.token).Text("participant.id"), first)
			same(t, "events of coming back", room.Kinds(before), "[]")
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
				same(t, "the participant", got.Text("participant.id"), first)
				tokens[got.Text("accessToken")] = true
			}
			same(t, "fresh credentials", len(tokens), 3)
			for token := range tokens {
				guest := h.Bearer(token)
				same(t, "each works", guest.MustAsk(`query($id: ID!) { room(id: $id) { myParticipant { id } } }`, object{"id": room.id}).
					Text("room.myParticipant.id"), first)
				same(t, "the look with it goes on", guest.Look(ticket.token).Text("participant.id"), first)
			}
			for _, bad := range []object{{"attemptKey": nil}, {"attemptKey": "short"}, {"attemptKey": strings.Repeat("k", 65)}, {"credential": "COOKIE"}} {
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
	onEach(t, func(t *testing.T, h *house) {
		room := h.Hall(h.User("ada@example.com"), nil)
		ticket := room.Invite("grace@example.org", nil)
		phone, laptop := h.Browser(), h.Browser()
		participant := phone.Redeem(ticket)
		same(t, "what to do", laptop.Refused("USED_ON_OTHER_DEVICE", "redeemInvitation", ticket.Own())["nextSteps"], "[ASK_HOST]")
		same(t, "the look", laptop.Look(ticket.token).Text("problem.code"), "USED_ON_OTHER_DEVICE")
		laptop.Refused("USED_ON_OTHER_DEVICE", "redeemInvitation", ticket.With("wrong@example.org")) // 4 comes before 5

		h.WaitUntil("the look was noted", func() bool { return ticket.Now()["openedAt"] != nil })
		before := room.Revision()
		ticket.Do("releaseDevice")
		same(t, "what happened", room.Kinds(before), "[DeviceReleased ParticipantChanged]")
		same(t, "the old device's places", phone.MustAsk(`{ me { participants { id } } }`, nil).List("me.participants"), "[]")
		same(t, "the same participant", laptop.Redeem(ticket), participant)
		phone.Refused("USED_ON_OTHER_DEVICE", "redeemInvitation", ticket.Own())
		same(t, "what is in the log of it", room.Kinds(before)[2:], "[InvitationRedeemed]")
	})
}

func TestL9_BlanksAndLineBreaksThatWerePastedAreIgnored(t *testing.T) {
	onEach(t, func(t *testing.T, h *house) {
		room := h.Hall(h.User("ada@example.com"), nil)
		ticket := room.Invite("grace@example.org", nil)
		grace := h.Browser()
		for _, pasted := range []string{
			" " + ticket.token + "\n", ticket.token[:30] + "\r\n  " + ticket.token[30:], ticket.link, ticket.link[:50] + "\n" + ticket.link[50:],
		} {
			same(t, "the look at what was pasted", grace.Look(pasted).Text("roomTitle"), "Town hall")
			grace.Must("redeemInvitation", object{"token": pasted, "email": " grace@example.org\t"}, "")
		}
	})
}

func TestLinksAndSecretsNeverReachTheLog(t *testing.T) {
	onEach(t, func(t *testing.T, h *house) {
		h.Account("ada@example.com")
		ada := h.Browser()
		ada.Must("signIn", object{"email": "ada@example.com", "password": password}, "")
		room := h.Hall(ada, nil)
		ticket := room.Invite("canary.grace@example.org", nil)
		grace := h.Browser()
		grace.Look(ticket.token)
		grace.Ask(`query { invitationLink(token: "`+ticket.token+`") { roomTitle nonsense } }`, nil)
		grace.Ask(`query { invitationLink(token: "`+ticket.token+`" `, nil)
		grace.Refused("EMAIL_MISMATCH", "redeemInvitation", ticket.With("canary.wrong@example.org"))
		mustDo(t, "GET", h.url+"/graphql?query="+url.QueryEscape(`{invitationLink(token:"`+ticket.token+`"){roomTitle}}`))
		mustDo(t, "GET", h.url+"/join?token="+ticket.token)
		mustDo(t, "GET", h.url+"/join/"+ticket.token)
		got := h.Bearer("").Must("redeemInvitation", object{
			"token": ticket.token, "email": ticket.email, "credential": "BEARER", "attemptKey": "canary-0123456789abcdef",
		}, "accessToken")
		secrets := []string{ticket.token[3:], "canary", password, got.Text("accessToken"), ada.Cookie("usher_sign_in"), grace.Cookie("usher_device")}
		h.stop()
		log := h.log.String()
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
