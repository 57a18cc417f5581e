package room

import (
	"context"
	"fmt"
	"sync"

	"usher/ent"
)

// Events show the state of the moment in which they are rendered. By then the log may have gone on, and have taken rights from a watcher
// that the state needs. So whoever renders events reads what is newer, before a watcher gets them.

// maxNewer limits the events that Newer returns.
const maxNewer = 64

// newerThan is the statement of Newer. It is kept, because each delivery of events runs it.
var newerThan = "SELECT " + ent.EventColumns + ` FROM events
	WHERE events.room_id = ? AND events.revision > ? AND events.kind IN (?) ORDER BY events.revision LIMIT ?`

// Newer returns the events of a room after a revision that may take rights. complete is false if there are too many.
func (s *News) Newer(ctx context.Context, roomID string, after int) (newer []*ent.Event, complete bool, err error) {
	newer, err = s.db.Event.Rows(ctx, newerThan, roomID, after, ent.List(taking()), maxNewer+1)
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
