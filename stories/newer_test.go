package stories

import (
	"context"
	"strings"
	"testing"
	"time"

	"usher/live"
	"usher/live/livetest"
	. "usher/sitetest"
)

// Servers of two releases run side by side on one database: the newer one changes the tables while the older one runs, and an older one may
// start afterwards.
func TestAServerWorksOnADatabaseThatALaterProgramChanged(t *testing.T) {
	livetest.Long(t)
	t.Parallel()
	livetest.Each(t, func(t *testing.T, databaseURL string) {
		h := NewHouse(t, databaseURL)
		h.Serve()
		admin := h.User("ada@example.com", "--admin")
		room := h.Hall(admin, nil)
		watched := admin.Watch(Watching, room.ID, room.Revision())
		room.Begin(watched)
		db := livetest.MustAddLater(t, databaseURL)
		later := func(columns, values string) {
			t.Helper()
			if _, err := db.ExecContext(t.Context(), "INSERT INTO later_things (id, "+columns+") VALUES ("+values+")"); err != nil {
				t.Fatal(err)
			}
		}
		aLife(h, admin, "zephyrine@example.org", false)

		// The newer server writes an event of its own. The older one leaves it out, and goes on with the next one.
		h.MustWrite(func(ctx context.Context, tx *live.Tx) error {
			if _, err := tx.Lock(ctx, room.ID); err != nil {
				return err
			}
			return tx.Emit(ctx, room.ID, "LaterHappened", 0, live.Entry{})
		})
		room.Update(Object{"title": "Afterwards"})
		Same(t, "what a subscriber hears next", watched.Next().Data.At("roomEvents.__typename"), "RoomUpdated")
		history := admin.MustAsk(`query($id: ID!) { room(id: $id) { events(first: 50) { __typename } } }`, Object{"id": room.ID}).Texts("room.events", "__typename")
		Same(t, "the newest event of the history", history[0], "RoomUpdated")

		room.Command("startSession")
		_, place := room.Guest("grace@example.org", nil)
		room.Command("endSession")
		later("room_id", "'of a room', '"+room.ID+"'")
		later("participant_id", "'of a place', '"+place+"'")

		// A newer table may name the person.
		admin.Fails("SERVICE_UNAVAILABLE", "erasePerson", Object{"email": "zephyrine@example.org"})
		if got := h.Run("", "erase", "--yes", "zephyrine@example.org"); got.Status != 1 || !strings.Contains(got.Err, live.ErrNewer.Error()) {
			t.Errorf("erasing: status %d, printed %q", got.Status, got.Err)
		}

		h.Stop()
		h.Serve()
		if !strings.Contains(h.Log.String(), "a newer program has changed the database") {
			t.Errorf("the log does not say so:\n%s", h.Log)
		}
		bea := h.User("bea@example.com", "--admin")
		aLife(h, bea, "zephyrine.again@example.org", false)
		bea.Must("deleteRoom", Object{"roomId": room.ID}, "")
		h.Set(h.Now().Add(365 * 24 * time.Hour))
		h.Retain()
		var left int
		if err := db.QueryRowContext(t.Context(), "SELECT count(*) FROM later_things").Scan(&left); err != nil || left != 0 {
			t.Errorf("of the newer table, %d rows outlived what they belong to: %v", left, err)
		}
	})
}
