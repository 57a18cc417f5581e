package command_test

import (
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"usher/live/livetest"
	"usher/people"
	"usher/site"
	. "usher/sitetest"
)

func TestANewPasswordEndsSignInsAndKeepsTokens(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		program := h.User("ada@example.com")
		h.Account("alan@example.com")
		ada, alan := h.SignedIn("ada@example.com", Password), h.SignedIn("alan@example.com", Password)
		open := ada.Connect()
		Same(t, "it says", h.MustRun("another long password\n", "user", "password", "--email", "ADA@example.com"), "ada@example.com has a new password")
		Same(t, "who was signed in", ada.Who(), "")
		open.Closes(4401)
		Same(t, "who holds a token", program.Who(), "ada@example.com")
		Same(t, "somebody else", alan.Who(), "alan@example.com")
		h.Browser().Refused("INVALID_CREDENTIALS", "signIn", Object{"email": "ada@example.com", "password": Password})
		Same(t, "with the new one", h.SignedIn("ada@example.com", "another long password").Who(), "ada@example.com")
	})
}

func TestDisablingAnAccountEndsItsAccessAtOnce(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		program := h.User("ada@example.com")
		ada := h.SignedIn("ada@example.com", Password)
		room := h.Hall(ada, nil)
		watched, token := ada.Watch(Watching, room.ID, room.Revision()), program.Connect()
		room.Begin(watched)
		Same(t, "it says", h.MustRun("", "user", "disable", "--email", "ada@example.com"), "disabled ada@example.com")
		Same(t, "who was signed in", ada.Who(), "")
		Same(t, "who holds a token", program.Who(), "UNAUTHENTICATED")
		disabled := time.Now()
		watched.Closes(4401)
		token.Closes(4401)
		t.Logf("open connections were closed after %v", time.Since(disabled))
		h.Browser().Refused("INVALID_CREDENTIALS", "signIn", Object{"email": "ada@example.com", "password": Password})
		refused := h.Run("", "token", "create", "--email", "ada@example.com")
		Same(t, "a token for it", []any{refused.Status, refused.Out, refused.Err}, []any{1, "", "usher: the account of ada@example.com is disabled; enable it first: usher user enable\n"})
		Same(t, "disabling again", h.MustRun("", "user", "disable", "--email", "ada@example.com"), "disabled ada@example.com")
		Same(t, "enabling", h.MustRun("", "user", "enable", "--email", "ada@example.com"), "enabled ada@example.com")
		Same(t, "who was signed in before", ada.Who(), "")
		Same(t, "who held a token before", program.Who(), "UNAUTHENTICATED")
		Same(t, "who signs in again", h.SignedIn("ada@example.com", Password).Who(), "ada@example.com")
	})
}

func TestR5_AnAdministratorIsAppointedAndDismissedWhileTheServerRuns(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		ada, alan := h.User("ada@example.com", "--admin"), h.User("alan@example.com")
		Same(t, "a member", alan.MayAdminister(), "FORBIDDEN")
		Same(t, "it says", h.MustRun("", "user", "admin", "--email", "ALAN@example.com"), "alan@example.com is a site administrator")
		Same(t, "doing it again", h.MustRun("", "user", "admin", "--email", "alan@example.com"), "alan@example.com is a site administrator")
		Same(t, "from the next request on", alan.MayAdminister(), "")

		browser, token := h.SignedIn("ada@example.com", Password), ada.Connect()
		Same(t, "it says", h.MustRun("", "user", "admin", "--off", "--email", "ada@example.com"), "ada@example.com is no longer a site administrator")
		Same(t, "the token and the sign-in", []string{ada.Who(), browser.Who()}, []string{"UNAUTHENTICATED", ""})
		token.Closes(4401)
		again := h.SignedIn("ada@example.com", Password)
		Same(t, "signed in again", again.MayAdminister(), "FORBIDDEN")
		Same(t, "doing it again", h.MustRun("", "user", "admin", "--off", "--email", "ada@example.com"), "ada@example.com is no longer a site administrator")
		Same(t, "a member stays signed in", again.Who(), "ada@example.com")
	})
}

func TestR5_TheLastAdministratorCanBeNeitherDisabledNorDismissed(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		ada := h.User("ada@example.com", "--admin")
		h.Account("alan@example.com", "--admin")
		h.MustRun("", "user", "disable", "--email", "alan@example.com") // a disabled administrator does not count
		for _, args := range [][]string{{"disable"}, {"admin", "--off"}} {
			got := h.Run("", append(append([]string{"user"}, args...), "--email", "ada@example.com")...)
			if got.Status != 1 || got.Out != "" || got.Err != "usher: "+people.ErrLastAdmin.Message+"\n" {
				t.Errorf("%v: status %d, printed %q and %q", args, got.Status, got.Out, got.Err)
			}
		}
		Same(t, "the last one", ada.MayAdminister(), "")
		refused := h.Run("", "user", "admin", "--email", "alan@example.com")
		Same(t, "one who is disabled", []any{refused.Status, refused.Err}, []any{1, "usher: the account of alan@example.com is disabled; enable it first: usher user enable\n"})

		h.MustRun("", "user", "enable", "--email", "alan@example.com")
		h.MustRun("", "user", "admin", "--off", "--email", "ada@example.com")
		Same(t, "who is left", h.SignedIn("alan@example.com", Password).MayAdminister(), "")
		h.MustRun("", "user", "disable", "--email", "ada@example.com") // a member can be disabled
	})
}

