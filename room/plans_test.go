package room

import (
	"strings"
	"testing"

	"entgo.io/ent/dialect"
	"entgo.io/ent/dialect/sql"

	"usher/ent"
	"usher/ent/participant"
	"usher/live/livetest"
	"usher/role"
)

// Each viewer who enters reads the list. It must not cost more the more viewers are there.
func TestAViewersListOfPeopleReadsNoOtherViewers(t *testing.T) {
	url := livetest.SQLite(t)
	livetest.MustOpen(t, url)
	db := livetest.MustConnect(t, url)
	session := "s_1"
	r := &Room{&ent.Room{CurrentSessionID: &session}, Sight{
		Standing: role.Standing{Place: role.Viewer, InRoom: true}, Own: &ent.Participant{ID: "p_1", SessionID: session, Role: role.Viewer},
	}}
	visible, err := r.visiblePeople()
	if err != nil {
		t.Fatal(err)
	}
	s := sql.Dialect(dialect.SQLite).Select("*").From(sql.Dialect(dialect.SQLite).Table(participant.Table))
	visible(s)
	participant.StateIn(participant.StateInRoom)(s)
	query, args := s.Query()
	rows, err := db.QueryContext(t.Context(), "EXPLAIN QUERY PLAN "+query, args...)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	var plan []string
	for rows.Next() {
		var id, parent, unused int
		var detail string
		if err := rows.Scan(&id, &parent, &unused, &detail); err != nil {
			t.Fatal(err)
		}
		plan = append(plan, detail)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	steps := strings.Join(plan, "\n")
	if !strings.Contains(steps, "participant_session_id_role") || strings.Contains(steps, "SCAN") || strings.Contains(steps, "(session_id=? AND state=?)") {
		t.Errorf("the plan is\n%s\n%s", steps, query)
	}
}
