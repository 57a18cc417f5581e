package concurrent

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"usher/auth"
	"usher/live/livetest"
	. "usher/sitetest"
)

// Limits that protect the site hold at all of its servers together.

// startLimited serves a site from three servers, with few attempts to sign in, behind a proxy that names addresses.
func startLimited(t *testing.T, args ...string) []*House {
	t.Helper()
	livetest.Long(t)
	t.Parallel()
	h := NewHouse(t, livetest.Postgres(t))
	h.Limits.SignIns = auth.Limits{PerAccount: 4, PerAddress: 10, Window: 20 * time.Minute}
	return startServersOf(h, 3, args...)
}

// tries tries to sign in from an address, and returns the code of the problem.
func tries(h *House, from, email, with string) string {
	h.T.Helper()
	text, err := h.TryFrom(h.T.Context(), from, email, with)
	if err != nil {
		h.T.Error(err)
	}
	for _, code := range []string{"INVALID_CREDENTIALS", "TOO_MANY_ATTEMPTS"} {
		if strings.Contains(text, code) {
			return code
		}
	}
	if !strings.Contains(text, `"me"`) {
		h.T.Errorf("an attempt to sign in is answered %s", text)
	}
	return ""
}

func TestA9_AttemptsAtThreeServersCountTogether(t *testing.T) {
	servers := startLimited(t, "--trusted-proxies=127.0.0.0/8")
	servers[0].Account("ada@example.com")
	const attacker, home, wrong = "203.0.113.1", "198.51.100.1", "wrong horse battery"
	each := func(what, from, email, with, want string) {
		t.Helper()
		for i, h := range servers {
			Same(t, fmt.Sprint(what, " at server ", i), tries(h, from, email, with), want)
		}
	}
	for n := range 4 {
		Same(t, "a wrong password", tries(servers[n%3], attacker, "ada@example.com", wrong), "INVALID_CREDENTIALS")
		Same(t, "the right one does not count", tries(servers[(n+1)%3], home, "ada@example.com", Password), "")
	}
	each("the fifth", attacker, "ada@example.com", wrong, "TOO_MANY_ATTEMPTS")
	each("the right one there", attacker, "Ada@Example.com", Password, "TOO_MANY_ATTEMPTS")
	each("somebody else's attempts keep nobody out", home, "ada@example.com", Password, "")
	for n := range 6 { // with accounts and without, ten from the address
		Same(t, "another", tries(servers[n%3], attacker, fmt.Sprintf("person%d@example.com", n), wrong), "INVALID_CREDENTIALS")
	}
	each("the eleventh of the address", attacker, "nobody@example.com", wrong, "TOO_MANY_ATTEMPTS")
	servers[0].Advance(2*time.Minute - time.Millisecond)
	each("a moment too early", attacker, "nobody@example.com", wrong, "TOO_MANY_ATTEMPTS")
	servers[0].Advance(time.Millisecond)
	Same(t, "in time", tries(servers[1], attacker, "nobody@example.com", wrong), "INVALID_CREDENTIALS")
	each("one more", attacker, "nobody@example.com", wrong, "TOO_MANY_ATTEMPTS")
	servers[0].Advance(18 * time.Minute)
	each("the account, later", attacker, "ada@example.com", Password, "")
}

// Of guesses at the same moment, each server may check as many as the limit, before it hears of the others'. Then all refuse.
func TestA9_GuessesAtTheSameMomentAtThreeServersEnd(t *testing.T) {
	servers := startLimited(t, "--trusted-proxies=127.0.0.0/8")
	servers[0].Account("ada@example.com")
	codes := make([]string, 30)
	var all sync.WaitGroup
	for i := range codes {
		all.Go(func() { codes[i] = tries(servers[i%3], "203.0.113.1", "ada@example.com", "wrong horse battery") })
	}
	all.Wait()
	count := map[string]int{}
	for _, code := range codes {
		count[code]++
	}
	if checked := count["INVALID_CREDENTIALS"]; checked < 4 || checked > 3*4 || checked+count["TOO_MANY_ATTEMPTS"] != len(codes) {
		t.Errorf("the answers are %v", count)
	}
	for i, h := range servers {
		Same(t, fmt.Sprint("the right password at server ", i), tries(h, "203.0.113.1", "ada@example.com", Password), "TOO_MANY_ATTEMPTS")
		Same(t, fmt.Sprint("from home at server ", i), tries(h, "198.51.100.1", "ada@example.com", Password), "")
	}
}

