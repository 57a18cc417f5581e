package sitetest

import (
	"context"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"usher/auth"
	"usher/command"
	"usher/live"
	"usher/people"
	"usher/role"
	"usher/room"
)

// Run runs a command of the program on the same database.
func (h *House) Run(input string, args ...string) Outcome {
	h.T.Helper()
	var out, err strings.Builder
	status := command.Run(h.T.Context(), append(args, h.Storage...), nil, command.Console{In: strings.NewReader(input), Out: &out, Err: &err})
	return Outcome{status, out.String(), err.String()}
}

// SignedIn returns a browser that is signed in with a password.
func (h *House) SignedIn(email, password string) *Client {
	h.T.Helper()
	c := h.Browser()
	c.Must("signIn", Object{"email": email, "password": password}, "")
	return c
}

// keyFile creates a key file.
func keyFile(t *testing.T) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "key")
	if _, err := room.CreateKeys(file); err != nil {
		t.Fatal(err)
	}
	return file
}

// MustRun runs a command of the program on the same database, beside the server, and returns its output.
func (h *House) MustRun(input string, args ...string) string {
	h.T.Helper()
	return mustRun(h.T, input, append(args, h.Storage...)...)
}

func mustRun(t *testing.T, input string, args ...string) string {
	t.Helper()
	var out, err strings.Builder
	if status := command.Run(t.Context(), args, nil, command.Console{In: strings.NewReader(input), Out: &out, Err: &err}); status != 0 {
		t.Fatalf("usher %s: status %d: %s", strings.Join(args, " "), status, err.String())
	}
	return strings.TrimSpace(out.String())
}

const Password = "correct horse battery"

// Account adds an account. Its name comes from the email's local part. A server in this process does so itself: commands connect to
// the database again, and hash the password, which takes longer than most stories.
func (h *House) Account(email string, flags ...string) {
	h.T.Helper()
	first, last, _ := strings.Cut(strings.SplitN(email, "@", 2)[0], ".")
	n := people.NewUser{Email: email, FirstName: Title(first), LastName: Title(last), Role: role.Member}
	if h.Parts == nil {
		h.MustRun(Password+"\n", append([]string{"user", "add", "--email", email, "--first-name", n.FirstName, "--last-name", n.LastName}, flags...)...)
		return
	}
	if slices.Equal(flags, []string{"--admin"}) {
		n.Role = role.Admin
	} else if len(flags) > 0 {
		h.T.Fatalf("no account is added with %q", flags)
	}
	u, err := h.Parts.People.Add(h.T.Context(), n)
	if err == nil {
		err = h.Parts.Log.Write(h.T.Context(), func(tx *live.Tx) error {
			return tx.User.UpdateOne(u).SetPasswordHash(hashed()).Exec(h.T.Context())
		})
	}
	if err != nil {
		h.T.Fatal(err)
	}
}

// hashed returns the hash of Password.
var hashed = sync.OnceValue(func() string {
	hash, err := auth.NewPasswords(1).Hash(context.Background(), Password)
	if err != nil {
		panic(err)
	}
	return hash
})

func Title(word string) string {
	if word == "" {
		return "Host"
	}
	return strings.ToUpper(word[:1]) + word[1:]
}

// User adds an account and returns a client with its bearer token, which stays valid however the clock moves.
func (h *House) User(email string, flags ...string) *Client {
	h.T.Helper()
	h.Account(email, flags...)
	return h.Bearer(h.token(email))
}

// token creates a bearer token of an account.
func (h *House) token(email string) string {
	h.T.Helper()
	if h.Parts == nil {
		return h.MustRun("", "token", "create", "--email", email, "--ttl", "365d")
	}
	u, err := h.Parts.People.ByEmail(h.T.Context(), email)
	if err != nil {
		h.T.Fatal(err)
	}
	granted, err := h.Parts.Auth.Grant(h.T.Context(), u, 0, auth.MaxTokenTerm)
	if err != nil {
		h.T.Fatal(err)
	}
	return granted.Secret
}

// Disable disables an account with a command.
func (h *House) Disable(email string) {
	h.T.Helper()
	h.MustRun("", "user", "disable", "--email", email)
}

// Enable enables an account with a command.
func (h *House) Enable(email string) {
	h.T.Helper()
	h.MustRun("", "user", "enable", "--email", email)
}

// With returns the house with another key file, with these lines.
func (h *House) With(lines ...string) *House {
	h.T.Helper()
	other := *h
	file := MustWrite(h.T, filepath.Join(h.T.TempDir(), "other"), strings.Join(lines, ""), 0o600)
	other.Storage = []string{h.Storage[0], "--secret-key-file=" + file}
	return &other
}

// Restored stops the site, restores a backup, starts the site again, and returns the command's output. Clients keep their credentials.
func (h *House) Restored(backup string, clients ...*Client) (said string) {
	h.T.Helper()
	h.Stop()
	said = h.MustRun("", "restore", backup)
	h.Serve()
	for _, c := range clients {
		c.URL = h.URL
	}
	return said
}
