package chaos

import (
	"net/http"
	"os"
	"strings"
	"testing"

	"usher/live"
	"usher/live/livetest"
	. "usher/sitetest"
)

func TestAFullDiskCanBeReadAndIsWrittenAgainOnceThereIsRoom(t *testing.T) {
	t.Parallel()
	h := NewHouse(t, livetest.SQLite(t))
	program := h.ServeApart()
	room := h.Hall(h.User("ada@example.com"), nil)
	watched := room.Host.Watch(Watching, room.ID, room.Revision())
	room.Begin(watched)
	before := room.Revision()
	file, _ := live.SQLiteFile(strings.TrimPrefix(h.Storage[0], "--database-url="))
	written, err := os.Stat(file + "-wal")
	if err != nil {
		t.Fatal(err)
	}
	program.LimitFiles(t, written.Size())
	for range 3 {
		room.Host.Fails("SERVICE_UNAVAILABLE", "updateRoom", Object{"roomId": room.ID, "title": "Lost"})
		Same(t, "/readyz while the disk is full", h.Ready(), http.StatusServiceUnavailable)
		Same(t, "the room, which can be read", room.Host.MustAsk(`query($id: ID!) { room(id: $id) { title } }`, Object{"id": room.ID}).Text("room.title"), "Town hall")
	}
	program.LimitFiles(t, -1)
	Same(t, "/readyz when there is room again", h.Ready(), http.StatusOK)
	room.Update(Object{"title": "Kept"})
	Same(t, "the event that subscribers receive", watched.Expect("RoomUpdated").Int("revision"), before+1)
	Same(t, "what happened", len(room.Log(before)), 1)
}
