package live_test

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"usher/live"
	"usher/live/livetest"
)

// This measures what hints cost writers: 16 at once, each event in another of 64 rooms, on a site of three servers.
func BenchmarkWritingAnEvent(b *testing.B) {
	for name, prepare := range map[string]func(b *testing.B, databaseURL string) (*live.Log, func(context.Context, *live.Tx) error){
		"without hints": func(b *testing.B, databaseURL string) (*live.Log, func(context.Context, *live.Tx) error) {
			db := livetest.MustOpen(b, databaseURL)
			return db.Log(time.Now, live.NewHub(db)), nil
		},
		"with hints after the commit": func(b *testing.B, databaseURL string) (*live.Log, func(context.Context, *live.Tx) error) {
			mustServe(b, databaseURL, nil)
			mustServe(b, databaseURL, nil)
			return mustServe(b, databaseURL, nil).log, nil
		},
		"with a hint inside the transaction": func(b *testing.B, databaseURL string) (*live.Log, func(context.Context, *live.Tx) error) {
			mustServe(b, databaseURL, nil)
			mustServe(b, databaseURL, nil)
			db := livetest.MustOpen(b, databaseURL)
			return db.Log(time.Now, live.NewHub(db)), func(ctx context.Context, tx *live.Tx) error {
				_, err := tx.ExecContext(ctx, "SELECT pg_notify('usher', 'server room@1')")
				return err
			}
		},
	} {
		b.Run(name, func(b *testing.B) {
			log, inside := prepare(b, livetest.Postgres(b))
			rooms := make([]string, 64)
			for i := range rooms {
				rooms[i] = mustRoom(b, log)
			}
			const writers = 16
			var next atomic.Int64
			var all sync.WaitGroup
			b.ResetTimer()
			for range writers {
				all.Go(func() {
					for n := next.Add(1); n <= int64(b.N); n = next.Add(1) {
						err := log.Write(b.Context(), func(tx *live.Tx) error {
							if inside != nil {
								if err := inside(b.Context(), tx); err != nil {
									return err
								}
							}
							return tx.Emit(b.Context(), rooms[n%int64(len(rooms))], "RoomUpdated", 0, live.Entry{})
						})
						if err != nil {
							b.Error(err)
						}
					}
				})
			}
			all.Wait()
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "events/s")
		})
	}
}

// This measures one poll of a server that watches 10,000 rooms.
func BenchmarkPolling10000Rooms(b *testing.B) {
	const rooms = 10_000
	databaseURL := livetest.Postgres(b)
	s := mustServe(b, databaseURL, func(s *server) { s.DetourTo("/nowhere") })
	_, err := livetest.MustConnect(b, databaseURL).ExecContext(b.Context(), `INSERT INTO rooms (id, title, created_at, revision)
		SELECT 'r_' || lpad(n::text, 26, '0'), 'Room', now(), 10 FROM generate_series(1, $1::int) n`, 2*rooms)
	if err != nil {
		b.Fatal(err)
	}
	for n := range rooms {
		defer s.hub.Watch(fmt.Sprintf("r_%026d", n+1), 10).Close()
	}
	for b.Loop() {
		if err := s.hub.Poll(b.Context()); err != nil {
			b.Fatal(err)
		}
	}
}
