package room

import (
	"context"

	"usher/live"
)

// Feed reads a room's log for many watchers.
type Feed struct {
	news   *News
	roomID string
	watch  *live.Watch
}

// Feed begins to read a room's log after a revision.
func (s *News) Feed(roomID string, after int) *Feed {
	return &Feed{s, roomID, s.hub.Watch(roomID, after)}
}

// Next waits for events, and returns them with what they refer to.
func (f *Feed) Next(ctx context.Context) ([]*Happening, error) {
	rows, err := f.watch.Next(ctx)
	if err != nil {
		return nil, err
	}
	return f.news.happenings(ctx, f.roomID, rows)
}

// Read is Next without waiting. It returns nothing at the end of the log.
func (f *Feed) Read(ctx context.Context) ([]*Happening, error) {
	rows, err := f.watch.Read(ctx)
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	return f.news.happenings(ctx, f.roomID, rows)
}

// Position returns the revision of the last event that Next returned.
func (f *Feed) Position() int { return f.watch.At }

// Close ends the feed.
func (f *Feed) Close() { f.watch.Close() }
