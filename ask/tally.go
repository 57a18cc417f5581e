package ask

import (
	"context"
	"fmt"

	"entgo.io/ent/dialect/sql"

	"usher/ent"
	"usher/ent/question"
	entroom "usher/ent/room"
	"usher/ent/session"
	"usher/role"
	"usher/room"
)

// mostTallied limits the questions of a tally, which goes to everyone in the room again and again.
const mostTallied = 30

// QuestionTally is how many people want a question answered.
type QuestionTally struct {
	ID      string
	Upvotes int
}

// Totals are the upvotes of the open questions of a room that have the most.
type Totals []QuestionTally

// Totals reads the upvotes of a room's current session. It checks no rights.
func (r Rows) Totals(ctx context.Context, roomID string) (Totals, error) {
	current, err := r.db.Room.Query().Where(entroom.ID(roomID), entroom.ChatAndCollaboration(true)).Select(entroom.FieldCurrentSessionID).Only(ctx)
	if ent.IsNotFound(err) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read room: %w", err)
	}
	if current.CurrentSessionID == nil {
		return nil, nil
	}
	rows, err := r.db.Question.Query().Where(
		question.SessionID(*current.CurrentSessionID), question.State(string(Open)), question.UpvotesGT(0),
		question.HasSessionWith(session.StateEQ(session.StateOpen)),
	).Order(question.ByUpvotes(sql.OrderDesc()), question.ByRevision(), question.ByNth()).Limit(mostTallied).
		Select(question.FieldID, question.FieldUpvotes).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read upvotes: %w", err)
	}
	var totals Totals
	for _, q := range rows {
		totals = append(totals, QuestionTally{q.ID, q.Upvotes})
	}
	return totals, nil
}

// Shown returns the numbers as somebody sees them: none to those who may not ask.
func (t Totals) Shown(sight room.Sight) []*QuestionTally {
	shown := []*QuestionTally{}
	if !sight.Can(role.Ask) {
		return shown
	}
	for i := range t {
		shown = append(shown, &t[i])
	}
	return shown
}

// Tallies reports whether a room's tally may have other upvotes after an event.
func Tallies(e *ent.Event) bool { return e.Kind == questionChanged.Name }