func TestASiteWithoutAdministratorsExplainsHowToMakeOne(t *testing.T) {
	OnEachUnserved(t, func(t *testing.T, h *House) {
		settings := MustSettings(t, nil, append([]string{"--public-url=https://usher.example"}, h.Storage...)...)
		says := func() string {
			t.Helper()
			p, err := site.Build(t.Context(), settings, slog.New(slog.DiscardHandler), h.Now, site.DefaultLimits)
			if err != nil {
				t.Fatal(err)
			}
			says, _, err := p.WayIn(t.Context(), settings)
			if err := errors.Join(err, p.Close()); err != nil {
				t.Fatal(err)
			}
			return says
		}
		if empty := says(); !strings.Contains(empty, "https://usher.example/setup#usher_a_") {
			t.Errorf("without accounts it prints %q", empty)
		}
		h.Account("ada@example.com")
		Same(t, "with members alone", says(), "This site has no administrator. Make somebody one: usher user admin --email E\n")
		h.MustRun("", "user", "admin", "--email", "ada@example.com")
		Same(t, "with an administrator", says(), "")
		h.Serve()
		Same(t, "made before the server started", h.SignedIn("ada@example.com", Password).MayAdminister(), "")
	})
}

func TestRevokingEndsAllTokensAndSignInsOfAnAccount(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		program, other := h.User("ada@example.com"), h.User("alan@example.com")
		ada := h.SignedIn("ada@example.com", Password)
		open := program.Connect()
		Same(t, "it says", h.MustRun("", "token", "revoke", "--email", "ada@example.com"), "ended 2 tokens and sign-ins of ada@example.com")
		Same(t, "the token and the sign-in", []string{program.Who(), ada.Who()}, []string{"UNAUTHENTICATED", ""})
		open.Closes(4401)
		Same(t, "somebody else's", other.Who(), "alan@example.com")
		Same(t, "revoking again", h.MustRun("", "token", "revoke", "--email", "ada@example.com"), "ended 0 tokens and sign-ins of ada@example.com")
	})
}

func TestATokenLastsForItsTTL(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		h.Account("ada@example.com")
		for ttl, lasts := range map[string]time.Duration{"1s": time.Second, "24h": 24 * time.Hour, "365d": 365 * 24 * time.Hour} {
			h.Set(time.Now()) // the clock of the command that made it
			token := h.Bearer(h.MustRun("", "token", "create", "--email", "ada@example.com", "--ttl", ttl))
			made := time.Now()
			h.Set(made.Add(lasts - time.Second))
			if lasts > time.Minute {
				Same(t, ttl+" less a second", token.Who(), "ada@example.com")
			}
			h.Set(made.Add(lasts))
			Same(t, ttl, token.Who(), "UNAUTHENTICATED")
		}
		for ttl, says := range map[string]string{
			"366d": "ttl must be 365 days or less", "8761h": "ttl must be 365 days or less", "8760h1s": "ttl must be 365 days or less",
			"0s": `"0s" is not a duration`, "-1h": `"-1h" is not a duration`, "soon": `"soon" is not a duration`,
		} {
			got := h.Run("", "token", "create", "--email", "ada@example.com", "--ttl="+ttl)
			if got.Status != 1 || got.Out != "" || !strings.Contains(got.Err, says) {
				t.Errorf("--ttl=%s: status %d, printed %q %q, want %q", ttl, got.Status, got.Out, got.Err, says)
			}
		}
	})
}

