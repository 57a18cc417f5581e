package chaos

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"testing"

	. "usher/sitetest"
)

// voter is a guest who changes their answer to a poll, again and again, beside others. Their answers share transactions.
type voter struct {
	as    *Client
	place string
	last  int // the chosen options of the last acknowledged answer, a bit for each; 0 without one
	asked int // those of the last answer that was sent
}

// crowdOfVoters is how many answer at the same time.
const crowdOfVoters = 6

// addVoters starts a poll of two options, of which an answer may have both, and invites the voters. The session is open.
func (y *history) addVoters() {
	y.room.H.T.Helper()
	y.poll = y.room.Host.Must("createInteraction", Object{"roomId": y.room.ID, "key": strings.Repeat("k", 22), "interaction": Object{
		"kind": "CHOICE", "title": "Which days?", "options": []Object{{"text": "Monday"}, {"text": "Friday"}}, "maxChoices": 2,
	}}, "interaction { id options { id } }").In("interaction")
	y.room.Host.Must("startInteraction", Object{"interactionId": y.poll.Text("id")}, "")
	for i := range crowdOfVoters {
		k := y.room.Invite(fmt.Sprintf("voter%d@example.org", i), nil)
		y.invited[k.ID] = k
		guest := k.BearerGuest()
		y.voters = append(y.voters, &voter{as: guest, place: guest.Enter(y.room).Text("id")})
	}
}

// vote changes a voter's answer. Sending the same again changes nothing.
func (y *history) vote(ctx context.Context, h *House, v *voter) error {
	next, choices := v.last%3+1, []string{}
	for n, id := range y.poll.Texts("options", "id") {
		if next&(1<<n) != 0 {
			choices = append(choices, id)
		}
	}
	v.asked = next
	with := Object{"interactionId": y.poll.Text("id"), "choices": choices}
	r, result, err := h.At(v.as).TryDo(ctx, "answerInteraction", with, "interaction { id }")
	if err != nil {
		return err
	}
	if result.TextIfAny("interaction.id") == "" {
		return refused("answering", r)
	}
	v.last = next
	y.mu.Lock()
	defer y.mu.Unlock()
	y.tell("vote")
	return nil
}

// checkVotes compares the rows of answers with what was acknowledged, and the counters with the rows.
func (y *history) checkVotes(t *testing.T, db *sql.Tx) {
	t.Helper()
	if y.poll == nil {
		return
	}
	numbers := func(query string, more ...any) (all []int) {
		rows, err := db.QueryContext(t.Context(), query, append([]any{y.poll.Text("id")}, more...)...)
		if err != nil {
			t.Fatal(err)
		}
		defer rows.Close()
		for rows.Next() {
			var n int
			if err := rows.Scan(&n); err != nil {
				t.Fatal(err)
			}
			all = append(all, n)
		}
		if err := rows.Err(); err != nil {
			t.Fatal(err)
		}
		return all
	}
	answered, each := 0, []int{0, 0}
	for i, v := range y.voters {
		chosen := numbers(`SELECT choices FROM answers WHERE interaction_id = $1 AND person = $2`, v.place)
		switch {
		case len(chosen) == 0 && v.last == 0:
			continue
		case len(chosen) != 1 || chosen[0] != v.last && chosen[0] != v.asked:
			t.Errorf("voter %d has the answers %v, %d was acknowledged and %d sent", i, chosen, v.last, v.asked)
			continue
		}
		answered++
		for n := range each {
			each[n] += chosen[0] >> n & 1
		}
	}
	Same(t, "the rows of answers", numbers(`SELECT COUNT(*) FROM answers WHERE interaction_id = $1`), []int{answered})
	Same(t, "the counter of answers", numbers(`SELECT answers FROM interactions WHERE id = $1`), []int{answered})
	Same(t, "the counters of the options", numbers(`SELECT answers FROM choices WHERE interaction_id = $1 ORDER BY nth`), each)
}