func TestL2_1_ForgedLinksAtThreeServersCountTogether(t *testing.T) {
	servers := startLimited(t)
	room := servers[0].Hall(servers[0].User("ada@example.com"), nil)
	ticket := room.Invite("grace@example.org", nil)
	forged := func(h *House) string {
		t.Helper()
		r, result := h.Browser().Do("redeemInvitation", Object{"token": "nonsense"}, "")
		if result == nil {
			return r.Code()
		}
		return result.Code()
	}
	genuine := func() {
		t.Helper()
		for _, h := range servers {
			Same(t, "the genuine link", h.Opens(ticket), "")
		}
	}
	for n := range 30 {
		Same(t, fmt.Sprint("forged link ", n), forged(servers[n%3]), "LINK_NOT_VALID")
		if n%10 == 0 {
			genuine()
		}
	}
	all := func(what, want string) {
		t.Helper()
		for i, h := range servers {
			Same(t, fmt.Sprint(what, " at server ", i), forged(h), want)
		}
	}
	all("the thirty-first", "RATE_LIMITED")
	genuine()
	servers[0].Advance(2*time.Second - time.Millisecond)
	all("a moment too early", "RATE_LIMITED")
	servers[0].Advance(time.Millisecond)
	Same(t, "in time", forged(servers[2]), "LINK_NOT_VALID")
	all("one more", "RATE_LIMITED")
	servers[0].Browser().Redeem(ticket)
}

func TestR10_EmailsAboutPasswordsAtThreeServersCountTogether(t *testing.T) {
	servers := startLimited(t, "--smtp-url=smtp://127.0.0.1:1", "--mail-from=usher@example.org") // the emails wait
	servers[0].Account("noor@example.org")
	asks := func(h *House, email string) string {
		t.Helper()
		_, result := h.Browser().Do("forgotPassword", Object{"email": email}, "")
		return result.Code()
	}
	all := func(what, email, want string) {
		t.Helper()
		for i, h := range servers {
			Same(t, fmt.Sprint(what, " at server ", i), asks(h, email), want)
		}
	}
	for _, email := range []string{"noor@example.org", "nobody@example.org"} {
		all("the first three", email, "")
		all("the fourth", email, "TOO_MANY_ATTEMPTS")
	}
	for n := range 24 {
		Same(t, "another address", asks(servers[n%3], fmt.Sprintf("person%d@example.org", n)), "")
	}
	all("the thirty-first", "one.more@example.org", "TOO_MANY_ATTEMPTS")
	servers[0].Advance(20*time.Minute - time.Millisecond)
	all("a moment too early", "noor@example.org", "TOO_MANY_ATTEMPTS")
	servers[0].Advance(time.Millisecond)
	Same(t, "in time", asks(servers[1], "noor@example.org"), "")
	all("one more", "noor@example.org", "TOO_MANY_ATTEMPTS")
}

// What was counted outlives the server, and is deleted once it is made up for (V7).
func TestV7_A9_CountsOutliveTheServerAndThenExpire(t *testing.T) {
	OnEachUnserved(t, func(t *testing.T, h *House) {
		h.Limits.SignIns = auth.Limits{PerAccount: 4, PerAddress: 10, Window: 20 * time.Minute}
		h.Serve()
		h.Account("ada@example.com")
		try := func(with string) string {
			t.Helper()
			_, result := h.Browser().Do("signIn", Object{"email": "ada@example.com", "password": with}, "")
			return result.Code()
		}
		for range 4 {
			Same(t, "a wrong password", try("wrong"), "INVALID_CREDENTIALS")
		}
		h.Stop()
		h.Serve()
		Same(t, "after a restart", try(Password), "TOO_MANY_ATTEMPTS")
		counts := func() (n int) {
			t.Helper()
			if err := h.DB().QueryRowContext(t.Context(), "SELECT count(*) FROM shared_rates").Scan(&n); err != nil {
				t.Fatal(err)
			}
			return n
		}
		h.Advance(8*time.Minute - time.Millisecond)
		h.Retain()
		Same(t, "counts that are not made up for", counts(), 2)
		h.Advance(time.Millisecond) // four wrong ones of the ten that an address has in twenty minutes
		Same(t, "deleted", h.Retain(), []string{"rates=1"})
		h.Advance(12 * time.Minute)
		Same(t, "deleted later", h.Retain(), []string{"rates=1"})
		Same(t, "counts at the end", counts(), 0)
		Same(t, "the right password", try(Password), "")
	})
}
