package room

import (
	"context"
	"fmt"
	"math"

	"usher/auth"
	"usher/ent"
	"usher/ent/event"
	"usher/ent/predicate"
	entroom "usher/ent/room"
	"usher/live"
	"usher/problem"
	"usher/role"
)

// Stream reads a room's log for a watcher. It returns each event that they may see once, in order and without gaps, until they
// may no longer see the room. It reads at its reader's pace. One goroutine uses it at a time.
//
// The log decides who gets an event, by the rights at that event's revision. A reader that is behind calls Recheck. From then
// on, their present rights limit what they get of the past (V5).
type Stream struct {
	*Watcher
	news   *News
	watch  *live.Watch
	tools  Topics
	resync *ent.Event // comes first, if any
	// skipped means that the last Read found only events that the watcher does not see.
	skipped bool
	// told is the revision up to which the reader has everything, if they stopped within a batch.
	told int
	// now are the watcher's present rights, once they were read. late is the asker whose rights the next Read reads.
	now  *rights
	late *auth.Actor
	past bool // the log goes on behind the event that ended access
}

// rights are what somebody may see of a room, as of a revision.
type rights struct {
	as   Audience
	at   int
	from int // the revision after which they get events for speakers
}

// Stream begins to stream a room's events after a revision, or from now on for nil. If those events are gone, or never existed,
// the stream begins with ResyncRequired and continues from now. Events of tools come only for those that tools names. Returns
// problem.BadInput for a negative revision.
func (s *News) Stream(ctx context.Context, actor auth.Actor, roomID string, after *int, tools Topics) (*Stream, error) {
	if after != nil && *after < 0 {
		return nil, &problem.BadInput{Message: "after must be 0 or more"}
	}
	w, err := s.watcher(ctx, actor, roomID)
	if err != nil {
		return nil, err
	}
	st := &Stream{Watcher: w, news: s, tools: tools}
	from := w.At
	if after != nil {
		kept, err := s.kept(ctx, roomID, *after, w.At)
		if err != nil {
			return nil, err
		}
		if kept {
			from = *after
		} else {
			st.resync = &ent.Event{RoomID: roomID, Revision: w.At, Kind: resyncRequired.Name, At: s.now()}
		}
	}
	st.watch = s.hub.Watch(roomID, from)
	st.watch.Only = func() []predicate.Event { return only(st) }
	s.hub.Wake(roomID, w.At) // another server may have raised it, and its hint may still be on the way
	return st, nil
}

// kept reports whether the log still has all events after a revision, in a room that is at newest.
func (s *News) kept(ctx context.Context, roomID string, after, newest int) (bool, error) {
	if after >= newest {
		return after == newest, nil
	}
	kept, err := s.db.Event.Query().Where(event.RoomID(roomID), event.Revision(after+1)).Exist(ctx)
	return kept, wrapped("look for event", err)
}

// Close ends the stream.
func (st *Stream) Close() { st.watch.Close() }

// Position returns the revision of the last event read, whether the watcher saw it or not.
func (st *Stream) Position() int { return st.watch.At }

// Recheck has the next events wait for the watcher's present rights. Readers that are behind call it before they go on. From then on they
// get the lesser of the rights at an event's revision and those of now.
func (st *Stream) Recheck(actor auth.Actor) { st.late = &actor }

// recheck reads the present rights. It comes after the events are read, so that no event is newer than the rights: no event reports
// a disabled account.
func (st *Stream) recheck(ctx context.Context) error {
	now, err := st.rightsNow(ctx, *st.late)
	if err != nil {
		return err
	}
	st.late, st.now = nil, now
	return nil
}

// Keeps reports whether the watcher still has the rights by which the last events were read, or the room has not moved on since they ended
// access. It comes after the events are rendered: what they show of the present state may be newer than that.
func (st *Stream) Keeps(ctx context.Context, actor auth.Actor, ended bool) (bool, error) {
	now, err := st.rightsNow(ctx, actor)
	if err != nil {
		return false, err
	}
	if ended {
		return st.Lost() || st.deleted || !st.past && now.at <= st.watch.At, nil
	}
	had := st.Audience()
	if st.now != nil && st.watch.At <= st.now.at {
		had = st.now.as
	}
	return now.as >= had, nil
}

func (st *Stream) rightsNow(ctx context.Context, actor auth.Actor) (*rights, error) {
	from, err := st.news.snapshots.Of(ctx, watchingOf(actor, st.RoomID))
	if err != nil {
		return nil, err
	}
	w := st.news.watcherFrom(actor, from)
	now := &rights{as: w.Audience(), at: w.At, from: w.from}
	st.news.hub.Wake(st.RoomID, w.At) // another server may have raised it, and its hint may still be on the way
	if from.room == nil {
		now.at = math.MaxInt // the room is gone, and all of its log is past
	}
	if !w.standing.Can(role.SeeRoom) {
		now.as = Former
	}
	return now, nil
}

// Lost reports whether Recheck found that the watcher may no longer see the room. The event that says so may still be unread.
func (st *Stream) Lost() bool { return st.now != nil && st.now.as == Former }

// Seen is an event that a watcher sees, and as which audience.
type Seen struct {
	*Happening
	Audience Audience
}

