package ask

import (
	"context"
	"fmt"
	"time"

	"usher/auth"
	"usher/ent"
	"usher/problem"
	"usher/room"
)

// Mute closes the questions of a room to who asked one, until a time or the end of the session, or opens them again. Nobody else learns
// who that is, so the answer is the same for every author (Q3). Returns INVALID_TIME, and problem.ErrForbidden for the asker's own
// question.
func (q *Questions) Mute(ctx context.Context, actor auth.Actor, id string, on bool, until *time.Time) (*Question, error) {
	return q.onModerated(ctx, actor, id, func(t *room.Turn, of *ent.Question) (*ent.Question, error) {
		if key(of) == turnKey(t) {
			return nil, problem.ErrForbidden
		}
		if !on {
			until = nil
		}
		if err := room.CheckMute(until, t.Tx.At); err != nil {
			return nil, err
		}
		if of.AskerMuted == on && room.SameTime(of.AskerMutedUntil, until) {
			return of, nil
		}
		set := t.Tx.Question.UpdateOneID(of.ID).SetAskerMuted(on)
		if until == nil { // PostgreSQL refuses two values for one column
			set.ClearAskerMutedUntil()
		}
		after, err := set.SetNillableAskerMutedUntil(until).Save(ctx)
		if err != nil {
			return nil, fmt.Errorf("mute asker: %w", err)
		}
		e := about(of, after)
		e.Detail.Published = false // for moderators and managers, also of a published question
		if err := t.Emit(questionChanged, e); err != nil || key(after) == "" {
			return after, err
		}
		own := toAuthor(e, after)
		own.Detail.Blocked, own.Detail.Until = on, until
		return after, t.Emit(askerMuted, own)
	})
}
