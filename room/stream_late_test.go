package room_test

import (
	"testing"

	"usher/live"
	"usher/live/livetest"
	"usher/people"
	"usher/room"
)

// The events come after the reader asked for their present rights, and before these are read.
func TestV5_ALateReaderGetsNothingBehindALossThatNoEventReports(t *testing.T) {
	for name, read := range map[string]func(t *testing.T, st *room.Stream) ([]room.Seen, bool, error){
		"in the shared way": func(t *testing.T, st *room.Stream) ([]room.Seen, bool, error) { return st.Read(t.Context()) },
		"alone":             func(t *testing.T, st *room.Stream) ([]room.Seen, bool, error) { return st.Next(t.Context()) },
	} {
		t.Run(name, func(t *testing.T) {
			livetest.Each(t, func(t *testing.T, databaseURL string) {
				k := mustKernel(t, databaseURL)
				st, err := k.services.News.Stream(t.Context(), k.owner, k.roomID, nil, nil)
				if err != nil {
					t.Fatal(err)
				}
				defer st.Close()
				st.Recheck(k.owner)
				err = k.log.Write(t.Context(), func(tx *live.Tx) error {
					if err := people.DisableWithin(t.Context(), tx, k.owner.User.ID); err != nil {
						return err
					}
					return tx.Emit(t.Context(), k.roomID, "RoomUpdated", int(room.Everyone), live.Entry{})
				})
				if err != nil {
					t.Fatal(err)
				}
				if seen, ended, err := read(t, st); len(seen) > 0 || err != nil {
					t.Fatalf("the disabled account sees %v (ended %v, %v)", seen, ended, err)
				}
				if seen, ended, err := st.Read(t.Context()); len(seen) > 0 || !ended || err != nil {
					t.Fatalf("then it sees %v (ended %v, %v), want the end", seen, ended, err)
				}
			})
		})
	}
}
