package room

import (
	"context"
	"errors"
	"slices"
	"time"

	"usher/ent"
	"usher/live"
)

// Feed reads a room's log for many watchers.
type Feed struct {
	news   *News
	roomID string
	watch  *live.Watch
	window func() time.Duration
	held   []*ent.Event // events of tools that wait for the end of the window
	open   time.Time    // when the window ends
	at     int
}

// Feed begins to read a room's log after a revision. window returns the least time between two deliveries of events of tools.
func (s *News) Feed(roomID string, after int, window func() time.Duration) *Feed {
	return &Feed{news: s, roomID: roomID, watch: s.hub.Watch(roomID, after), window: window, at: after}
}

// maxHeld limits the events that wait for the end of a window.
const maxHeld = 256

// Next waits for events, and returns them with what they refer to. Events of tools gather for a window since the last ones, so that each
// reader gets few writes however many people talk (V13). Core events come at once, with those that wait before them.
func (f *Feed) Next(ctx context.Context) ([]*Happening, error) {
	for {
		rows, err := f.read(ctx)
		if err != nil {
			return nil, err
		}
		f.held = append(f.held, rows...)
		core := slices.ContainsFunc(rows, func(e *ent.Event) bool { return Topic(e.Topic) == Core })
		if now := time.Now(); len(f.held) > 0 && (core || len(f.held) >= maxHeld || !now.Before(f.open)) {
			return f.release(ctx, now)
		}
	}
}

// read waits for events. While others wait, it returns none at the end of the window.
func (f *Feed) read(ctx context.Context) ([]*ent.Event, error) {
	if len(f.held) == 0 {
		return f.watch.Next(ctx)
	}
	within, cancel := context.WithDeadline(ctx, f.open)
	defer cancel()
	rows, err := f.watch.Next(within)
	if errors.Is(err, context.DeadlineExceeded) && ctx.Err() == nil {
		return nil, nil
	}
	return rows, err
}

// release returns the events that waited. If they have some of tools, a new window begins.
func (f *Feed) release(ctx context.Context, now time.Time) ([]*Happening, error) {
	rows := f.held
	f.held, f.at = nil, rows[len(rows)-1].Revision
	if slices.ContainsFunc(rows, func(e *ent.Event) bool { return Topic(e.Topic) != Core }) {
		f.open = now.Add(f.window())
	}
	return f.news.happenings(ctx, f.roomID, rows)
}

// Read is Next without waiting. It returns nothing at the end of the log.
func (f *Feed) Read(ctx context.Context) ([]*Happening, error) {
	rows, err := f.watch.Read(ctx)
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	f.at = rows[len(rows)-1].Revision
	return f.news.happenings(ctx, f.roomID, rows)
}

// Position returns the revision of the last event that Next returned.
func (f *Feed) Position() int { return f.at }

// Close ends the feed.
func (f *Feed) Close() { f.watch.Close() }
