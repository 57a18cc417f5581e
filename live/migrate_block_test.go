package live_test

import (
	"fmt"
	"testing"

	"usher/ent/participant"
	"usher/live/livetest"
)

func TestL7_TheUpgradeBlocksAllPlacesOfABlockedEmail(t *testing.T) {
	livetest.EachEmpty(t, func(t *testing.T, databaseURL string) {
		db := livetest.MustMigrateTo(t, databaseURL, 20261123234534)
		const at = "'2026-11-20 10:00:00+00:00'"
		rows := []string{
			"INSERT INTO rooms (id, title, created_at) VALUES ('r', 'Room', " + at + ")",
			"INSERT INTO sessions (id, room_id, starts_at, created_at) VALUES ('s', 'r', " + at + ", " + at + ")",
		}
		for _, u := range []string{"eve", "mia"} {
			rows = append(rows, fmt.Sprintf("INSERT INTO users (id, email, email_typed, first_name, last_name, created_at) VALUES ('%s', '%s', '%s', 'A', 'B', %s)", u, u, u, at))
		}
		rows = append(rows, "INSERT INTO managers (room_id, user_id, role, created_at) VALUES ('r', 'mia', 'OWNER', "+at+")")
		for _, p := range []struct{ id, email, user, state string }{
			{"eve as guest", "eve", "NULL", "BLOCKED"},
			{"eve", "eve", "'eve'", "IN_ROOM"},
			{"mia as guest", "mia", "NULL", "BLOCKED"},
			{"mia", "mia", "'mia'", "IN_ROOM"},
			{"another", "other", "NULL", "WAITING"},
		} {
			rows = append(rows, fmt.Sprintf("INSERT INTO participants (id, room_id, session_id, user_id, email, display_name, state, role, created_at) "+
				"VALUES ('%s', 'r', 's', %s, '%s', 'A', '%s', 'VIEWER', %s)", p.id, p.user, p.email, p.state, at))
		}
		for _, row := range rows {
			if _, err := db.ExecContext(t.Context(), row); err != nil {
				t.Fatalf("%s: %v", row, err)
			}
		}
		now := livetest.MustOpen(t, databaseURL)
		for id, want := range map[string]participant.State{
			"eve": "BLOCKED", "eve as guest": "BLOCKED", "mia": "IN_ROOM", "mia as guest": "BLOCKED", "another": "WAITING",
		} {
			p, err := now.Read.Participant.Get(t.Context(), id)
			if err != nil {
				t.Fatal(err)
			}
			if p.State != want {
				t.Errorf("%s is %s, want %s", id, p.State, want)
			}
		}
		u, err := now.Read.User.Get(t.Context(), "eve")
		if err != nil || u.CredentialEpoch != 0 {
			t.Errorf("the account is %v, %v", u, err)
		}
	})
}
