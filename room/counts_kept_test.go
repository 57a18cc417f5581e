package room

import (
	"testing"
	"time"
)

func TestCountsAreKeptUntilAnythingChanges(t *testing.T) {
	t.Parallel()
	now := time.Unix(1_800_000_000, 0)
	at := countedAt{revision: 7, presence: 3}
	var kept keptCounts
	kept.keep(map[string]*Counts{"r1": {RoomID: "r1"}, "r2": {RoomID: "r2"}}, map[string]countedAt{"r1": at}, now)
	for name, c := range map[string]struct {
		room  string
		at    countedAt
		after time.Duration
		want  bool
	}{
		"nothing has changed":                 {"r1", at, keptFor - 1, true},
		"an event came":                       {"r1", countedAt{8, 3}, 0, false},
		"somebody went":                       {"r1", countedAt{7, 4}, 0, false},
		"they are old":                        {"r1", at, keptFor, false},
		"the room was not there when counted": {"r2", countedAt{}, 0, false},
	} {
		if found := kept.find(map[string]countedAt{c.room: c.at}, now.Add(c.after)); (found[c.room] != nil) != c.want {
			t.Errorf("%s: found %v", name, found)
		}
	}
	for i := range 3 * keptRooms {
		id := time.Duration(i).String()
		kept.keep(map[string]*Counts{id: {}}, map[string]countedAt{id: at}, now)
	}
	if n := len(kept.byRoom); n == 0 || n > keptRooms {
		t.Errorf("the counts of %d rooms are kept", n)
	}
}
