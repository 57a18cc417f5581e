package room

import (
	"context"
	"fmt"
	"sync"

	"usher/ent"
	"usher/ent/event"
)

// Events show the state of the moment in which they are rendered. By then the log may have gone on, and have taken rights from a watcher
// that the state needs. So whoever renders events reads what is newer, before a watcher gets them.

// maxNewer limits the events that Newer returns.
const maxNewer = 64

// Newer returns the events of a room after a revision that may take rights. complete is false if there are too many.
func (s *News) Newer(ctx context.Context, roomID string, after int) (newer []*ent.Event, complete bool, err error) {
	newer, err = s.db.Event.Query().Where(event.RoomID(roomID), event.RevisionGT(after), event.KindIn(taking()...)).Order(event.ByRevision()).Limit(maxNewer + 1).All(ctx)
	if err != nil {
		return nil, false, fmt.Errorf("read newer events of room %s: %w", roomID, err)
	}
	return newer, len(newer) <= maxNewer, nil
}

// taking returns the names of the kinds of events that may take rights.
var taking = sync.OnceValue(func() (names []string) {
	for k := range Kinds() {
		if k.Follows != nil && !k.TakesNothing {
			names = append(names, k.Name)
		}
	}
	return names
})

// Outlasts reports whether newer events leave the watcher all rights. The stream stays where it is.
func (st *Stream) Outlasts(newer []*ent.Event) bool {
	var from standpoint
	st.save(&from)
	defer st.restore(&from)
	had := st.Audience()
	for _, e := range newer {
		if _, _, ended := st.Meet(e); ended || st.Audience() < had {
			return false
		}
	}
	return true
}
