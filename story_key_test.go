package main

import (
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"usher/live/livetest"
)

// Links are signed with the site's key, so a site is served with that key or not at all.

const (
	otherKey = "this is not the key that signs the site's links"
	lostKey  = "the key file that signs the site's links is missing"
)

// keyOf is a line of a key file: the key of a letter, under a number.
func keyOf(number, letter string) string { return number + " " + strings.Repeat(letter, 43) + "=\n" }

// With is the house with another key file, which holds these lines.
func (h *house) With(lines ...string) *house {
	h.t.Helper()
	other := *h
	file := mustWrite(h.t, filepath.Join(h.t.TempDir(), "other"), strings.Join(lines, ""), 0o600)
	other.storage = []string{h.storage[0], "--secret-key-file=" + file}
	return &other
}

// opens is the code that a look at the link of a ticket answers, at the house as it is served now; empty where it opens.
func (h *house) opens(k *ticket) string {
	h.t.Helper()
	return h.Browser().Look(k.token).Text("problem.code")
}

func TestASiteIsNotServedWithAnotherKey(t *testing.T) {
	onEachEmpty(t, func(t *testing.T, h *house) {
		h = h.With(keyOf("1", "A"))
		h.Serve()
		room := h.Hall(h.User("ada@example.com"), nil)
		ticket := room.Invite("grace@example.org", nil)
		h.stop()
		for name, lines := range map[string][]string{
			"another key":                {keyOf("1", "E")},
			"another key of two":         {keyOf("2", "E"), keyOf("1", "I")},
			"the key as another number":  {keyOf("2", "A")},
			"its number for another key": {keyOf("1", "E"), keyOf("2", "A")},
		} {
			other := h.With(lines...)
			other.MustNotServe(otherKey)
			if got := other.Run("", "check", "--addr=127.0.0.1:0"); got.status != 1 || !strings.Contains(got.out, "FAIL  key         secret-key-file: ") ||
				!strings.Contains(got.out, otherKey) {
				t.Errorf("check with %s: status %d, said\n%s", name, got.status, got.out)
			}
		}
		same(t, "check with its own", strings.Contains(h.MustRun("", "check", "--addr=127.0.0.1:0"), " signs the site's links\n"), true)
		h.Serve()
		same(t, "the link", h.opens(ticket), "")
	})
}

func TestKeysChangeAsTheKeyFileSays(t *testing.T) {
	onEachEmpty(t, func(t *testing.T, h *house) {
		serve := func(lines ...string) *house {
			t.Helper()
			next := h.With(lines...)
			next.Serve()
			return next
		}
		a, b := keyOf("1", "A"), keyOf("2", "E")
		now := serve(a)
		room := now.Hall(now.User("ada@example.com"), nil)
		old := room.Invite("grace@example.org", nil)
		now.stop()
		for _, lines := range [][]string{{a, b}, {b, a}} {
			now = serve(lines...)
			same(t, "the link of the first key", now.opens(old), "")
			now.stop()
		}
		h.With(a).MustNotServe(otherKey) // it could not read the links that are made now
		now = serve(b)
		same(t, "the link of the key that is deleted", now.opens(old), "LINK_NOT_VALID")
		room.host = now.at(room.host)
		_, copied, _ := strings.Cut(old.Now().Text("link"), "#")
		same(t, "the link copied again", now.opens(&ticket{token: copied}), "")
		now.stop()
		h.With(a).MustNotServe(otherKey)
	})
}

func TestALostKeyIsReplacedOnPurposeAlone(t *testing.T) {
	onEachEmpty(t, func(t *testing.T, h *house) {
		h.Serve()
		room := h.Hall(h.User("ada@example.com"), nil)
		guest := room.Invite("grace@example.org", nil).bearerGuest()
		ticket := room.Invite("alan@example.org", nil)
		h.stop()
		next := h.With(keyOf("1", "A"))
		next.MustNotServe("if it is lost, run usher key replace to use this one, then copy every link again")
		said := next.MustRun("", "key", "replace")
		same(t, "it says what that means", strings.Contains(said, "Links that another key signed are invalid; copy them again"), true)
		same(t, "once", strings.Contains(next.MustRun("", "key", "replace"), "nothing has changed"), true)
		h.MustNotServe(otherKey)
		next.Serve()
		room.host = next.at(room.host)
		same(t, "who is in", next.at(guest).MustAsk(`{ me { participants { id } } }`, nil).At("me.participants") != nil, true)
		same(t, "a link from before", next.opens(ticket), "LINK_NOT_VALID")
		_, ticket.token, _ = strings.Cut(ticket.Now().Text("link"), "#")
		next.Browser().Redeem(ticket)
	})
}

