package room

import (
	"context"
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
	held   []*ent.Event    // events of tools that wait for the end of the window
	closed context.Context // ends with the window; nil before the first
	cancel context.CancelFunc
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
		open := f.closed == nil || f.closed.Err() != nil
		if len(f.held) > 0 && (core || open || len(f.held) >= maxHeld) {
			return f.release(ctx)
		}
	}
}

// read waits for events. While others wait, it returns none at the end of the window.
func (f *Feed) read(ctx context.Context) ([]*ent.Event, error) {
	if len(f.held) == 0 {
		return f.watch.Next(ctx)
	}
	rows, err := f.watch.Next(f.closed)
	if err != nil && f.closed.Err() != nil {
		return nil, ctx.Err()
	}
	return rows, err
}

// release returns the events that waited. If they have some of tools, a new window begins.
func (f *Feed) release(ctx context.Context) ([]*Happening, error) {
	rows := f.held
	f.held, f.at = nil, rows[len(rows)-1].Revision
	if slices.ContainsFunc(rows, func(e *ent.Event) bool { return Topic(e.Topic) != Core }) {
		f.endWindow()
		f.closed, f.cancel = context.WithTimeout(ctx, f.window())
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

func (f *Feed) endWindow() {
	if f.cancel != nil {
		f.cancel()
	}
}

// Close ends the feed.
func (f *Feed) Close() {
	f.endWindow()
	f.watch.Close()
}
