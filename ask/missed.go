package ask

import (
	"context"
	"fmt"
	"time"

	"usher/auth"
	"usher/ent/question"
	"usher/role"
	"usher/room"
)

// Missed counts the questions of others that were published in a room's current session after an instant, and that the asker sees.
func (q *Questions) Missed(ctx context.Context, actor auth.Actor, r *room.Room, after time.Time) (int, error) {
	if !r.Sight.Can(role.Ask) || !r.ChatAndCollaboration || r.CurrentSessionID == nil {
		return 0, nil
	}
	n, err := q.db.Question.Query().Where(
		question.SessionID(*r.CurrentSessionID), question.PublishedAtGT(after), question.StateIn(string(Open), string(Answered)),
		question.Not(askedBy(askerOf(r, actor))),
	).Count(ctx)
	if err != nil {
		return 0, fmt.Errorf("count questions: %w", err)
	}
	return n, nil
}
