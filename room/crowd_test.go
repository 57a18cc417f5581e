package room_test

import (
	"errors"
	"fmt"
	"sync"
	"testing"
	"testing/synctest"

	"usher/auth"
	"usher/ent/event"
	"usher/live/livetest"
	"usher/problem"
	"usher/role"
	"usher/room"
)

// together holds the room locked until all the commands wait, so that all but the first share a transaction. It returns their answers:
// a state, or an error. Each command but the first is in line before the next one is.
func (k *kernel) together(t *testing.T, commands ...func() (*room.Participant, error)) []string {
	t.Helper()
	answers, release := make([]string, len(commands)), make(chan struct{})
	var all sync.WaitGroup
	all.Go(func() {
		if err := k.services.Rooms.Act(t.Context(), k.owner, k.roomID, role.SeeRoom, func(*room.Turn) error { <-release; return nil }); err != nil {
			t.Error(err)
		}
	})
	synctest.Wait()
	for i, command := range commands {
		all.Go(func() {
			p, err := command()
			if err != nil {
				answers[i] = err.Error()
				return
			}
			answers[i] = string(p.State)
		})
		synctest.Wait()
	}
	close(release)
	all.Wait()
	return answers
}

// enters and leaves return commands of an asker.
func (k *kernel) enters(t *testing.T, actor auth.Actor) func() (*room.Participant, error) {
	return func() (*room.Participant, error) { return k.services.Places.Enter(t.Context(), actor, k.roomID) }
}

func (k *kernel) leaves(t *testing.T, actor auth.Actor) func() (*room.Participant, error) {
	return func() (*room.Participant, error) { return k.services.Places.Leave(t.Context(), actor, k.roomID) }
}

func TestCommandsOfOneTransactionSeeEachOther(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		k := mustKernel(t, livetest.SQLite(t))
		guests := k.mustCrowd(t, 3)
		made := auth.Actor{Device: auth.AttemptDevice("made up")}
		before := k.db.Read.Event.Query().CountX(t.Context())
		got := k.together(t,
			k.enters(t, guests[0]),
			k.enters(t, guests[1]), k.leaves(t, guests[1]), k.leaves(t, guests[1]), k.enters(t, guests[1]), k.leaves(t, guests[1]),
			k.enters(t, made), k.enters(t, guests[2]), k.enters(t, guests[2]),
		)
		no := problem.ErrUnauthenticated.Error()
		want := []string{"IN_ROOM", "IN_ROOM", "LEFT", "LEFT", "IN_ROOM", "LEFT", no, "IN_ROOM", "IN_ROOM"}
		if fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("the answers are %v, want %v", got, want)
		}
		var moves []string
		for _, e := range k.db.Read.Event.Query().Order(event.ByRevision()).Offset(before).AllX(t.Context()) {
			moves = append(moves, e.Detail.PreviousState+" "+e.Detail.State)
		}
		if want := []string{
			"LOBBY IN_ROOM", "LOBBY IN_ROOM", "IN_ROOM LEFT", "LEFT IN_ROOM", "IN_ROOM LEFT", "LOBBY IN_ROOM",
		}; fmt.Sprint(moves) != fmt.Sprint(want) {
			t.Errorf("the events are %v, want %v", moves, want)
		}
		left, err := k.services.Rooms.Get(t.Context(), guests[1], k.roomID)
		if err != nil || left.Sight.Own.State != "LEFT" {
			t.Errorf("the place is stored as %v, %v", left, err)
		}
	})
}

func TestAnAccountOfACrowdIsCheckedByItsPresentState(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		k := mustKernel(t, livetest.SQLite(t))
		guests := k.mustCrowd(t, 2)
		gone := k.owner
		gone.SignInID = "n_that_ended"
		got := k.together(t, k.enters(t, guests[0]), k.enters(t, gone), k.enters(t, k.owner), k.enters(t, k.owner), k.enters(t, guests[1]))
		want := []string{"IN_ROOM", problem.ErrUnauthenticated.Error(), "IN_ROOM", "IN_ROOM", "IN_ROOM"}
		if fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("the answers are %v, want %v", got, want)
		}
	})
}

func TestACrowdInARoomThatIsGoneIsRefused(t *testing.T) {
	livetest.Each(t, func(t *testing.T, databaseURL string) {
		k := mustKernel(t, databaseURL)
		if _, err := k.services.Places.Enter(t.Context(), k.viewer, "r_none"); !errors.Is(err, problem.ErrNotFound) {
			t.Errorf("a guest is answered %v", err)
		}
		if _, err := k.services.Places.Enter(t.Context(), auth.Actor{}, "r_none"); !errors.Is(err, problem.ErrUnauthenticated) {
			t.Errorf("nobody is answered %v", err)
		}
	})
}
