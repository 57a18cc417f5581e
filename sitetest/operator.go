package sitetest

import (
	"path/filepath"
	"strings"
	"testing"

	"usher/command"
	"usher/room"
)

// The commands that an operator runs beside the server.

// Run runs a command of the program on the site's database.
func (h *House) Run(input string, args ...string) Outcome {
	h.T.Helper()
	var out, err strings.Builder
	status := command.Run(h.T.Context(), append(args, h.Storage...), nil, command.Console{In: strings.NewReader(input), Out: &out, Err: &err})
	return Outcome{status, out.String(), err.String()}
}

// SignedIn returns a browser that signed in with a password.
func (h *House) SignedIn(email, password string) *Client {
	h.T.Helper()
	c := h.Browser()
	c.Must("signIn", Object{"email": email, "password": password}, "")
	return c
}

// keyFile makes a file with a key that signs links.
func keyFile(t *testing.T) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "key")
	if _, err := room.CreateKeys(file); err != nil {
		t.Fatal(err)
	}
	return file
}

// MustRun runs a command of the program on the site's database and returns what it printed.
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

// Account adds an account with a command. The name comes from the email's local part.
func (h *House) Account(email string, flags ...string) {
	h.T.Helper()
	first, last, _ := strings.Cut(strings.SplitN(email, "@", 2)[0], ".")
	h.MustRun(Password+"\n", append([]string{"user", "add", "--email", email, "--first-name", Title(first), "--last-name", Title(last)},
		flags...)...)
}

func Title(word string) string {
	if word == "" {
		return "Host"
	}
	return strings.ToUpper(word[:1]) + word[1:]
}

// User adds an account and returns a client with a bearer token for a year, so that the clock can move.
func (h *House) User(email string, flags ...string) *Client {
	h.T.Helper()
	h.Account(email, flags...)
	return h.Bearer(h.MustRun("", "token", "create", "--email", email, "--ttl", "365d"))
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

// With returns the house with another key file, which has these lines.
func (h *House) With(lines ...string) *House {
	h.T.Helper()
	other := *h
	file := MustWrite(h.T, filepath.Join(h.T.TempDir(), "other"), strings.Join(lines, ""), 0o600)
	other.Storage = []string{h.Storage[0], "--secret-key-file=" + file}
	return &other
}

// Restored stops the site, restores a backup, serves it again, and returns what the command printed. Clients keep their credentials.
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
