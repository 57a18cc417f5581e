package live

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"entgo.io/ent/dialect/sql"

	"usher/ent"
	"usher/ent/event"
	"usher/ent/predicate"
)

// In a crowd, nearly all events are for managers. So a reader that comes back from thousands of events before does not read them all.

// read returns the next events. It leaves out those that do not concern a reader who is far behind.
func (w *Watch) read(ctx context.Context) ([]*ent.Event, error) {
	if w.Only != nil && w.channel.isFar(w.At) {
		if which := w.Only(); which != nil {
			return w.channel.readOnly(ctx, w.hub.db, w.At, which)
		}
	}
	return w.channel.read(ctx, w.hub.db, w.At)
}

// isFar reports whether a position is more than a batch behind, and the ring does not have what follows.
func (c *channel) isFar(after int) bool {
	c.mu.Lock()
	newest := c.newest
	c.mu.Unlock()
	if newest-after <= batchSize {
		return false
	}
	c.reading.Lock()
	defer c.reading.Unlock()
	n := len(c.ring)
	return n == 0 || after < c.ring[0].Revision-1 || after >= c.ring[n-1].Revision
}

// readOnly returns the next events after a revision that any of the predicates selects, then the newest event. Each predicate is a query of
// its own, along an index.
func (c *channel) readOnly(ctx context.Context, db *ent.Client, after int, which []predicate.Event) ([]*ent.Event, error) {
	found, err := db.Event.Query().Where(event.RoomID(c.roomID), event.RevisionGT(after)).Order(event.ByRevision(sql.OrderDesc())).Limit(1).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read newest event: %w", err)
	}
	if len(found) == 0 {
		return nil, nil
	}
	newest := found[0].Revision
	for _, these := range which {
		rows, err := db.Event.Query().Where(these, event.RevisionGT(after), event.RevisionLT(newest)).Order(event.ByRevision()).Limit(batchSize).All(ctx)
		if err != nil {
			return nil, fmt.Errorf("read some events: %w", err)
		}
		found = append(found, rows...)
	}
	slices.SortFunc(found, func(a, b *ent.Event) int { return cmp.Compare(a.Revision, b.Revision) })
	found = slices.CompactFunc(found, func(a, b *ent.Event) bool { return a.Revision == b.Revision })
	return found[:min(len(found), batchSize)], nil
}
