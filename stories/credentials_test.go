package stories

import (
	"crypto/rand"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"usher/auth"
	. "usher/sitetest"
)

func TestA5_SecretsAreRefusedInAGET(t *testing.T) {
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

func TestTheFirstLookSetsTheDeviceCookie(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, cookie string
		args         []string
		secure       bool
	}{
		{"on a machine of one's own", "usher_device_PORT", nil, false},
		{"on a site of the network", "__Host-usher_device", []string{"--public-url=https://usher.example"}, true},
		{"on another port of the network", "__Host-usher_device_8443", []string{"--public-url=https://usher.example:8443"}, true},
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
				if got.Name != strings.Replace(c.cookie, "PORT", portOf(h), 1) || !got.HttpOnly || got.SameSite != http.SameSiteStrictMode || got.Secure != c.secure || got.Path != "/" ||
					got.Domain != "" || got.MaxAge != 400*24*60*60 || !strings.HasPrefix(got.Value, "usher_d_") {
					t.Errorf("the cookie is %v", got)
				}
			}, c.args...)
		})
	}
}

// portOf returns the port in the address of a site.
func portOf(h *House) string { return h.URL[strings.LastIndex(h.URL, ":")+1:] }

// Cookies had no port in their names once. A browser that has such cookies stays who it is, and gets them under their new names.
func TestCookiesWithoutThePortCountOnceAndMove(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		room := h.Hall(h.User("ada@example.com"), nil)
		h.Account("bo@example.com")
		bo, grace := h.Browser(), h.Browser()
		bo.Must("signIn", Object{"email": "bo@example.com", "password": Password}, "me { user { id } }")
		grace.Redeem(room.Invite("grace@example.org", nil))
		const who = `{ me { user { email } participants { id } } }`
		nobody := fmt.Sprint(h.Browser().MustAsk(who, nil))
		for name, of := range map[string]*Client{"usher_sign_in": bo, "usher_device": grace} {
			secret := of.Cookie(name)
			later := h.Browser()
			later.SetCookie(name, secret)
			r := later.Ask(who, nil)
			Same(t, "who "+name+" is under its former name", fmt.Sprint(r.Data), fmt.Sprint(of.MustAsk(who, nil)))
			set := map[string]string{}
			for _, cookie := range (&http.Response{Header: r.Header}).Cookies() {
				set[cookie.Name] = cookie.Value
				if gone := cookie.MaxAge < 0; gone != (cookie.Name == name) {
					t.Errorf("the answer sets %v", cookie)
				}
			}
			Same(t, "the cookies that are set", fmt.Sprint(set), fmt.Sprint(map[string]string{name: "", name + "_" + portOf(h): secret}))
			r = later.Ask(who, nil)
			Same(t, "who one is afterwards", fmt.Sprint(r.Data), fmt.Sprint(of.MustAsk(who, nil)))
			Same(t, "the cookies set then", len((&http.Response{Header: r.Header}).Cookies()), 0)

			// Another site on this host may have cookies of these names. They count for nobody here, and are left alone.
			stranger := h.Browser()
			foreign, _ := auth.NewSecret(secret[:strings.LastIndex(secret, "_")+1], rand.Reader)
			stranger.SetCookie(name, foreign)
			r = stranger.Ask(who, nil)
			Same(t, "who a foreign cookie is", fmt.Sprint(r.Data), nobody)
			Same(t, "the cookies set for it", len((&http.Response{Header: r.Header}).Cookies()), 0)
		}
	})
}

func TestTwoSitesOnOneHostLeaveEachOthersCookiesAlone(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		h.Account("ada@example.com")
		other := StartHouse(t)
		other.Account("bo@example.com")
		ada := h.Browser()
		bo := ada.Visit(other.URL) // the same browser
		ada.Must("signIn", Object{"email": "ada@example.com", "password": Password}, "me { user { id } }")
		bo.Must("signIn", Object{"email": "bo@example.com", "password": Password}, "me { user { id } }")
		Same(t, "who one is here", ada.MustAsk(`{ me { user { email } } }`, nil).Text("me.user.email"), "ada@example.com")
		Same(t, "who one is there", bo.MustAsk(`{ me { user { email } } }`, nil).Text("me.user.email"), "bo@example.com")
		bo.Must("signOut", nil, "me { user { id } }")
		Same(t, "who one is here after signing out there", ada.MustAsk(`{ me { user { email } } }`, nil).Text("me.user.email"), "ada@example.com")
	})
}

func TestScriptsCannotReadTheSignInCookie(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		h.Account("ada@example.com")
		ada := h.Browser()
		r, _ := ada.Do("signIn", Object{"email": "ada@example.com", "password": Password}, "")
		set := (&http.Response{Header: r.Header}).Cookies()
		if len(set) != 1 || set[0].Name != "usher_sign_in_"+portOf(h) || !set[0].HttpOnly || set[0].SameSite != http.SameSiteStrictMode || set[0].MaxAge != 7*24*60*60 {
			t.Errorf("signing in set %v", set)
		}
		if strings.Contains(r.Raw, set[0].Value) {
			t.Error("the answer holds the cookie's secret")
		}
		bearer := h.Browser()
		got := bearer.Must("signIn", Object{"email": "ada@example.com", "password": Password, "credential": "BEARER"}, "accessToken accessTokenExpiresAt")
		Same(t, "until when it lasts", got["accessTokenExpiresAt"], Stamp(h.Now().Add(7*24*time.Hour)))
		Same(t, "whose token it is", h.Bearer(got.Text("accessToken")).MustAsk(`{ me { user { email } } }`, nil).Text("me.user.email"), "ada@example.com")
		Same(t, "the cookie of a client that asked for a token", bearer.Cookie("usher_sign_in"), "")

		ada.Must("signOut", nil, "me { user { id } }")
		Same(t, "who is signed in after signing out", ada.MustAsk(`{ me { user { id } } }`, nil).At("me.user"), nil)
		ada.Refused("INVALID_CREDENTIALS", "signIn", Object{"email": "ada@example.com", "password": Password + "!"})
		ada.Refused("INVALID_CREDENTIALS", "signIn", Object{"email": "nobody@example.com", "password": Password})
	})
}

func TestA6_AGuestsTokenExpiresHalfAnHourAfterTheSessionEnds(t *testing.T) {
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

func TestA6_ASignInExpiresAfter8IdleHoursOr7Days(t *testing.T) {
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
