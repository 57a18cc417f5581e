package room

import (
	"context"
	"errors"
	"fmt"
	"math"

	"usher/auth"
	"usher/ent"
	"usher/ent/event"
	entroom "usher/ent/room"
	"usher/live"
	"usher/problem"
	"usher/role"
)

// Stream is a watcher's way through a room's log: each event that they may see once, in order, with none missing, until they
// may not see the room any more. It pulls, at its reader's pace. One goroutine uses it at a time.
//
// Who gets an event follows from the log, by the rights at that event's revision. A reader that is behind calls Recheck: from
// then on, the rights they have now limit what they get of the past (V5).
type Stream struct {
	*Watcher
	rooms  *Rooms
	watch  *live.Watch
	resync *ent.Event // to be told first
	// skipped: the last Read found events, none of which the watcher sees.
	skipped bool
	// told is the revision up to which the reader has got everything, where they had to stop within a batch.
	told int
	// now is what the watcher may see now, where Recheck has read it.
	now *rights
}

// rights are what somebody may see of a room, and the room's revision when they were read.
type rights struct {
	as Audience
	at int
}

// Stream begins to stream a room's events behind a revision; nil: from now on. Where those are not kept, or never were, it
// begins with ResyncRequired and goes on from now. A negative revision is problem.BadInput.
func (s *Rooms) Stream(ctx context.Context, actor auth.Actor, roomID string, after *int) (*Stream, error) {
	if after != nil && *after < 0 {
		return nil, &problem.BadInput{Message: "after must be 0 or more"}
	}
	w, err := s.Watcher(ctx, actor, roomID)
	if err != nil {
		return nil, err
	}
	st := &Stream{Watcher: w, rooms: s}
	from := w.At
	if after != nil {
		kept, err := s.kept(ctx, roomID, *after, w.At)
		if err != nil {
			return nil, err
		}
		if kept {
			from = *after
		} else {
			st.resync = &ent.Event{RoomID: roomID, Revision: w.At, Kind: string(live.ResyncRequired), At: s.Now()}
		}
	}
	st.watch = s.Hub.Watch(roomID, from)
	s.Hub.Wake(roomID, w.At) // another server may have raised it, and its hint be still on the way
	return st, nil
}

// kept reports whether all events behind a revision are in the log of a room that is at newest.
func (s *Rooms) kept(ctx context.Context, roomID string, after, newest int) (bool, error) {
	if after >= newest {
		return after == newest, nil
	}
	kept, err := s.db.Event.Query().Where(event.RoomID(roomID), event.Revision(after+1)).Exist(ctx)
	if err != nil {
		return false, fmt.Errorf("look for event: %w", err)
	}
	return kept, nil
}

// Close ends the stream.
func (st *Stream) Close() { st.watch.Close() }

// Position is the revision of the last event that was read, whether the watcher saw it or not.
func (st *Stream) Position() int { return st.watch.At }

// Recheck reads what the watcher may see now. Readers that had to wait call it before they go on: they get the lesser of the
// rights at an event's revision and those of now.
func (st *Stream) Recheck(ctx context.Context, actor auth.Actor) error {
	of, err := st.rooms.stood.Of(ctx, watchingOf(actor, st.RoomID))
	if err != nil {
		return err
	}
	w := st.rooms.watcherOf(actor, of)
	st.now = &rights{as: w.Audience(), at: w.At}
	st.rooms.Hub.Wake(st.RoomID, w.At) // another server may have raised it, and its hint be still on the way
	if of.room == nil {
		st.now.at = math.MaxInt // the room is gone, and all of its log is past
	}
	if !w.standing.Can(role.SeeRoom) {
		st.now.as = Former
	}
	return nil
}

// Lost reports whether Recheck found that the watcher may see the room no longer. The event that says so may be among those to
// be read yet.
func (st *Stream) Lost() bool { return st.now != nil && st.now.as == Former }

// Seen is an event that a watcher sees, and as which audience.
type Seen struct {
	*Happening
	Audience Audience
}

// Next waits for events that the watcher sees and returns them; ended where the last of them took their access.
func (st *Stream) Next(ctx context.Context) (seen []Seen, ended bool, err error) {
	for len(seen) == 0 && !ended {
		if st.Lost() {
			seen, ended, err = st.Read(ctx)
		} else {
			seen, ended, err = st.read(ctx, st.watch.Next)
		}
		if err != nil {
			return nil, false, err
		}
	}
	return seen, ended, nil
}

// Read is Next for what is there already: nothing where the stream has come to the log's end. There it ends for who may not
// see the room any more.
func (st *Stream) Read(ctx context.Context) (seen []Seen, ended bool, err error) {
	seen, ended, err = st.read(ctx, st.watch.Read)
	if st.Lost() && len(seen) == 0 && (!st.skipped || st.watch.At >= st.now.at) {
		ended = true
	}
	return seen, ended, err
}

