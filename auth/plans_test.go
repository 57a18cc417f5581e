package auth

import (
	"strings"
	"testing"

	"entgo.io/ent/dialect"
	"entgo.io/ent/dialect/sql"

	"usher/ent/guesttoken"
	"usher/ent/invitation"
	"usher/live/livetest"
)

// Each request of a guest looks for what the device redeemed. It must not cost more the more invitations a site has.
func TestLookingForADevicesInvitationsReadsNoOthers(t *testing.T) {
	url := livetest.SQLite(t)
	livetest.MustOpen(t, url)
	db := livetest.MustConnect(t, url)
	for name, selects := range map[string]func(s *sql.Selector){
		"of a device": func(s *sql.Selector) { OnDevices([]byte("a"))(s); Enabled(s) },
		"of a device or by id": func(s *sql.Selector) {
			invitation.Or(OnDevices([]byte("a"), []byte("b")), invitation.ID("i_1"))(s)
			Enabled(s)
		},
		"the tokens of an address": func(s *sql.Selector) {
			s.From(sql.Dialect(dialect.SQLite).Table(guesttoken.Table))
			ofInvitationsTo([]string{"ada@example.org"})(s)
		},
	} {
		s := sql.Dialect(dialect.SQLite).Select("*").From(sql.Dialect(dialect.SQLite).Table(invitation.Table))
		selects(s)
		query, args := s.Query()
		rows, err := db.QueryContext(t.Context(), "EXPLAIN QUERY PLAN "+query, args...)
		if err != nil {
			t.Fatal(err)
		}
		steps := 0
		for rows.Next() {
			var id, parent, unused int
			var detail string
			if err := rows.Scan(&id, &parent, &unused, &detail); err != nil {
				t.Fatal(err)
			}
			if steps++; strings.HasPrefix(detail, "SCAN") {
				t.Errorf("%s: %s\n%s", name, detail, query)
			}
		}
		if err := rows.Err(); err != nil || steps == 0 {
			t.Errorf("%s: %d steps, %v", name, steps, err)
		}
		_ = rows.Close()
	}
}
