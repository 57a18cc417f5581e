package main

import (
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"usher/auth"
	"usher/live/livetest"
)

// The commands beside the running server, as an operator sees them.

// Run runs a command of the program on the same database.
func (h *house) Run(input string, args ...string) outcome {
	h.t.Helper()
	var out, err strings.Builder
	status := run(h.t.Context(), append(args, h.storage...), nil, console{strings.NewReader(input), &out, &err})
	return outcome{status, out.String(), err.String()}
}

// SignedIn returns a browser in which somebody signed in with a password.
func (h *house) SignedIn(email, password string) *client {
	h.t.Helper()
	c := h.Browser()
	c.Must("signIn", object{"email": email, "password": password}, "")
	return c
}

// Who is the email of the account that the client is, empty where it is none; the code where the credential is good no more.
func (c *client) Who() string {
	c.t.Helper()
	r := c.Ask(`{ me { user { email } } }`, nil)
	return r.Data.Text("me.user.email") + r.Code()
}

func TestANewPasswordEndsSignInsAndLeavesTokens(t *testing.T) {
	onEach(t, func(t *testing.T, h *house) {
		program := h.User("ada@example.com")
		h.Account("alan@example.com")
		ada, alan := h.SignedIn("ada@example.com", password), h.SignedIn("alan@example.com", password)
		open := ada.Connect()
		same(t, "it says", h.MustRun("another long password\n", "user", "password", "--email", "ADA@example.com"), "ada@example.com has a new password")
		same(t, "who was signed in", ada.Who(), "")
		open.Closes(4401)
		same(t, "who holds a token", program.Who(), "ada@example.com")
		same(t, "somebody else", alan.Who(), "alan@example.com")
		h.Browser().Refused("INVALID_CREDENTIALS", "signIn", object{"email": "ada@example.com", "password": password})
		same(t, "with the new one", h.SignedIn("ada@example.com", "another long password").Who(), "ada@example.com")
	})
}

func TestADisabledAccountIsOutAtOnceUntilItIsEnabled(t *testing.T) {
	onEach(t, func(t *testing.T, h *house) {
		program := h.User("ada@example.com")
		ada := h.SignedIn("ada@example.com", password)
		room := h.Hall(ada, nil)
		watched, token := ada.Watch(watching, room.id, room.Revision()), program.Connect()
		room.Begin(watched)
		same(t, "it says", h.MustRun("", "user", "disable", "--email", "ada@example.com"), "disabled ada@example.com")
		same(t, "who was signed in", ada.Who(), "")
		same(t, "who holds a token", program.Who(), "UNAUTHENTICATED")
		disabled := time.Now()
		watched.Closes(4401)
		token.Closes(4401)
		t.Logf("open connections were closed after %v", time.Since(disabled))
		h.Browser().Refused("INVALID_CREDENTIALS", "signIn", object{"email": "ada@example.com", "password": password})
		refused := h.Run("", "token", "create", "--email", "ada@example.com")
		same(t, "a token for it", []any{refused.status, refused.out, refused.err}, []any{1, "", "usher: the account of ada@example.com is disabled; enable it first: usher user enable\n"})
		same(t, "disabling again", h.MustRun("", "user", "disable", "--email", "ada@example.com"), "disabled ada@example.com")
		same(t, "enabling", h.MustRun("", "user", "enable", "--email", "ada@example.com"), "enabled ada@example.com")
		same(t, "who was signed in before", ada.Who(), "")
		same(t, "who held a token before", program.Who(), "UNAUTHENTICATED")
		same(t, "who signs in again", h.SignedIn("ada@example.com", password).Who(), "ada@example.com")
	})
}

// mayAdminister is what a client is answered who looks at the site's policy: the code of the refusal, empty where there is none.
func (c *client) mayAdminister() string {
	c.t.Helper()
	return c.Ask(`{ sitePolicy { invitations } }`, nil).Code()
}