func TestASiteWithoutAKeyYetTakesTheOneAtHand(t *testing.T) {
	onEachEmpty(t, func(t *testing.T, h *house) {
		h.Serve()
		h.stop()
		if _, err := h.DB().ExecContext(t.Context(), "DELETE FROM link_key"); err != nil { // as an older program left it
			t.Fatal(err)
		}
		next := h.With(keyOf("1", "A"))
		same(t, "check", strings.Contains(next.MustRun("", "check", "--addr=127.0.0.1:0"), " can be read\n"), true)
		next.Serve()
		next.stop()
		h.MustNotServe(otherKey)
	})
}

func TestOfServersThatStartASiteAtOnceThoseWithOneKeyServeIt(t *testing.T) {
	t.Parallel()
	h := newHouse(t, livetest.Postgres(t))
	all := []*house{h.With(keyOf("1", "A")), h.With(keyOf("1", "A")), h.With(keyOf("1", "E")), h.With(keyOf("1", "E"))}
	started := make([]*usher, len(all))
	var starting sync.WaitGroup
	for i, h := range all {
		starting.Go(func() { started[i] = h.Launch() })
	}
	starting.Wait()
	serves := func(i int) bool { return started[i].url != "" }
	if serves(0) == serves(2) || serves(0) != serves(1) || serves(2) != serves(3) {
		t.Errorf("those that serve: %t %t, and with the other key %t %t", serves(0), serves(1), serves(2), serves(3))
	}
	for i, u := range started {
		if status := u.stop(); !serves(i) && (status != 1 || !strings.Contains(u.log.String(), otherKey)) {
			t.Errorf("status %d, said %s", status, u.log)
		}
	}
}

func TestABackupIsServedWithTheKeyThatItsSiteHad(t *testing.T) {
	t.Parallel()
	at := func() *house { // the key lies beside the database
		h := newHouse(t, livetest.SQLite(t))
		h.storage = h.storage[:1]
		return h
	}
	key := func(h *house) string { return strings.TrimSuffix(h.file(), ".db") + ".key" }
	old, now := at(), at()
	old.Serve()
	ticket := old.Hall(old.User("ada@example.com"), nil).Invite("grace@example.org", nil)
	backup := filepath.Join(t.TempDir(), "copy.db")
	old.MustRun("", "backup", backup)
	old.stop()

	same(t, "restoring without the key", strings.Contains(now.MustRun("", "restore", backup), lostKey), true)
	now.MustNotServe(lostKey)
	if got := now.Run("", "check", "--addr=127.0.0.1:0"); got.status != 1 || !strings.Contains(got.out, lostKey) {
		t.Errorf("check: status %d, said\n%s", got.status, got.out)
	}
	if _, err := os.Stat(key(now)); err == nil {
		t.Fatal("it made a key")
	}
	mustWrite(t, key(now), mustReadFile(t, key(old)), 0o600)
	said := now.MustRun("", "restore", backup)
	same(t, "restoring with the key", []bool{strings.HasPrefix(said, now.file()+" is restored from "+backup+"\n"), strings.Contains(said, lostKey)}, "[true false]")
	now.Serve()
	same(t, "the link of before", now.opens(ticket), "LINK_REPLACED")
	now.stop()

	if err := os.Remove(key(now)); err != nil {
		t.Fatal(err)
	}
	now.MustRun("", "key", "replace")
	now.Serve()
	same(t, "the link when the key is lost", now.opens(ticket), "LINK_NOT_VALID")
}
