package room

import (
	"reflect"
	"slices"
	"testing"

	"usher/ent"
)

// unconcernedBy finds out whether a cohort would leave a watcher out at an event, or a watcher who is far behind would not read it. If so,
// the function that it returns fails unless the event neither reached nor changed the watcher.
func unconcernedBy(t *testing.T, w *Watcher, e *ent.Event) (after func(reached bool)) {
	t.Helper()
	h := &Happening{Row: e}
	concerns := w.Concerns(nil)
	leftOut := h.ForFew() && !slices.ContainsFunc(h.Names(), func(id string) bool { return slices.Contains(concerns, id) })
	// They read the newest event in any case, for access that ends by the clock.
	timed := slices.ContainsFunc(w.places, func(p place) bool { return !p.until.IsZero() })
	unread := w.Audience() != Managers && audienceOf(e) > max(InRoom, w.Audience()) && !w.concerned(e) && !timed
	if !leftOut && !unread {
		return func(bool) {}
	}
	var before standpoint
	w.save(&before)
	return func(reached bool) {
		t.Helper()
		if reached {
			t.Fatalf("%+v reaches %+v, who does not get it", e, w.standing)
		}
		var now standpoint
		w.save(&now)
		now.at = before.at
		if !reflect.DeepEqual(now, before) {
			t.Fatalf("%+v changes %+v to %+v, who does not get it", e, before, now)
		}
		if !slices.Equal(w.Concerns(nil), concerns) {
			t.Fatalf("%+v changes what concerns %+v, who does not get it", e, w.standing)
		}
	}
}