func TestR5_AnAdministratorIsMadeAndUnmadeBesideTheServer(t *testing.T) {
	onEach(t, func(t *testing.T, h *house) {
		ada, alan := h.User("ada@example.com", "--admin"), h.User("alan@example.com")
		same(t, "a member", alan.mayAdminister(), "FORBIDDEN")
		same(t, "it says", h.MustRun("", "user", "admin", "--email", "ALAN@example.com"), "alan@example.com is a site administrator")
		same(t, "doing it again", h.MustRun("", "user", "admin", "--email", "alan@example.com"), "alan@example.com is a site administrator")
		same(t, "from the next request on", alan.mayAdminister(), "")

		browser, token := h.SignedIn("ada@example.com", password), ada.Connect()
		same(t, "it says", h.MustRun("", "user", "admin", "--off", "--email", "ada@example.com"), "ada@example.com is no longer a site administrator")
		same(t, "the token and the sign-in", []string{ada.Who(), browser.Who()}, "[UNAUTHENTICATED ]")
		token.Closes(4401)
		again := h.SignedIn("ada@example.com", password)
		same(t, "signed in again", again.mayAdminister(), "FORBIDDEN")
		same(t, "doing it again", h.MustRun("", "user", "admin", "--off", "--email", "ada@example.com"), "ada@example.com is no longer a site administrator")
		same(t, "a member stays signed in", again.Who(), "ada@example.com")
	})
}

func TestR5_TheLastAdministratorIsNeitherDisabledNorUnmade(t *testing.T) {
	onEach(t, func(t *testing.T, h *house) {
		ada := h.User("ada@example.com", "--admin")
		h.Account("alan@example.com", "--admin")
		h.MustRun("", "user", "disable", "--email", "alan@example.com") // an administrator who is disabled is none
		for _, args := range [][]string{{"disable"}, {"admin", "--off"}} {
			got := h.Run("", append(append([]string{"user"}, args...), "--email", "ada@example.com")...)
			if got.status != 1 || got.out != "" || got.err != "usher: "+auth.ErrLastAdmin.Error()+"\n" {
				t.Errorf("%v: status %d, said %q and %q", args, got.status, got.out, got.err)
			}
		}
		same(t, "the last one", ada.mayAdminister(), "")
		refused := h.Run("", "user", "admin", "--email", "alan@example.com")
		same(t, "one who is disabled", []any{refused.status, refused.err}, []any{1, "usher: the account of alan@example.com is disabled; enable it first: usher user enable\n"})

		h.MustRun("", "user", "enable", "--email", "alan@example.com")
		h.MustRun("", "user", "admin", "--off", "--email", "ada@example.com")
		same(t, "who is left", h.SignedIn("alan@example.com", password).mayAdminister(), "")
		h.MustRun("", "user", "disable", "--email", "ada@example.com") // a member can be
	})
}

func TestASiteThatNobodyAdministersSaysHowToChangeThat(t *testing.T) {
	onEachEmpty(t, func(t *testing.T, h *house) {
		settings := mustSettings(t, nil, append([]string{"--public-url=https://usher.example"}, h.storage...)...)
		says := func() string {
			t.Helper()
			p, err := build(t.Context(), settings, slog.New(slog.DiscardHandler), h.Now)
			if err != nil {
				t.Fatal(err)
			}
			says, err := p.wayIn(t.Context(), settings)
			if err := errors.Join(err, p.close()); err != nil {
				t.Fatal(err)
			}
			return says
		}
		if empty := says(); !strings.Contains(empty, "https://usher.example/setup#usher_a_") {
			t.Errorf("without accounts it says %q", empty)
		}
		h.Account("ada@example.com")
		same(t, "with members alone", says(), "This site has no administrator. Make somebody one: usher user admin --email E\n")
		h.MustRun("", "user", "admin", "--email", "ada@example.com")
		same(t, "with an administrator", says(), "")
		h.Serve()
		same(t, "made before the server started", h.SignedIn("ada@example.com", password).mayAdminister(), "")
	})
}

