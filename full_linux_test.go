package main

import (
	"net/http"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"testing"
	"unsafe"

	"usher/live"
	"usher/live/livetest"
)

// The program of these tests outlives a file that may not grow, as it outlives a disk that is full.
func init() {
	if os.Getenv("TEST_AS_PROGRAM") != "" {
		signal.Ignore(syscall.SIGXFSZ)
	}
}

// limitFiles sets how large the files that the program writes may become; -1 is no limit.
func (c *child) limitFiles(t *testing.T, size int64) {
	t.Helper()
	limit := syscall.Rlimit{Cur: uint64(size), Max: ^uint64(0)}
	_, _, failed := syscall.RawSyscall6(syscall.SYS_PRLIMIT64, uintptr(c.cmd.Process.Pid), syscall.RLIMIT_FSIZE, uintptr(unsafe.Pointer(&limit)), 0, 0, 0)
	if failed != 0 {
		t.Fatal(failed)
	}
}

func TestADiskThatIsFullIsReadFromAndWrittenToWhenThereIsRoomAgain(t *testing.T) {
	t.Parallel()
	h := newHouse(t, livetest.SQLite(t))
	program := h.ServeApart()
	room := h.Hall(h.User("ada@example.com"), nil)
	watched := room.host.Watch(watching, room.id, room.Revision())
	room.Begin(watched)
	before := room.Revision()
	file, _ := live.SQLiteFile(strings.TrimPrefix(h.storage[0], "--database-url="))
	written, err := os.Stat(file + "-wal")
	if err != nil {
		t.Fatal(err)
	}
	program.limitFiles(t, written.Size())
	for range 3 {
		room.host.Fails("SERVICE_UNAVAILABLE", "updateRoom", object{"roomId": room.id, "title": "Lost"})
		same(t, "/readyz while the disk is full", h.Ready(), http.StatusServiceUnavailable)
		same(t, "the room, which can be read", room.host.MustAsk(`query($id: ID!) { room(id: $id) { title } }`, object{"id": room.id}).Text("room.title"), "Town hall")
	}
	program.limitFiles(t, -1)
	same(t, "/readyz when there is room again", h.Ready(), http.StatusOK)
	room.Update(object{"title": "Kept"})
	same(t, "what is heard of it", watched.Expect("RoomUpdated").Int("revision"), before+1)
	same(t, "what happened", len(room.Log(before)), 1)
}
