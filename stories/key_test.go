package stories

import (
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"usher/live/livetest"
	. "usher/sitetest"
)

// Links are signed with the site's key, so a site is served only with that key.

const (
	otherKey = "this is not the key that signs the site's links"
	lostKey  = "the key file that signs the site's links is missing"
)

// keyOf returns a line of a key file: a number, and a key made of a letter.
func keyOf(number, letter string) string { return number + " " + strings.Repeat(letter, 43) + "=\n" }

func TestASiteIsNotServedWithAnotherKey(t *testing.T) {
	OnEachUnserved(t, func(t *testing.T, h *House) {
		h = h.With(keyOf("1", "A"))
		h.Serve()
		room := h.Hall(h.User("ada@example.com"), nil)
		ticket := room.Invite("grace@example.org", nil)
		h.Stop()
		for name, lines := range map[string][]string{
			"another key":                {keyOf("1", "E")},
			"another key of two":         {keyOf("2", "E"), keyOf("1", "I")},
			"the key as another number":  {keyOf("2", "A")},
			"its number for another key": {keyOf("1", "E"), keyOf("2", "A")},
		} {
			other := h.With(lines...)
			other.MustNotServe(otherKey)
			if got := other.Run("", "check", "--addr=127.0.0.1:0"); got.Status != 1 || !strings.Contains(got.Out, "FAIL  key         secret-key-file: ") ||
				!strings.Contains(got.Out, otherKey) {
				t.Errorf("check with %s: status %d, said\n%s", name, got.Status, got.Out)
			}
		}
		Same(t, "check with its own", strings.Contains(h.MustRun("", "check", "--addr=127.0.0.1:0"), " signs the site's links\n"), true)
		h.Serve()
		Same(t, "the link", h.Opens(ticket), "")
	})
}

func TestKeysFollowTheKeyFile(t *testing.T) {
	OnEachUnserved(t, func(t *testing.T, h *House) {
		serve := func(lines ...string) *House {
			t.Helper()
			next := h.With(lines...)
			next.Serve()
			return next
		}
		a, b := keyOf("1", "A"), keyOf("2", "E")
		now := serve(a)
		room := now.Hall(now.User("ada@example.com"), nil)
		old := room.Invite("grace@example.org", nil)
		now.Stop()
		for _, lines := range [][]string{{a, b}, {b, a}} {
			now = serve(lines...)
			Same(t, "the link of the first key", now.Opens(old), "")
			now.Stop()
		}
		h.With(a).MustNotServe(otherKey) // it could not read the new links
		now = serve(b)
		Same(t, "the link of the key that is deleted", now.Opens(old), "LINK_NOT_VALID")
		room.Host = now.At(room.Host)
		_, copied, _ := strings.Cut(old.Now().Text("link"), "#")
		Same(t, "the link copied again", now.Opens(&Ticket{Token: copied}), "")
		now.Stop()
		h.With(a).MustNotServe(otherKey)
	})
}

func TestALostKeyIsReplacedOnlyOnPurpose(t *testing.T) {
	OnEachUnserved(t, func(t *testing.T, h *House) {
		h.Serve()
		room := h.Hall(h.User("ada@example.com"), nil)
		guest := room.Invite("grace@example.org", nil).BearerGuest()
		ticket := room.Invite("alan@example.org", nil)
		h.Stop()
		next := h.With(keyOf("1", "A"))
		next.MustNotServe("if it is lost, run usher key replace to use this one, then copy every link again")
		said := next.MustRun("", "key", "replace")
		Same(t, "it says what that means", strings.Contains(said, "Links that another key signed are invalid; copy them again"), true)
		Same(t, "once", strings.Contains(next.MustRun("", "key", "replace"), "nothing has changed"), true)
		h.MustNotServe(otherKey)
		next.Serve()
		room.Host = next.At(room.Host)
		Same(t, "who is in", next.At(guest).MustAsk(`{ me { participants { id } } }`, nil).At("me.participants") != nil, true)
		Same(t, "a link from before", next.Opens(ticket), "LINK_NOT_VALID")
		_, ticket.Token, _ = strings.Cut(ticket.Now().Text("link"), "#")
		next.Browser().Redeem(ticket)
	})
}

