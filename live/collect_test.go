package live_test

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"usher/ent/event"
	entroom "usher/ent/room"
	"usher/live"
	"usher/live/livetest"
	"usher/problem"
)

// notes is a log of one room, in which collected commands write events.
type notes struct {
	*live.Collect[note, string]
	db   *live.Database
	room string

	mu      sync.Mutex
	batches [][]string // the names of the commands of each transaction, in their order
}

// note is a command. It does first, writes an event of its name, and does last. Its answer is its name.
type note struct {
	name        string
	first, last func(tx *live.Tx) error
}

// written is a transaction of notes.
type written struct {
	*notes
	ctx      context.Context
	tx       *live.Tx
	commands []note
}

func (w written) Run(i int) (string, error) {
	n := w.commands[i]
	w.mu.Lock()
	w.batches[len(w.batches)-1] = append(w.batches[len(w.batches)-1], n.name)
	w.mu.Unlock()
	for _, step := range []func(tx *live.Tx) error{
		n.first, func(tx *live.Tx) error { return tx.Emit(w.ctx, w.room, n.name, 0, live.Entry{}) }, n.last,
	} {
		if step == nil {
			continue
		}
		if err := step(w.tx); err != nil {
			return "", err
		}
	}
	return n.name, nil
}

func (w written) Flush() error { return nil }

func mustNotes(t *testing.T, databaseURL string) *notes {
	t.Helper()
	db, log := mustLog(t, databaseURL)
	return notesIn(db, log, mustRoom(t, log))
}

func notesIn(db *live.Database, log *live.Log, roomID string) *notes {
	n := &notes{db: db, room: roomID}
	n.Collect = live.NewCollect(log, func(ctx context.Context, tx *live.Tx, key string, commands []note) (live.Batch[string], error) {
		n.mu.Lock()
		n.batches = append(n.batches, nil)
		n.mu.Unlock()
		_, err := tx.Lock(ctx, key)
		return written{n, ctx, tx, commands}, err
	}, live.Crowded(50*time.Millisecond))
	return n
}

// Sizes returns how many commands each transaction has run.
func (n *notes) Sizes() (sizes []int) {
	n.mu.Lock()
	defer n.mu.Unlock()
	for _, names := range n.batches {
		sizes = append(sizes, len(names))
	}
	return sizes
}

// Kinds returns the events that are stored, and fails if their revisions have a gap.
func (n *notes) Kinds(t *testing.T) []string {
	t.Helper()
	kinds := []string{}
	for i, e := range n.db.Read.Event.Query().Where(event.RoomID(n.room)).Order(event.ByRevision()).AllX(t.Context()) {
		if e.Revision != i+1 {
			t.Errorf("event %d has revision %d", i+1, e.Revision)
		}
		kinds = append(kinds, e.Kind)
	}
	if r := n.db.Read.Room.Query().Where(entroom.ID(n.room)).OnlyX(t.Context()); r.Revision != len(kinds) {
		t.Errorf("the room has revision %d after %d events", r.Revision, len(kinds))
	}
	return kinds
}

// Crowd lets a command run alone, and meanwhile puts others in line in their order, so that they share the next transaction. It
// returns the answers of the others: their names, or their errors.
func (n *notes) Crowd(t *testing.T, commands ...note) []string {
	t.Helper()
	begin, all, answers, had := make(chan struct{}), sync.WaitGroup{}, make([]string, len(commands)), len(n.Sizes())
	all.Go(func() {
		_, err := n.Do(t.Context(), n.room, note{name: "first", first: func(*live.Tx) error { <-begin; return nil }})
		if err != nil {
			t.Error(err)
		}
	})
	spinUntil(t, func() bool { return len(n.Sizes()) > had })
	for i, command := range commands {
		all.Go(func() {
			defer func() {
				if value := recover(); value != nil {
					answers[i] = fmt.Sprint(value)
				}
			}()
			name, err := n.Do(t.Context(), n.room, command)
			if answers[i] = name; err != nil {
				answers[i] = err.Error()
			}
		})
		spinUntil(t, func() bool { return n.Waiting(n.room) == i+1 })
	}
	close(begin)
	all.Wait()
	return answers
}

// spinUntil waits without a timer, so that a clock that passes only while everybody waits stands still.
func spinUntil(t *testing.T, is func() bool) {
	t.Helper()
	for spins := 0; !is(); runtime.Gosched() {
		if spins++; spins > 2e7 {
			t.Fatal("it does not happen")
		}
	}
}

func mustEqual[T comparable](t *testing.T, what string, got, want []T) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s: %v, want %v", what, got, want)
	}
}

func TestACrowdSharesATransactionInItsOrder(t *testing.T) {
	livetest.Each(t, func(t *testing.T, databaseURL string) {
		n := mustNotes(t, databaseURL)
		answers := n.Crowd(t, note{name: "a"}, note{name: "b"}, note{name: "c"})
		mustEqual(t, "answers", answers, []string{"a", "b", "c"})
		mustEqual(t, "commands in each transaction", n.Sizes(), []int{1, 3})
		mustEqual(t, "events", n.Kinds(t), []string{"first", "a", "b", "c"})
	})
}