func TestRevokingEndsAllTokensAndSignInsOfAnAccount(t *testing.T) {
	onEach(t, func(t *testing.T, h *house) {
		program, other := h.User("ada@example.com"), h.User("alan@example.com")
		ada := h.SignedIn("ada@example.com", password)
		open := program.Connect()
		same(t, "it says", h.MustRun("", "token", "revoke", "--email", "ada@example.com"), "ended 2 tokens and sign-ins of ada@example.com")
		same(t, "the token and the sign-in", []string{program.Who(), ada.Who()}, "[UNAUTHENTICATED ]")
		open.Closes(4401)
		same(t, "somebody else's", other.Who(), "alan@example.com")
		same(t, "revoking again", h.MustRun("", "token", "revoke", "--email", "ada@example.com"), "ended 0 tokens and sign-ins of ada@example.com")
	})
}

func TestATokenLastsAsLongAsItIsToldTo(t *testing.T) {
	onEach(t, func(t *testing.T, h *house) {
		h.Account("ada@example.com")
		for ttl, lasts := range map[string]time.Duration{"1s": time.Second, "24h": 24 * time.Hour, "365d": 365 * 24 * time.Hour} {
			h.Set(time.Now()) // by which the command made it
			token := h.Bearer(h.MustRun("", "token", "create", "--email", "ada@example.com", "--ttl", ttl))
			made := time.Now()
			h.Set(made.Add(lasts - time.Second))
			if lasts > time.Minute {
				same(t, ttl+" less a second", token.Who(), "ada@example.com")
			}
			h.Set(made.Add(lasts))
			same(t, ttl, token.Who(), "UNAUTHENTICATED")
		}
		for ttl, says := range map[string]string{
			"366d": "ttl must be 365 days or less", "8761h": "ttl must be 365 days or less", "8760h1s": "ttl must be 365 days or less",
			"0s": `"0s" is not a duration`, "-1h": `"-1h" is not a duration`, "soon": `"soon" is not a duration`,
		} {
			got := h.Run("", "token", "create", "--email", "ada@example.com", "--ttl="+ttl)
			if got.status != 1 || got.out != "" || !strings.Contains(got.err, says) {
				t.Errorf("--ttl=%s: status %d, said %q %q, want %q", ttl, got.status, got.out, got.err, says)
			}
		}
	})
}

func TestRefusalsOfCommandsSayWhatIsWrong(t *testing.T) {
	onEachEmpty(t, func(t *testing.T, h *house) {
		h.Account("ada@example.com")
		add := func(email, first string) []string {
			return []string{"user", "add", "--email", email, "--first-name", first, "--last-name", "L"}
		}
		for _, c := range []struct {
			name, input string
			args        []string
			status      int
			says        string
		}{
			{"a password for nobody", password, []string{"user", "password", "--email", "no@example.com"}, 1, "no@example.com has no account"},
			{"disabling nobody", "", []string{"user", "disable", "--email", "no@example.com"}, 1, "no@example.com has no account"},
			{"an administrator who is nobody", "", []string{"user", "admin", "--email", "no@example.com"}, 1, "no@example.com has no account"},
			{"enabling nobody", "", []string{"user", "enable", "--email", "no@example.com"}, 1, "no@example.com has no account"},
			{"a token for nobody", "", []string{"token", "create", "--email", "no@example.com"}, 1, "no@example.com has no account"},
			{"nobody's tokens", "", []string{"token", "revoke", "--email", "no@example.com"}, 1, "no@example.com has no account"},
			{"what is no email", "", []string{"user", "disable", "--email", "nonsense"}, 1, "email"},
			{"no email", "", []string{"user", "disable"}, 2, "--email"},
			{"a password of 7 characters", "zq7!kw2\n", []string{"user", "password", "--email", "ada@example.com"}, 1, "password: "},
			{"no password", "", []string{"user", "password", "--email", "ada@example.com"}, 1, "no password on standard input"},
			{"an empty password", "\n", []string{"user", "password", "--email", "ada@example.com"}, 1, "no password on standard input"},
			{"an account without a password", "", add("new@example.com", "F"), 1, "no password on standard input"},
			{"an account with a short password", "short\n", add("new@example.com", "F"), 1, "password: "},
			{"an account that is there", password, add("ADA@example.com", "F"), 1, "this email address already has an account"},
			{"an account without a name", password, add("new@example.com", " "), 1, "firstName: "},
		} {
			t.Run(c.name, func(t *testing.T) {
				got := h.Run(c.input, c.args...)
				if got.status != c.status || got.out != "" || !strings.Contains(got.err, c.says) || strings.Count(got.err, "\n") != 1 {
					t.Errorf("status %d, said %q and %q; want %d and %q in one line", got.status, got.out, got.err, c.status, c.says)
				}
			})
		}
		h.Serve()
		same(t, "afterwards all is as it was", h.SignedIn("ada@example.com", password).Who(), "ada@example.com")
		h.Browser().Refused("INVALID_CREDENTIALS", "signIn", object{"email": "new@example.com", "password": "short"})
	})
}

