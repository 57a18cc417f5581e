package chaos

import (
	"context"
	"fmt"
	"testing"

	. "usher/sitetest"
)

// walker is a guest who enters the room and leaves it, again and again, beside others. Their commands share transactions.
type walker struct {
	as    *Client
	place string
	moved int // moves that were acknowledged
}

// crowdOfWalkers is how many walk at the same time.
const crowdOfWalkers = 6

// walkedTo returns the state after some moves.
func walkedTo(moves int) string {
	switch {
	case moves == 0:
		return "LOBBY"
	case moves%2 == 1:
		return "IN_ROOM"
	}
	return "LEFT"
}

// addWalkers starts the session and invites the walkers.
func (y *history) addWalkers() {
	y.room.Command("startSession")
	for i := range crowdOfWalkers {
		k := y.room.Invite(fmt.Sprintf("walker%d@example.org", i), nil)
		y.invited[k.ID] = k
		made := y.room.H.Bearer("").Must("redeemInvitation", k.Bearing(), "accessToken participant { id }")
		y.walkers = append(y.walkers, &walker{as: y.room.H.Bearer(made.Text("accessToken")), place: made.Text("participant.id")})
	}
}

// walk makes a walker's next move. Asking again for a move that was written changes nothing.
func (y *history) walk(ctx context.Context, h *House, w *walker) error {
	to := walkedTo(w.moved + 1)
	r, result, err := h.At(w.as).TryDo(ctx, map[string]string{"IN_ROOM": "enterRoom", "LEFT": "leaveRoom"}[to], Object{"roomId": y.room.ID}, "participant { state }")
	if err != nil {
		return err
	}
	if result.TextIfAny("participant.state") != to {
		return refused("walking", r)
	}
	y.mu.Lock()
	defer y.mu.Unlock()
	w.moved++
	y.tell("presence")
	return nil
}

// checkWalkers compares the log with the moves that were acknowledged. At most one more of each was written.
func (y *history) checkWalkers(t *testing.T, log []Happening) {
	t.Helper()
	moved := map[string]int{}
	for _, e := range log {
		if e.Kind != "ParticipantChanged" {
			continue
		}
		moved[e.Participant()]++
		Same(t, "a walker's next state", e.Detail.Text("state"), walkedTo(moved[e.Participant()]))
	}
	for i, w := range y.walkers {
		if n := moved[w.place]; n != w.moved && n != w.moved+1 {
			t.Errorf("walker %d moved %d times, %d were acknowledged", i, n, w.moved)
		}
	}
}