func TestCommandsExplainTheirErrors(t *testing.T) {
	OnEachUnserved(t, func(t *testing.T, h *House) {
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
			{"a password for an unknown account", Password, []string{"user", "password", "--email", "no@example.com"}, 1, "no@example.com has no account"},
			{"disabling an unknown account", "", []string{"user", "disable", "--email", "no@example.com"}, 1, "no@example.com has no account"},
			{"an unknown account as administrator", "", []string{"user", "admin", "--email", "no@example.com"}, 1, "no@example.com has no account"},
			{"enabling an unknown account", "", []string{"user", "enable", "--email", "no@example.com"}, 1, "no@example.com has no account"},
			{"a token for an unknown account", "", []string{"token", "create", "--email", "no@example.com"}, 1, "no@example.com has no account"},
			{"the tokens of an unknown account", "", []string{"token", "revoke", "--email", "no@example.com"}, 1, "no@example.com has no account"},
			{"what is no email", "", []string{"user", "disable", "--email", "nonsense"}, 1, "email"},
			{"no email", "", []string{"user", "disable"}, 2, "--email"},
			{"a password of 7 characters", "zq7!kw2\n", []string{"user", "password", "--email", "ada@example.com"}, 1, "password: "},
			{"no password", "", []string{"user", "password", "--email", "ada@example.com"}, 1, "no password on standard input"},
			{"an empty password", "\n", []string{"user", "password", "--email", "ada@example.com"}, 1, "no password on standard input"},
			{"an account without a password", "", add("new@example.com", "F"), 1, "no password on standard input"},
			{"an account with a short password", "short\n", add("new@example.com", "F"), 1, "password: "},
			{"an account that is there", Password, add("ADA@example.com", "F"), 1, "This email address already has an account."},
			{"an account without a name", Password, add("new@example.com", " "), 1, "firstName: "},
		} {
			t.Run(c.name, func(t *testing.T) {
				got := h.Run(c.input, c.args...)
				if got.Status != c.status || got.Out != "" || !strings.Contains(got.Err, c.says) || strings.Count(got.Err, "\n") != 1 {
					t.Errorf("status %d, printed %q and %q; want %d and %q in one line", got.Status, got.Out, got.Err, c.status, c.says)
				}
			})
		}
		h.Serve()
		Same(t, "afterwards all is as it was", h.SignedIn("ada@example.com", Password).Who(), "ada@example.com")
		h.Browser().Refused("INVALID_CREDENTIALS", "signIn", Object{"email": "new@example.com", "password": "short"})
	})
}

func TestPostgreSQLIsCheckedAndConfigured(t *testing.T) {
	t.Parallel()
	databaseURL := livetest.EmptyPostgres(t)
	h := NewHouse(t, databaseURL)
	check := func(wants string) {
		t.Helper()
		if got := h.Run("", "check", "--addr=127.0.0.1:0"); got.Status != 0 || !strings.Contains(got.Out, wants) {
			t.Errorf("status %d, printed\n%s%s, want %q", got.Status, got.Out, got.Err, wants)
		}
	}
	check("is empty; its tables will be created at the first start")
	check("is empty") // the check changed nothing
	h.Account("ada@example.com")
	check("ok    database")

	got := RunProgram(t, nil, "check", "--addr=127.0.0.1:0", h.Storage[1], "--database-url=postgres://u:canary@127.0.0.1:1/none")
	if got.Status != 1 || !strings.Contains(got.Out, "FAIL  database") || strings.Contains(fmt.Sprint(got), "canary") {
		t.Errorf("an unreachable server: status %d, printed\n%s%s", got.Status, got.Out, got.Err)
	}
	config := RunProgram(t, nil, "config", h.Storage[1], "--database-url=postgres://u:canary@db.example/usher")
	if config.Status != 0 || !strings.Contains(config.Out, "db.example") || strings.Contains(config.Out, "canary") {
		t.Errorf("status %d, printed\n%s%s", config.Status, config.Out, config.Err)
	}
}

func TestPostgreSQLNeedsAKeyFile(t *testing.T) {
	t.Parallel()
	databaseURL := livetest.EmptyPostgres(t)
	for name, args := range map[string][]string{
		"no key file": {}, "a missing key file": {"--secret-key-file=" + t.TempDir() + "/none"},
	} {
		got := RunProgram(t, nil, append(args, "--addr=127.0.0.1:0", "--database-url="+databaseURL)...)
		if got.Status == 0 || got.Out != "" || strings.Count(got.Err, "\n") != 1 || !strings.Contains(got.Err, "secret-key-file") {
			t.Errorf("%s: status %d, printed %q and %q", name, got.Status, got.Out, got.Err)
		}
	}
}

func TestA6_ASignInInProgressDoesNotSurviveAChangeOfItsAccount(t *testing.T) {
	for name, change := range map[string]func(h *House){
		"another password": func(h *House) {
			h.MustRun("another long password\n", "user", "password", "--email", "ada@example.com")
		},
		"disabled": func(h *House) { h.Disable("ada@example.com") },
	} {
		t.Run(name, func(t *testing.T) {
			OnEach(t, func(t *testing.T, h *House) {
				h.Account("ada@example.com")
				var mu sync.Mutex
				var tokens []string
				var signingIn sync.WaitGroup
				for range 8 {
					signingIn.Go(func() {
						for {
							_, got, err := h.Browser().Insist(t, "signIn",
								Object{"email": "ada@example.com", "password": Password, "credential": "BEARER"}, "accessToken")
							if err != nil || got.Code() != "" {
								if code := got.Code(); err != nil || code != "INVALID_CREDENTIALS" {
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
					Same(t, "a token of before", h.Bearer(token).Who(), "UNAUTHENTICATED")
				}
			})
		})
	}
}
