package live_test

import (
	"testing"
	"time"

	"usher/live"
	"usher/live/livetest"
)

func TestTheLogIsReadOnlyIfThereMayBeNews(t *testing.T) {
	livetest.Each(t, func(t *testing.T, databaseURL string) {
		db := livetest.MustOpen(t, databaseURL)
		hub := live.NewHub(db)
		heard, unheard := db.Log(time.Now, hub), db.Log(time.Now, live.NewHub(db))
		roomID := mustRoom(t, heard)
		w := hub.Watch(roomID, 0)
		defer w.Close()
		expect := func(what string, n int) {
			t.Helper()
			rows, err := w.Read(t.Context())
			if err != nil || len(rows) != n {
				t.Errorf("%s: %d events: %v", what, len(rows), err)
			}
		}
		expect("nothing has happened", 0)
		mustEmit(t, unheard, roomID)
		expect("of a room without events nothing is heard in vain", 1)
		mustEmit(t, heard, roomID)
		expect("something was heard of", 1)
		mustEmit(t, unheard, roomID)
		expect("nothing was heard of", 0)
		hub.Wake(roomID, 0)
		expect("nobody knows", 1)
		expect("all is read", 0)
		mustEmit(t, unheard, roomID)
		hub.Wake(roomID, 3)
		expect("what was heard of is read already", 0)
		hub.Wake(roomID, 4)
		expect("the next was heard of", 1)
	})
}

// A commit between reading a room and watching it wakes nobody.
func TestV4_EventsCommittedBeforeTheWatchStartsAreRead(t *testing.T) {
	livetest.Each(t, func(t *testing.T, databaseURL string) {
		db := livetest.MustOpen(t, databaseURL)
		hub := live.NewHub(db)
		log := db.Log(time.Now, hub)
		roomID := mustRoom(t, log)
		mustEmit(t, log, roomID)
		const looked = 1
		mustEmit(t, log, roomID)
		w := hub.Watch(roomID, looked)
		defer w.Close()
		hub.Wake(roomID, looked)
		rows, err := w.Read(t.Context())
		if err != nil || len(rows) != 1 || rows[0].Revision != looked+1 {
			t.Errorf("read %v: %v", rows, err)
		}
	})
}