func TestASiteWithoutAKeyAdoptsTheGivenKey(t *testing.T) {
	OnEachUnserved(t, func(t *testing.T, h *House) {
		h.Serve()
		h.Stop()
		if _, err := h.DB().ExecContext(t.Context(), "DELETE FROM link_key"); err != nil { // as an older version left it
			t.Fatal(err)
		}
		next := h.With(keyOf("1", "A"))
		Same(t, "check", strings.Contains(next.MustRun("", "check", "--addr=127.0.0.1:0"), " can be read\n"), true)
		next.Serve()
		next.Stop()
		h.MustNotServe(otherKey)
	})
}

func TestServersThatStartASiteAtOnceAgreeOnOneKey(t *testing.T) {
	livetest.Long(t)
	t.Parallel()
	h := NewHouse(t, livetest.Postgres(t))
	all := []*House{h.With(keyOf("1", "A")), h.With(keyOf("1", "A")), h.With(keyOf("1", "E")), h.With(keyOf("1", "E"))}
	started := make([]*Usher, len(all))
	var starting sync.WaitGroup
	for i, h := range all {
		starting.Go(func() { started[i] = h.Launch() })
	}
	starting.Wait()
	serves := func(i int) bool { return started[i].URL != "" }
	if serves(0) == serves(2) || serves(0) != serves(1) || serves(2) != serves(3) {
		t.Errorf("those that serve: %t %t, and with the other key %t %t", serves(0), serves(1), serves(2), serves(3))
	}
	for i, u := range started {
		if status := u.Stop(); !serves(i) && (status != 1 || !strings.Contains(u.Log.String(), otherKey)) {
			t.Errorf("status %d, said %s", status, u.Log)
		}
	}
}

func TestABackupIsServedOnlyWithTheKeyOfItsSite(t *testing.T) {
	t.Parallel()
	at := func() *House { // the key is beside the database
		h := NewHouse(t, livetest.SQLite(t))
		h.Storage = h.Storage[:1]
		return h
	}
	key := func(h *House) string { return strings.TrimSuffix(h.File(), ".db") + ".key" }
	old, now := at(), at()
	old.Serve()
	ticket := old.Hall(old.User("ada@example.com"), nil).Invite("grace@example.org", nil)
	backup := filepath.Join(t.TempDir(), "copy.db")
	old.MustRun("", "backup", backup)
	old.Stop()

	Same(t, "restoring without the key", strings.Contains(now.MustRun("", "restore", backup), lostKey), true)
	now.MustNotServe(lostKey)
	if got := now.Run("", "check", "--addr=127.0.0.1:0"); got.Status != 1 || !strings.Contains(got.Out, lostKey) {
		t.Errorf("check: status %d, said\n%s", got.Status, got.Out)
	}
	if _, err := os.Stat(key(now)); err == nil {
		t.Fatal("it made a key")
	}
	MustWrite(t, key(now), MustReadFile(t, key(old)), 0o600)
	said := now.MustRun("", "restore", backup)
	Same(t, "restoring with the key", []bool{strings.HasPrefix(said, now.File()+" is restored from "+backup+"\n"), strings.Contains(said, lostKey)}, []bool{true, false})
	now.Serve()
	Same(t, "the link of before", now.Opens(ticket), "LINK_REPLACED")
	now.Stop()

	if err := os.Remove(key(now)); err != nil {
		t.Fatal(err)
	}
	now.MustRun("", "key", "replace")
	now.Serve()
	Same(t, "the link when the key is lost", now.Opens(ticket), "LINK_NOT_VALID")
}
