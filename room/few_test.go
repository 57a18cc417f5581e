package room

import (
	"reflect"
	"slices"
	"testing"

	"usher/ent"
)

// unconcernedBy finds out whether a cohort would leave a watcher out at an event. If so, the function that it returns fails unless the
// event neither reached nor changed the watcher.
func unconcernedBy(t *testing.T, w *Watcher, e *ent.Event) (after func(reached bool)) {
	t.Helper()
	h := &Happening{Row: e}
	concerns := w.Concerns(nil)
	if !h.ForFew() || slices.ContainsFunc(h.Names(), func(id string) bool { return slices.Contains(concerns, id) }) {
		return func(bool) {}
	}
	var before standpoint
	w.save(&before)
	return func(reached bool) {
		t.Helper()
		if reached {
			t.Fatalf("%+v reaches %+v, whom a cohort leaves out", e, w.standing)
		}
		var now standpoint
		w.save(&now)
		now.at = before.at
		if !reflect.DeepEqual(now, before) {
			t.Fatalf("%+v changes %+v to %+v, whom a cohort leaves out", e, before, now)
		}
		if !slices.Equal(w.Concerns(nil), concerns) {
			t.Fatalf("%+v changes what concerns %+v, whom a cohort leaves out", e, w.standing)
		}
	}
}
