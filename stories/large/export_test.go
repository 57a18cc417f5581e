package large

import (
	"errors"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"

	"usher/ent"
	"usher/ent/schema"
	"usher/live"
	"usher/live/livetest"
	"usher/role"
	. "usher/sitetest"
)

// An export of many messages takes no more memory than one of few: it is read and sent page by page.
func TestT10_AnExportOfALargeSessionIsStreamed(t *testing.T) {
	livetest.Long(t)
	const (
		messages = 100_000
		batch    = 1000
		most     = 16 << 20 // bytes that are alive while it is sent
	)
	text := strings.Repeat("A message of many. ", 20)
	// Nothing runs beside it, so that all memory is the export's.
	livetest.Each(t, func(t *testing.T, databaseURL string) {
		h := NewHouse(t, databaseURL)
		h.Serve()
		room := h.Hall(h.User("ada@example.com"), nil)
		room.Command("startSession")
		for from := 0; from < messages; from += batch {
			err := h.Parts.Log.Write(t.Context(), func(tx *live.Tx) error {
				rows := make([]*ent.MessageCreate, batch)
				for i := range rows {
					rows[i] = tx.Message.Create().SetID(schema.NewID("m")).SetRoomID(room.ID).SetSessionID(room.Session).SetChannel("CHAT").
						SetRevision(1).SetNth(from + i).SetAuthorID("p").SetAuthorName("Ada").SetAuthorRole(role.Viewer).SetText(text).
						SetClientKey(fmt.Sprintf("%022d", from+i)).SetAt(tx.At)
				}
				return tx.Message.CreateBulk(rows...).Exec(t.Context())
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		alive := func() int {
			runtime.GC()
			var now runtime.MemStats
			runtime.ReadMemStats(&now)
			return int(now.HeapAlloc)
		}
		before, peak, size, lines := alive(), 0, 0, 0
		file := room.Host.OpenExport(room.Session, "CHAT", "CSV").Body
		defer file.Close()
		for page := make([]byte, 1<<20); ; {
			n, err := io.ReadFull(file, page)
			size, lines = size+n, lines+strings.Count(string(page[:n]), "\n")
			if peak = max(peak, alive()-before); errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
				break
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		Same(t, "lines", lines, messages+1)
		if size < 2*most || peak > most {
			t.Errorf("a file of %d bytes kept %d bytes alive, want at most %d", size, peak, most)
		}
		t.Logf("a file of %d MB kept %d KB alive", size>>20, peak>>10)
	})
}
