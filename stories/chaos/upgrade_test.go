package chaos

import (
	"context"
	"database/sql"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"time"

	"usher/auth"
	"usher/live/livetest"
	"usher/room"
	. "usher/sitetest"
)

const (
	// beforeChunks is the version of a site whose searches had another table.
	beforeChunks = 20261126203502
	// oldAccounts are so many that preparing them takes several transactions.
	oldAccounts    = 70_000
	oldRooms       = 500
	oldInvitations = 4000
)

func oldEmail(i int) string { return fmt.Sprintf("person%06d@example.org", i) }

func oldPublicID(i int) [16]byte { return [16]byte(fmt.Appendf(nil, "%016d", i)) }

// fill writes the rows of a site that was in use: accounts, rooms with a planned session, and invitations. Account 0 manages the rooms.
func fill(t *testing.T, db *sql.DB, sqlite bool) {
	t.Helper()
	tx, err := db.BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	insert := func(into string, n int, values func(i int) string) {
		t.Helper()
		for from := 0; from < n; from += 500 {
			rows := make([]string, 0, 500)
			for i := from; i < min(n, from+500); i++ {
				rows = append(rows, "("+values(i)+")")
			}
			if _, err := tx.ExecContext(t.Context(), "INSERT INTO "+into+" VALUES "+strings.Join(rows, ",")); err != nil {
				t.Fatalf("%s: %v", into, err)
			}
		}
	}
	hash, err := auth.NewPasswords(1).Hash(t.Context(), Password)
	if err != nil {
		t.Fatal(err)
	}
	stamp := func(at time.Time) string { return "'" + at.UTC().Format("2006-01-02 15:04:05+00:00") + "'" }
	then, soon := stamp(time.Now().Add(-time.Hour)), stamp(time.Now().Add(time.Hour))
	insert("users (id, email, email_typed, first_name, last_name, site_role, password_hash, disabled_at, created_at)", oldAccounts, func(i int) string {
		email, disabled := oldEmail(i), "NULL"
		if i == 1 {
			disabled = then
		}
		return fmt.Sprintf("'u%d', '%s', '%s', 'Given%06d', 'Family%02d', 'MEMBER', '%s', %s, %s", i, email, email, i, i%100, hash, disabled, then)
	})
	insert("rooms (id, title, created_at)", oldRooms, func(i int) string { return fmt.Sprintf("'r%d', 'Room %d', %s", i, i, then) })
	insert("managers (room_id, user_id, role, created_at)", oldRooms, func(i int) string { return fmt.Sprintf("'r%d', 'u0', 'OWNER', %s", i, then) })
	insert("sessions (id, room_id, starts_at, created_at)", oldRooms, func(i int) string { return fmt.Sprintf("'s%d', 'r%d', %s, %s", i, i, soon, then) })
	if _, err := tx.ExecContext(t.Context(), "UPDATE rooms SET current_session_id = 's' || substr(id, 2)"); err != nil {
		t.Fatal(err)
	}
	insert("invitations (id, public_id, email, email_typed, first_name, last_name, role, created_at, room_id, session_id, invited_by_id)", oldInvitations, func(i int) string {
		publicID := fmt.Sprintf(`'\x%x'`, oldPublicID(i))
		if sqlite {
			publicID = fmt.Sprintf("X'%x'", oldPublicID(i))
		}
		email := fmt.Sprintf("invited%d@example.net", i)
		return fmt.Sprintf("'i%d', %s, '%s', '%s', 'Guest', 'Number%d', 'SPEAKER', %s, 'r%d', 's%d', 'u0'", i, publicID, email, email, i, then, i%oldRooms, i%oldRooms)
	})
	if err := tx.Commit(); err != nil {
		t.Fatal(err)
	}
}

// starting is the program in its own process, before it is ready.
type starting struct {
	cmd  *exec.Cmd
	site string
}

func begin(t *testing.T, h *House) *starting {
	t.Helper()
	at := MustFindPort(t)
	c := &starting{exec.CommandContext(t.Context(), os.Args[0], append([]string{"--addr=" + at}, h.Storage...)...), "http://" + at}
	c.cmd.Env = []string{"TEST_AS_PROGRAM=1"}
	if err := c.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.kill)
	return c
}

func (c *starting) kill() {
	_ = c.cmd.Process.Kill()
	_ = c.cmd.Wait()
}

// answers returns the status and Retry-After of each address, or nil while nobody listens.
func (c *starting) answers(ctx context.Context, paths ...string) (got []string) {
	for _, path := range paths {
		r, err := http.NewRequestWithContext(ctx, http.MethodGet, c.site+path, nil)
		if err != nil {
			return nil
		}
		answer, err := http.DefaultClient.Do(r)
		if err != nil {
			return nil
		}
		_ = answer.Body.Close()
		got = append(got, strings.TrimSpace(fmt.Sprintln(path, answer.StatusCode, answer.Header.Get("Retry-After"))))
	}
	return got
}