func TestARefusalLeavesNothingAndUndoesNobodyElse(t *testing.T) {
	refuse := func(*live.Tx) error { return problem.ErrForbidden }
	no := problem.ErrForbidden.Error()
	for _, c := range []struct {
		name    string
		refused note
		want    []int // commands in each transaction
	}{
		{"before it writes", note{name: "b", first: refuse}, []int{1, 3}},
		{"after it wrote", note{name: "b", last: refuse}, []int{1, 2, 1, 1, 1}}, // then each runs alone
	} {
		t.Run(c.name, func(t *testing.T) {
			livetest.Each(t, func(t *testing.T, databaseURL string) {
				n := mustNotes(t, databaseURL)
				mustEqual(t, "answers", n.Crowd(t, note{name: "a"}, c.refused, note{name: "c"}), []string{"a", no, "c"})
				mustEqual(t, "commands in each transaction", n.Sizes(), c.want)
				mustEqual(t, "events", n.Kinds(t), []string{"first", "a", "c"})
			})
		})
	}
}

func TestACommandWhoseStatementFailsFailsNoOther(t *testing.T) {
	livetest.Each(t, func(t *testing.T, databaseURL string) {
		n := mustNotes(t, databaseURL)
		answers := n.Crowd(t, note{name: "a"}, note{name: "b", first: func(tx *live.Tx) error {
			_, err := tx.QueryContext(t.Context(), "SELECT id FROM nowhere")
			return err
		}}, note{name: "c"})
		if !strings.Contains(answers[1], "nowhere") {
			t.Errorf("the command that fails is answered %s", answers[1])
		}
		mustEqual(t, "the others' answers", []string{answers[0], answers[2]}, []string{"a", "c"})
		mustEqual(t, "commands in each transaction", n.Sizes(), []int{1, 2, 1, 1, 1})
		mustEqual(t, "events", n.Kinds(t), []string{"first", "a", "c"})
	})
}

func TestACommandThatPanicsDoesSoInItsOwnCaller(t *testing.T) {
	livetest.Each(t, func(t *testing.T, databaseURL string) {
		n := mustNotes(t, databaseURL)
		answers := n.Crowd(t, note{name: "a"}, note{name: "b", last: func(*live.Tx) error { panic("out of ideas") }}, note{name: "c"})
		if !strings.Contains(answers[1], "out of ideas") || !strings.Contains(answers[1], "collect_test.go") {
			t.Errorf("the command that panics does so with %s", answers[1])
		}
		mustEqual(t, "the others' answers", []string{answers[0], answers[2]}, []string{"a", "c"})
		mustEqual(t, "events", n.Kinds(t), []string{"first", "a", "c"})
	})
}

func TestATransactionTakesAtMost256Commands(t *testing.T) {
	for more, want := range [][]int{{1, 256}, {1, 256, 1}} {
		n, commands := mustNotes(t, livetest.SQLite(t)), make([]note, 256+more)
		for i := range commands {
			commands[i].name = fmt.Sprint(i)
		}
		n.Crowd(t, commands...)
		mustEqual(t, "commands in each transaction", n.Sizes(), want)
		if kinds := n.Kinds(t); len(kinds) != len(commands)+1 || kinds[len(commands)] != fmt.Sprint(len(commands)-1) {
			t.Errorf("the events are %v", kinds)
		}
	}
}

func TestACanceledCommandIsSkippedAndTheOthersAreNot(t *testing.T) {
	n := mustNotes(t, livetest.SQLite(t))
	ctx, leave := context.WithCancel(t.Context())
	answers := n.Crowd(t, note{name: "a", first: func(*live.Tx) error { // its transaction has begun
		leave()
		return nil
	}})
	mustEqual(t, "answers", answers, []string{"a"})
	if _, err := n.Do(ctx, n.room, note{name: "gone before"}); !errors.Is(err, context.Canceled) {
		t.Errorf("who left before is answered %v", err)
	}
	ctx, leave = context.WithCancel(t.Context())
	left, had := make(chan error, 1), len(n.Sizes())
	go func() {
		_, err := n.Do(ctx, n.room, note{name: "gone meanwhile", last: func(*live.Tx) error {
			leave()
			return <-left // the caller is answered before the transaction ends
		}})
		if !errors.Is(err, context.Canceled) {
			t.Errorf("who left meanwhile is answered %v", err)
		}
		left <- nil
	}()
	spinUntil(t, func() bool { return len(n.Sizes()) > had })
	n.Close()
	mustEqual(t, "events", n.Kinds(t), []string{"first", "a", "gone meanwhile"})
}

func TestALoneCommandWaitsForNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) { // time passes only while everybody waits
		n := mustNotes(t, livetest.SQLite(t))
		began := time.Now()
		for i := range 20 {
			if _, err := n.Do(t.Context(), n.room, note{name: fmt.Sprint(i)}); err != nil {
				t.Fatal(err)
			}
		}
		if took := time.Since(began); took != 0 {
			t.Errorf("20 commands, one after the other, waited for %v", took)
		}
		n.Crowd(t, note{name: "a"}, note{name: "b"})
		if _, err := n.Do(t.Context(), n.room, note{name: "c"}); err != nil {
			t.Fatal(err)
		}
		if took := time.Since(began); took == 0 || took > 10*time.Millisecond {
			t.Errorf("after a crowd, a command waited for %v", took)
		}
		n.Close()
	})
}

func TestClosingFinishesWhatIsInLine(t *testing.T) {
	n := mustNotes(t, livetest.SQLite(t))
	closed := make(chan struct{})
	answers := n.Crowd(t, note{name: "a", first: func(*live.Tx) error {
		go func() {
			n.Close()
			close(closed)
		}()
		return nil
	}}, note{name: "b"})
	mustEqual(t, "answers", answers, []string{"a", "b"})
	<-closed
	if _, err := n.Do(t.Context(), n.room, note{name: "late"}); !errors.Is(err, problem.ErrUnavailable) {
		t.Errorf("a command after closing is answered %v", err)
	}
	mustEqual(t, "events", n.Kinds(t), []string{"first", "a", "b"})
}