func TestPostgreSQLIsCheckedAndConfigured(t *testing.T) {
	t.Parallel()
	databaseURL := livetest.Postgres(t)
	h := newHouse(t, databaseURL)
	check := func(wants string) {
		t.Helper()
		if got := h.Run("", "check", "--addr=127.0.0.1:0"); got.status != 0 || !strings.Contains(got.out, wants) {
			t.Errorf("status %d, said\n%s%s, want %q", got.status, got.out, got.err, wants)
		}
	}
	check("is empty; its tables will be created at the first start")
	check("is empty") // looking changed nothing
	h.Account("ada@example.com")
	check("ok    database")

	got := runProgram(t, nil, "check", "--addr=127.0.0.1:0", h.storage[1], "--database-url=postgres://u:canary@127.0.0.1:1/none")
	if got.status != 1 || !strings.Contains(got.out, "FAIL  database") || strings.Contains(fmt.Sprint(got), "canary") {
		t.Errorf("a server that is not there: status %d, said\n%s%s", got.status, got.out, got.err)
	}
	config := runProgram(t, nil, "config", h.storage[1], "--database-url=postgres://u:canary@db.example/usher")
	if config.status != 0 || !strings.Contains(config.out, "db.example") || strings.Contains(config.out, "canary") {
		t.Errorf("status %d, said\n%s%s", config.status, config.out, config.err)
	}
}

func TestPostgreSQLNeedsAKeyFile(t *testing.T) {
	t.Parallel()
	databaseURL := livetest.Postgres(t)
	for name, args := range map[string][]string{
		"no key file": {}, "a key file that is not there": {"--secret-key-file=" + t.TempDir() + "/none"},
	} {
		got := runProgram(t, nil, append(args, "--addr=127.0.0.1:0", "--database-url="+databaseURL)...)
		if got.status == 0 || got.out != "" || strings.Count(got.err, "\n") != 1 || !strings.Contains(got.err, "secret-key-file") {
			t.Errorf("%s: status %d, said %q and %q", name, got.status, got.out, got.err)
		}
	}
}

func TestA6_ASignInUnderWayDoesNotSurviveAChangeOfItsAccount(t *testing.T) {
	for name, change := range map[string]func(h *house){
		"another password": func(h *house) {
			h.MustRun("another long password\n", "user", "password", "--email", "ada@example.com")
		},
		"disabled": func(h *house) { h.Disable("ada@example.com") },
	} {
		t.Run(name, func(t *testing.T) {
			onEach(t, func(t *testing.T, h *house) {
				h.Account("ada@example.com")
				var mu sync.Mutex
				var tokens []string
				var signingIn sync.WaitGroup
				for range 8 {
					signingIn.Go(func() {
						for {
							_, got, err := h.Browser().TryDo(t.Context(), "signIn",
								object{"email": "ada@example.com", "password": password, "credential": "BEARER"}, "accessToken")
							if err != nil || got.Text("accessToken") == "" {
								if code := got.Text("code"); err != nil || code != "INVALID_CREDENTIALS" {
									t.Errorf("signing in is answered %v, %v", got, err)
								}
								return
							}
							mu.Lock()
							tokens = append(tokens, got.Text("accessToken"))
							mu.Unlock()
						}
					})
				}
				h.WaitUntil("some are signed in", func() bool {
					mu.Lock()
					defer mu.Unlock()
					return len(tokens) > 8
				})
				change(h)
				signingIn.Wait()
				for _, token := range tokens {
					same(t, "a token of before", h.Bearer(token).Who(), "UNAUTHENTICATED")
				}
			}, "--sign-ins-per-account=1000", "--sign-ins-per-address=1000")
		})
	}
}