// mustCount counts rows beside the server. It returns 0 if there is no such table yet.
func mustCount(t *testing.T, h *House, query string) (n int) {
	t.Helper()
	if err := h.DB().QueryRowContext(t.Context(), query).Scan(&n); err != nil {
		return 0
	}
	return n
}

const (
	countChunks = "SELECT COUNT(*) FROM search_chunks"
	countFresh  = "SELECT COUNT(*) FROM users WHERE search_position = 0"
)

func TestAStartThatWasKilledWhileItPreparedAnOldDatabaseIsFinishedByTheNext(t *testing.T) {
	livetest.Long(t)
	t.Parallel()
	livetest.EachEmpty(t, func(t *testing.T, databaseURL string) {
		t.Parallel()
		h := NewHouse(t, databaseURL)
		fill(t, livetest.MustMigrateTo(t, databaseURL, beforeChunks), strings.HasPrefix(databaseURL, "sqlite:"))
		first := begin(t, h)
		var answered []string
		within := time.NewTimer(2 * time.Minute)
		for tick := time.NewTicker(5 * time.Millisecond); mustCount(t, h, countChunks) == 0; {
			if answered == nil {
				answered = first.answers(t.Context(), "/healthz", "/readyz", "/")
			}
			select {
			case <-tick.C:
			case <-within.C:
				t.Fatal("nothing was prepared")
			}
		}
		first.kill()
		Same(t, "while it prepares", answered, []string{"/healthz 200", "/readyz 503", "/ 503 5"})
		left := mustCount(t, h, countFresh)
		if left == 0 || left >= oldAccounts-1 {
			t.Fatalf("the killed start left %d of %d accounts", left, oldAccounts-1)
		}

		second := h.ServeApart()
		for _, line := range []string{fmt.Sprintf(`work="prepare searches" of=%d`, left), fmt.Sprintf(`is prepared" work="prepare searches" done=%d`, left)} {
			if !strings.Contains(second.Log.String(), line) {
				t.Errorf("the log lacks %q:\n%s", line, second.Log)
			}
		}
		if strings.Contains(second.Log.String(), "update tables") {
			t.Errorf("the tables were up to date:\n%s", second.Log)
		}
		Same(t, "the accounts that are left", mustCount(t, h, countFresh), 0)
		mustWorkAsBefore(t, h)
	})
}

// mustWorkAsBefore checks what people of the old site do: sign in, search, invite, and open links from before the upgrade.
func mustWorkAsBefore(t *testing.T, h *House) {
	t.Helper()
	host := h.SignedIn(oldEmail(0), Password)
	find := func(query string) []string {
		t.Helper()
		found := host.MustAsk(`query($query: String!) { userSearch(roomId: "r7", query: $query, first: 20) { user { email } } }`, Object{"query": query})
		emails := []string{}
		for _, match := range found.List("userSearch") {
			emails = append(emails, match.Text("user.email"))
		}
		slices.Sort(emails)
		return emails
	}
	for _, i := range []int{2, 300, 9999, 33_000, oldAccounts - 1} {
		Same(t, fmt.Sprintf("who is found by names of account %d", i), find(fmt.Sprintf("Given%06d Family%02d", i, i%100))[0], oldEmail(i))
		Same(t, "and by address", find(oldEmail(i)), []string{oldEmail(i)})
	}
	Same(t, "who is found of disabled accounts", find(oldEmail(1)), []string{})
	Same(t, "who is found of many", len(find("family42")), 20)

	before := host.MustAsk(`{ invitedBefore(roomId: "r7", query: "number3507", first: 20) { last { email } } }`, nil)
	Same(t, "who was invited before", before.Texts("invitedBefore", "last.email"), []string{"invited3507@example.net"})
	keys, err := room.ReadKeys(strings.TrimPrefix(h.Storage[1], "--secret-key-file="))
	if err != nil {
		t.Fatal(err)
	}
	hall := &Hall{H: h, Host: host, ID: "r7", Session: "s7"}
	guest := h.Browser()
	guest.Redeem(&Ticket{Hall: hall, ID: "i3507", Email: "invited3507@example.net", Token: keys.Token(oldPublicID(3507), 1)})
	hall.Command("startSession")
	guest.Enter(hall)
	h.Browser().Redeem(hall.Invite(oldEmail(33_000), nil))
	Same(t, "somebody else signs in", h.SignedIn(oldEmail(33_000), Password).Who(), oldEmail(33_000))
}
