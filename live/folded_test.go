package live_test

import (
	"context"
	"fmt"
	"io/fs"
	"testing"
	"time"

	"github.com/pressly/goose/v3"

	"usher/ent/migrate"
	"usher/live"
	"usher/live/livetest"
	"usher/text"
)

func TestTheUpgradeFoldsNamesThatAreStoredAlready(t *testing.T) {
	const before, rows = 20261127041137, 1201 // more than two of the migration's steps
	livetest.EachEmpty(t, func(t *testing.T, databaseURL string) {
		dialect, folder := goose.DialectPostgres, "postgres"
		if _, ok := live.SQLiteFile(databaseURL); ok {
			dialect, folder = goose.DialectSQLite3, "sqlite"
		}
		db := livetest.MustConnect(t, databaseURL)
		versions, err := fs.Sub(migrate.Versions, folder)
		if err != nil {
			t.Fatal(err)
		}
		old, err := goose.NewProvider(dialect, db, versions)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := old.UpTo(t.Context(), before); err != nil {
			t.Fatal(err)
		}
		const at = "'2026-11-20 10:00:00+00:00'"
		insert := []string{
			"INSERT INTO rooms (id, title, description, created_at) VALUES ('r', 'Straße', 'In Łódź', " + at + ")",
			"INSERT INTO sessions (id, room_id, starts_at, created_at) VALUES ('s', 'r', " + at + ", " + at + ")",
			"INSERT INTO users (id, email, email_typed, first_name, last_name, created_at) VALUES ('u', 'u', 'u', 'A', 'B', " + at + ")",
		}
		id := func(n int) string { return fmt.Sprintf("%05d", n) }
		email := func(n int) string { return id(n) + "é@xn--bcher-kva.example" }
		for n := range rows {
			insert = append(insert, fmt.Sprintf("INSERT INTO participants (id, room_id, session_id, email, display_name, state, role, created_at) "+
				"VALUES ('%s', 'r', 's', '%s', 'José %s', 'LEFT', 'VIEWER', %s)", id(n), email(n), id(n), at))
			insert = append(insert, fmt.Sprintf("INSERT INTO invitations (id, public_id, room_id, session_id, invited_by_id, email, email_typed, "+
				"first_name, last_name, role, created_at) VALUES ('%s', '%s', 'r', 's', 'u', '%s', '', 'José', 'O’Brien %s', 'VIEWER', %s)", id(n), id(n), email(n), id(n), at))
		}
		tx, err := db.BeginTx(t.Context(), nil)
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range insert {
			if _, err := tx.ExecContext(t.Context(), row); err != nil {
				t.Fatalf("%s: %v", row, err)
			}
		}
		if err := tx.Commit(); err != nil {
			t.Fatal(err)
		}
		now := livetest.MustOpen(t, databaseURL)
		room, err := now.Read.Room.Get(t.Context(), "r")
		if err != nil || room.Folded != " strasse in lodz" {
			t.Errorf("the room is %q, %v", room.Folded, err)
		}
		for n := range rows {
			i, err := now.Read.Invitation.Get(t.Context(), id(n))
			if want := " jose obrien " + id(n); err != nil || i.NameFolded != want || i.EmailFolded != text.SearchableEmail(email(n)) {
				t.Fatalf("invitation %d is %q, %q, %v", n, i.NameFolded, i.EmailFolded, err)
			}
			p, err := now.Read.Participant.Get(t.Context(), id(n))
			if want := " jose " + id(n); err != nil || p.NameFolded != want || p.EmailFolded != text.SearchableEmail(email(n)) {
				t.Fatalf("participant %d is %q, %q, %v", n, p.NameFolded, p.EmailFolded, err)
			}
		}
	})
}

func TestTextsThatAreFoldedTogetherAreWrittenTogether(t *testing.T) {
	_, log := mustLog(t, livetest.EmptySQLite(t))
	roomID := mustRoom(t, log)
	rename := func(ctx context.Context, tx *live.Tx) error {
		return tx.Room.UpdateOneID(roomID).SetTitle("Other").Exec(ctx)
	}
	if err := log.Write(t.Context(), func(tx *live.Tx) error { return rename(t.Context(), tx) }); err == nil {
		t.Error("the title was written without the description, and its folded form is out of date")
	}
	if err := log.Write(t.Context(), func(tx *live.Tx) error {
		return tx.Room.Create().SetTitle("Łódź").SetCreatedAt(time.Now()).Exec(t.Context())
	}); err != nil {
		t.Errorf("a room without a description: %v", err)
	}
}