// Next waits for events that the watcher sees, and returns them. ended means that the last of them ends their access.
func (st *Stream) Next(ctx context.Context) (seen []Seen, ended bool, err error) {
	for len(seen) == 0 && !ended {
		if st.Lost() || st.late != nil {
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

// Read is Next without waiting. It returns nothing at the end of the log. There it ends for a watcher who may no longer see the
// room.
func (st *Stream) Read(ctx context.Context) (seen []Seen, ended bool, err error) {
	due := st.late != nil
	seen, ended, err = st.read(ctx, st.watch.Read)
	if rechecked := due && st.late == nil; rechecked && st.Lost() && !ended {
		st.skipped = true // the event that says so may have come after those that were read
		return seen, false, err
	}
	if st.Lost() && len(seen) == 0 && (!st.skipped || st.watch.At >= st.now.at) {
		ended = true
	}
	return seen, ended, err
}

func (st *Stream) read(ctx context.Context, next func(context.Context) ([]*ent.Event, error)) (seen []Seen, ended bool, err error) {
	rows, told := []*ent.Event{st.resync}, -1
	if st.resync == nil {
		told = st.told
		if rows, err = next(ctx); err != nil {
			return nil, false, err
		}
	}
	st.resync = nil
	if st.late != nil && len(rows) > 0 {
		if err := st.recheck(ctx); err != nil {
			return nil, false, err
		}
	}
	seen, ended, err = st.visible(ctx, rows, told)
	st.skipped = len(rows) > 0 && len(seen) == 0
	return seen, ended, err
}

// visible returns those of the events after the revision told that the watcher sees, with what they refer to.
func (st *Stream) visible(ctx context.Context, rows []*ent.Event, told int) (seen []Seen, ended bool, err error) {
	var visible []*ent.Event
	var audiences []Audience
	for i, e := range rows {
		changes := st.expectsMore(rows[i:])
		sees, as, last := st.judge(e)
		if sees && e.Revision > told && st.tools.has(Topic(e.Topic)) {
			visible, audiences = append(visible, e), append(audiences, as)
		}
		if ended = last; ended {
			st.past = i < len(rows)-1
			break
		}
		if changes() { // other events concern the watcher now
			st.watch.At = e.Revision
			break
		}
	}
	if len(visible) == 0 {
		return nil, ended, nil
	}
	happenings, err := st.news.happenings(ctx, st.RoomID, visible)
	if err != nil {
		return nil, false, err
	}
	for i, h := range happenings {
		seen = append(seen, Seen{h, audiences[i]})
	}
	return seen, ended, nil
}

// judge is Meet within the present rights. Somebody who lost access gets only the event that says so, as Former if the room has
// moved on since.
func (st *Stream) judge(e *ent.Event) (sees bool, as Audience, ended bool) {
	switch now := st.now; {
	case st.Lost():
		sees, as, ended = st.Meet(e)
		if now.at > e.Revision {
			as = Former
		}
		return sees && ended, as, ended
	case now != nil && e.Revision <= now.at:
		sees, as, ended = st.meet(e, now.as)
		return sees && (audienceOf(e) != Speakers || as == Managers || e.Revision > now.from), as, ended
	}
	return st.Meet(e)
}

// Take advances the stream past an event already loaded by the shared feed. It returns whether the watcher sees the event, as
// which audience, and whether it ends their access. An event that the stream has passed already is not theirs, and limits nobody.
func (st *Stream) Take(h *Happening) (sees bool, as Audience, ended bool) {
	if h.Row.Revision <= st.watch.At {
		return false, Managers, false
	}
	st.watch.At = h.Row.Revision
	sees, as, ended = st.Meet(h.Row)
	return sees && h.Row.Revision > st.told && st.tools.has(Topic(h.Row.Topic)), as, ended
}

// Gets reports whether an audience gets an event, or the event is about the watcher.
func (st *Stream) Gets(h *Happening, as Audience) bool { return st.sees(h.Row, as) }

// Skipped reports whether the last Read passed events that the watcher does not see. Then there may be more to read.
func (st *Stream) Skipped() bool { return st.skipped }

// Saved is a saved position of a stream. The zero value is ready for use, and can be used again.
type Saved struct {
	from   standpoint
	at     int
	resync *ent.Event
}

// Save saves the stream's position.
func (st *Stream) Save(to *Saved) {
	st.Watcher.save(&to.from)
	to.at, to.resync = st.watch.At, st.resync
}

// GoBack returns to a saved position. The reader has everything up to the revision told, and does not get that again.
func (st *Stream) GoBack(to *Saved, told int) {
	st.Watcher.restore(&to.from)
	st.watch.At, st.told = to.at, max(st.told, told)
	if to.resync != nil && told < to.resync.Revision {
		st.resync = to.resync
	}
}

// MovedOn reports whether a room is past a revision, or gone.
func (s *News) MovedOn(ctx context.Context, roomID string, revision int) (bool, error) {
	at, err := s.db.Room.Query().Where(entroom.ID(roomID), entroom.Revision(revision)).Exist(ctx)
	if err != nil {
		return false, fmt.Errorf("read room: %w", err)
	}
	return !at, nil
}