func (st *Stream) read(ctx context.Context, next func(context.Context) ([]*ent.Event, error)) (seen []Seen, ended bool, err error) {
	rows := []*ent.Event{st.resync}
	if st.resync == nil {
		if rows, err = next(ctx); err != nil {
			return nil, false, err
		}
	}
	st.resync = nil
	seen, ended, err = st.dress(ctx, rows)
	st.skipped = len(rows) > 0 && len(seen) == 0
	return seen, ended, err
}

func (st *Stream) dress(ctx context.Context, rows []*ent.Event) (seen []Seen, ended bool, err error) {
	var visible []*ent.Event
	var audiences []Audience
	for _, e := range rows {
		sees, as, last := st.judge(e)
		if sees && (e.Revision > st.told || e.Kind == string(live.ResyncRequired)) {
			visible, audiences = append(visible, e), append(audiences, as)
		}
		if ended = last; ended {
			break
		}
	}
	if len(visible) == 0 {
		return nil, ended, nil
	}
	happenings, err := st.rooms.Happenings(ctx, st.RoomID, visible)
	if err != nil {
		return nil, false, err
	}
	for i, h := range happenings {
		seen = append(seen, Seen{h, audiences[i]})
	}
	return seen, ended, nil
}

// judge is Meet within the rights of now. Who lost access gets the event that says so alone, and where the room has moved on
// since, as Former.
func (st *Stream) judge(e *ent.Event) (sees bool, as Audience, ended bool) {
	switch now := st.now; {
	case st.Lost():
		sees, as, ended = st.Meet(e)
		if now.at > e.Revision {
			as = Former
		}
		return sees && ended, as, ended
	case now != nil && e.Revision <= now.at:
		return st.meet(e, now.as)
	}
	return st.Meet(e)
}

// Sight is how an asker stands to a room now, their own place included.
func (s *Rooms) Sight(ctx context.Context, actor auth.Actor, r *ent.Room) (Sight, error) {
	sights, err := s.sights(ctx, s.db, actor, r)
	return sights[r.ID], err
}

// MovedOn reports whether a room is beyond a revision, or gone.
func (s *Rooms) MovedOn(ctx context.Context, roomID string, revision int) (bool, error) {
	at, err := s.db.Room.Query().Where(entroom.ID(roomID), entroom.Revision(revision)).Exist(ctx)
	return !at, wrapped("read room", err)
}

// HasCredential reports whether any credential of an asker still opens anything: where none does, nothing is left to ask for.
func (s *Rooms) HasCredential(ctx context.Context, actor auth.Actor) (bool, error) {
	err := s.someone(ctx, actor)
	if errors.Is(err, problem.ErrUnauthenticated) {
		return false, nil
	}
	return err == nil, err
}

// Take advances the stream past an event that somebody else has read: whether the watcher sees it, as which audience, and
// whether it takes their access. An event that the stream has passed already is none of theirs, and limits nobody.
func (st *Stream) Take(h *Happening) (sees bool, as Audience, ended bool) {
	if h.Row.Revision <= st.watch.At {
		return false, Managers, false
	}
	st.watch.At = h.Row.Revision
	sees, as, ended = st.Meet(h.Row)
	return sees && h.Row.Revision > st.told, as, ended
}

// Gets reports whether an audience gets an event, or the event is about the watcher.
func (st *Stream) Gets(h *Happening, as Audience) bool { return st.sees(h.Row, as) }

// Skipped reports whether the last Read passed over events that the watcher does not see: there may be more to read.
func (st *Stream) Skipped() bool { return st.skipped }

// Saved is where a stream was. The zero value is ready for use, and can be used again.
type Saved struct {
	stood standpoint
	at    int
}

// Save notes where the stream is.
func (st *Stream) Save(to *Saved) {
	st.Watcher.save(&to.stood)
	to.at = st.watch.At
}

// GoBack returns to where the stream was saved. The reader has got everything up to the revision told since, and does not get
// it again.
func (st *Stream) GoBack(to *Saved, told int) {
	st.Watcher.restore(&to.stood)
	st.watch.At, st.told = to.at, max(st.told, told)
}

// Feed is a room's log as it comes, for whoever hands it on to many.
type Feed struct {
	rooms  *Rooms
	roomID string
	watch  *live.Watch
}

// Feed begins to read a room's log behind a revision.
func (s *Rooms) Feed(roomID string, after int) *Feed {
	return &Feed{s, roomID, s.Hub.Watch(roomID, after)}
}

// Next waits for events and returns them with all that they lead to.
func (f *Feed) Next(ctx context.Context) ([]*Happening, error) {
	rows, err := f.watch.Next(ctx)
	if err != nil {
		return nil, err
	}
	return f.rooms.Happenings(ctx, f.roomID, rows)
}

// Position is the revision of the last event that Next returned.
func (f *Feed) Position() int { return f.watch.At }

// Close ends the feed.
func (f *Feed) Close() { f.watch.Close() }
