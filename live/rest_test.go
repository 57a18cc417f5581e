package live_test

import (
	"context"
	"errors"
	"slices"
	"testing"

	"usher/live"
	"usher/live/livetest"
	"usher/problem"
)

// logged is a worker that notes when it rests.
type logged struct {
	did   []string
	fault error // of going on
}

func (l *logged) Rest() { l.did = append(l.did, "rests") }

func (l *logged) Resume(context.Context) error {
	l.did = append(l.did, "goes on")
	return l.fault
}

func TestAWorkerRestsWhileItsCommandIsInLine(t *testing.T) {
	n := mustNotes(t, livetest.SQLite(t))
	w := &logged{}
	name, err := n.Do(live.WithWorker(t.Context(), w), n.room, note{name: "a"})
	if name != "a" || err != nil || !slices.Equal(w.did, []string{"rests", "goes on"}) {
		t.Errorf("%s, %v: it %v", name, err, w.did)
	}
	w = &logged{fault: context.DeadlineExceeded}
	if _, err := n.Do(live.WithWorker(t.Context(), w), n.room, note{name: "b"}); !errors.Is(err, problem.ErrUnavailable) {
		t.Errorf("whoever cannot go on gets %v", err)
	}
	if kinds := n.Kinds(t); len(kinds) != 2 {
		t.Errorf("the log has %v", kinds)
	}
}
