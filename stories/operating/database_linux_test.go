package operating

import (
	"net/http"
	"os"
	"testing"

	"usher/live"
	"usher/live/livetest"
	. "usher/sitetest"
)

func TestU5_AFullDiskIsShownUntilThereIsRoomAgain(t *testing.T) {
	t.Parallel()
	databaseURL := livetest.SQLite(t)
	h := NewHouse(t, databaseURL)
	program := h.ServeApart()
	refuseAndAllow(h,
		func() {
			file, _ := live.SQLiteFile(databaseURL)
			written, err := os.Stat(file + "-wal")
			if err != nil {
				t.Fatal(err)
			}
			program.LimitFiles(t, written.Size())
		},
		func() { program.LimitFiles(t, -1) })
}

func TestU5_APostgreSQLThatOnlyReadsIsShownUntilItWritesAgain(t *testing.T) {
	livetest.Long(t)
	t.Parallel()
	_, databaseURL := livetest.MustStartEmpty(t)
	h := NewHouse(t, databaseURL)
	h.ServeApart()
	do := func(statements ...string) {
		for _, statement := range statements {
			if _, err := h.DB().ExecContext(t.Context(), statement); err != nil {
				t.Fatal(err)
			}
		}
	}
	refuseAndAllow(h,
		func() { do("ALTER SYSTEM SET default_transaction_read_only = on", "SELECT pg_reload_conf()") },
		func() { do("ALTER SYSTEM RESET default_transaction_read_only", "SELECT pg_reload_conf()") })
}

// refuseAndAllow makes the database refuse writes, and then allows them again.
func refuseAndAllow(h *House, refuse, allow func()) {
	h.T.Helper()
	admin := h.User("ada@example.com", "--admin")
	room := h.Hall(admin, nil)
	Same(h.T, "what fails before", stateFor(admin).failing(), "")

	refuse()
	h.WaitUntil("writes are refused", func() bool {
		answer, _ := admin.Do("updateRoom", Object{"roomId": room.ID, "title": "Lost"}, "")
		return answer.Code() == "SERVICE_UNAVAILABLE"
	})
	Same(h.T, "what fails", stateFor(admin).failing(), "DATABASE")
	Same(h.T, "since when, which nobody knows", stateFor(admin).List("failing")[0].At("since"), nil)
	Same(h.T, "/readyz", h.Ready(), http.StatusServiceUnavailable)
	Same(h.T, "the servers, which can be read", len(stateFor(admin).List("servers")), 1)

	allow()
	h.WaitUntil("nothing fails", func() bool { return stateFor(admin).failing() == "" })
	Same(h.T, "/readyz", h.Ready(), http.StatusOK)
	room.Update(Object{"title": "Kept"})
}
