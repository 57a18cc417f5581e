package sitetest

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"usher/ent/invitation"
	"usher/live"
)

// Happening is an event as stored in the database.
type Happening struct {
	revision                 int
	Kind, Actor, participant string
	Detail                   Object
}

// Participant returns the id of the participant whom it is about.
func (e Happening) Participant() string { return e.participant }

// reader is a database or one of its transactions.
type reader interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

func MustReadLog(t *testing.T, db reader, roomID string, after int) (log []Happening) {
	t.Helper()
	rows, err := db.QueryContext(t.Context(),
		`SELECT revision, kind, actor, participant_id, detail FROM events WHERE room_id = $1 ORDER BY revision`, roomID)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for want := 1; rows.Next(); want++ {
		var e Happening
		var detail []byte
		if err := rows.Scan(&e.revision, &e.Kind, &e.Actor, &e.participant, &detail); err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(detail, &e.Detail); err != nil {
			t.Fatal(err)
		}
		if e.revision != want {
			t.Fatalf("revision %d follows %d", e.revision, want-1)
		}
		if e.revision > after {
			log = append(log, e)
		}
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return log
}

func (h *House) Opened() int {
	h.T.Helper()
	return h.Parts.Database.Read.Invitation.Query().Where(invitation.OpenedAtNotNil()).CountX(h.T.Context())
}

// MustWrite writes to the site's database without a use case.
func (h *House) MustWrite(fn func(ctx context.Context, tx *live.Tx) error) {
	h.T.Helper()
	ctx := context.Background()
	if err := h.Parts.Log.Write(ctx, func(tx *live.Tx) error { return fn(ctx, tx) }); err != nil {
		h.T.Fatal(err)
	}
}

// Retain deletes expired data and returns what the log says about it.
func (h *House) Retain() (said []string) {
	h.T.Helper()
	before := len(h.Log.String())
	if err := h.Parts.Clock.Retain(context.Background(), h.Now()); err != nil {
		h.T.Fatal(err)
	}
	for line := range strings.Lines(h.Log.String()[before:]) {
		if _, counts, ok := strings.Cut(line, `msg="deleted expired data" `); ok {
			said = append(said, strings.TrimSpace(counts))
		}
	}
	return said
}

func (h *House) Places() string {
	h.T.Helper()
	read := h.Parts.Database.Read
	count := func(n int, err error) int {
		if err != nil {
			h.T.Fatal(err)
		}
		return n
	}
	ctx := context.Background()
	return fmt.Sprintf("%d participants, %d invitations, %d devices",
		count(read.Participant.Query().Count(ctx)), count(read.Invitation.Query().Count(ctx)), count(read.Device.Query().Count(ctx)))
}

// Waiting reports whether a PostgreSQL transaction waits for another one.
func (h *House) Waiting() bool {
	var n int
	if err := h.DB().QueryRowContext(context.Background(),
		"SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'").Scan(&n); err != nil {
		h.T.Error(err)
	}
	return n > 0
}

// Contents returns the whole content of the database: the files of SQLite with all that lie beside it, every row of every table of PostgreSQL
// and its planner's samples.
func (h *House) Contents() (all []byte) {
	h.T.Helper()
	databaseURL := strings.TrimPrefix(h.Storage[0], "--database-url=")
	if file, ok := live.SQLiteFile(databaseURL); ok {
		for _, name := range MustList(h.T, filepath.Dir(file)) {
			text, err := os.ReadFile(filepath.Join(filepath.Dir(file), name))
			if err != nil {
				h.T.Fatal(err)
			}
			all = append(all, text...)
		}
		return all
	}
	for _, table := range h.texts(`SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename`) {
		for _, row := range h.texts(`SELECT t::text FROM ` + table + ` t`) {
			all = append(append(all, row...), '\n')
		}
	}
	for _, sample := range h.texts(`SELECT s::text FROM pg_stats s WHERE schemaname = 'public'`) {
		all = append(append(all, sample...), '\n')
	}
	return all
}

func (h *House) texts(query string) (all []string) {
	h.T.Helper()
	rows, err := h.DB().QueryContext(h.T.Context(), query)
	if err != nil {
		h.T.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var text string
		if err := rows.Scan(&text); err != nil {
			h.T.Fatal(err)
		}
		all = append(all, text)
	}
	if err := rows.Err(); err != nil {
		h.T.Fatal(err)
	}
	return all
}

// File returns the SQLite database's file.
func (h *House) File() string {
	h.T.Helper()
	file, ok := live.SQLiteFile(strings.TrimPrefix(h.Storage[0], "--database-url="))
	if !ok {
		h.T.Fatal("this is no SQLite database")
	}
	return file
}
