package ask

import (
	"context"
	"fmt"

	"usher/auth"
	"usher/ent"
	"usher/ent/participant"
	"usher/ent/question"
	"usher/problem"
	"usher/role"
	"usher/room"
	"usher/text"
	"usher/tools"
)

// Withdraw withdraws the asker's own question, which waits or is open. Returns problem.ErrForbidden for another's, ALREADY_HANDLED.
func (q *Questions) Withdraw(ctx context.Context, actor auth.Actor, id string) (*Question, error) {
	return q.onQuestion(ctx, actor, id, func(t *room.Turn, of *ent.Question) (*ent.Question, error) {
		switch {
		case key(of) != turnKey(t):
			return nil, problem.ErrForbidden
		case State(of.State) == Withdrawn:
			return of, nil
		case !waits(of):
			return nil, alreadyHandled()
		}
		return change(ctx, t, of, released(t.Tx.Question.UpdateOneID(of.ID)).SetState(string(Withdrawn)))
	})
}

// Publish shows a question that waits to everyone in the room. Returns ALREADY_HANDLED for one that was dismissed or withdrawn.
func (q *Questions) Publish(ctx context.Context, actor auth.Actor, id string) (*Question, error) {
	return q.onModerated(ctx, actor, id, func(t *room.Turn, of *ent.Question) (*ent.Question, error) {
		switch {
		case public(of):
			return of, nil
		case State(of.State) != Pending:
			return nil, alreadyHandled()
		}
		return change(ctx, t, of, t.Tx.Question.UpdateOneID(of.ID).SetState(string(Open)).SetPublishedAt(t.Tx.At))
	})
}

// Dismiss takes a question away from everyone but its author, moderators and managers. Returns ALREADY_HANDLED for a withdrawn one.
func (q *Questions) Dismiss(ctx context.Context, actor auth.Actor, id string) (*Question, error) {
	return q.onModerated(ctx, actor, id, func(t *room.Turn, of *ent.Question) (*ent.Question, error) {
		switch State(of.State) {
		case Dismissed:
			return of, nil
		case Withdrawn:
			return nil, alreadyHandled()
		case Pending, Open, Answered:
		}
		return dismiss(ctx, t, of)
	})
}

func dismiss(ctx context.Context, t *room.Turn, of *ent.Question) (*ent.Question, error) {
	return change(ctx, t, of, released(t.Tx.Question.UpdateOneID(of.ID)).SetState(string(Dismissed)))
}

// Reopen makes a question that was answered or dismissed wait for an answer again, without the earlier one. One that was never
// published waits for that. Returns ALREADY_HANDLED for a withdrawn one.
func (q *Questions) Reopen(ctx context.Context, actor auth.Actor, id string) (*Question, error) {
	return q.onModerated(ctx, actor, id, func(t *room.Turn, of *ent.Question) (*ent.Question, error) {
		switch {
		case waits(of):
			return of, nil
		case State(of.State) == Withdrawn:
			return nil, alreadyHandled()
		}
		to := Pending
		if of.PublishedAt != nil {
			to = Open
		}
		return change(ctx, t, of, t.Tx.Question.UpdateOneID(of.ID).SetState(string(to)).
			SetAnswer("").SetAnswerPrivate(false).ClearAnswerer().SetAnsweredBy("").ClearAnsweredAt())
	})
}

// Take tells everyone that the asker is about to answer a question. One that they took before is released. Returns ALREADY_HANDLED
// for a question that another has taken, or that neither waits nor is open.
func (q *Questions) Take(ctx context.Context, actor auth.Actor, id string) (*Question, error) {
	return q.onAnswered(ctx, actor, id, func(t *room.Turn, of *ent.Question) (*ent.Question, error) {
		me := turnKey(t)
		switch {
		case of.TakenBy == me:
			return of, nil
		case of.TakenBy != "" || !waits(of):
			return nil, alreadyHandled()
		}
		if err := releaseOf(ctx, t, me); err != nil {
			return nil, err
		}
		return change(ctx, t, of, t.Tx.Question.UpdateOneID(of.ID).SetTakenBy(me).SetTaker(t.Author()))
	})
}

// Release lets others take a question that the asker took. Moderators and managers release those of others too.
func (q *Questions) Release(ctx context.Context, actor auth.Actor, id string) (*Question, error) {
	return q.onQuestion(ctx, actor, id, func(t *room.Turn, of *ent.Question) (*ent.Question, error) {
		switch {
		case !t.Sight.Can(role.Answer), of.TakenBy != "" && of.TakenBy != turnKey(t) && !t.Sight.Can(role.Moderate):
			return nil, problem.ErrForbidden
		case of.TakenBy == "":
			return of, nil
		}
		return change(ctx, t, of, released(t.Tx.Question.UpdateOneID(of.ID)))
	})
}

// AnswerQuestionInput is the answer to a question.
type AnswerQuestionInput struct {
	QuestionID string
	// Text is nil for an answer that was given live.
	Text *string
	// Private answers are for who asked.
	Private bool
}

// Answer answers a question, or replaces its answer. One that waits is published with it, unless the answer is private. Returns
// SESSION_NOT_OPEN, MUTED, INVALID_VALUE, ALREADY_HANDLED for a question that was dismissed or withdrawn.
func (q *Questions) Answer(ctx context.Context, actor auth.Actor, in AnswerQuestionInput) (*Question, error) {
	return q.onAnswered(ctx, actor, in.QuestionID, func(t *room.Turn, of *ent.Question) (*ent.Question, error) {
		if err := tools.Unmuted(t, t.Tx.At); err != nil {
			return nil, err
		}
		clean, err := cleanAnswer(in)
		switch {
		case err != nil:
			return nil, err
		case State(of.State) == Dismissed || State(of.State) == Withdrawn:
			return nil, alreadyHandled()
		case State(of.State) == Answered && of.Answer == clean && of.AnswerPrivate == in.Private:
			return of, nil
		}
		set := released(t.Tx.Question.UpdateOneID(of.ID)).SetState(string(Answered)).SetAnswer(clean).SetAnswerPrivate(in.Private).
			SetAnswerer(t.Author()).SetAnsweredBy(turnKey(t)).SetAnsweredAt(t.Tx.At)
		if !in.Private && of.PublishedAt == nil {
			set.SetPublishedAt(t.Tx.At)
		}
		return change(ctx, t, of, set)
	})
}

// cleanAnswer returns the clean text of an answer, "" for one that was given live.
func cleanAnswer(in AnswerQuestionInput) (string, error) {
	if in.Text == nil && !in.Private {
		return "", nil
	}
	typed := ""
	if in.Text != nil {
		typed = *in.Text
	}
	clean, wrong := text.CleanAnswer(typed)
	if wrong != nil {
		return "", problem.New(problem.InvalidValue).At("text").Saying(wrong.Message)
	}
	return clean, nil
}

// waits reports whether a question has no answer and may get one.
func waits(q *ent.Question) bool { return State(q.State) == Pending || State(q.State) == Open }

// released makes nobody the one who is about to answer.
func released(set *ent.QuestionUpdateOne) *ent.QuestionUpdateOne {
	return set.SetTakenBy("").ClearTaker()
}

// onModerated is onQuestion for those who may moderate.
func (q *Questions) onModerated(
	ctx context.Context, actor auth.Actor, id string, do func(t *room.Turn, of *ent.Question) (*ent.Question, error),
) (*Question, error) {
	return q.onQuestion(ctx, actor, id, func(t *room.Turn, of *ent.Question) (*ent.Question, error) {
		if !t.Sight.Can(role.Moderate) {
			return nil, problem.ErrForbidden
		}
		return do(t, of)
	})
}

// onAnswered is onQuestion for those who may answer in an open session. Only moderators and managers do so with a question that was never
// published.
func (q *Questions) onAnswered(
	ctx context.Context, actor auth.Actor, id string, do func(t *room.Turn, of *ent.Question) (*ent.Question, error),
) (*Question, error) {
	return q.onQuestion(ctx, actor, id, func(t *room.Turn, of *ent.Question) (*ent.Question, error) {
		if !t.Sight.Can(role.Answer) || of.PublishedAt == nil && !t.Sight.Can(role.Moderate) {
			return nil, problem.ErrForbidden
		}
		if err := opened(t); err != nil {
			return nil, err
		}
		return do(t, of)
	})
}

// change writes a changed question, with its event. Its author gets an event of their own about what the other does not show them.
func change(ctx context.Context, t *room.Turn, before *ent.Question, set *ent.QuestionUpdateOne) (*ent.Question, error) {
	after, err := set.Save(ctx)
	if err != nil {
		return nil, fmt.Errorf("change question: %w", err)
	}
	e := about(before, after)
	e.Unsigned = State(after.State) == Withdrawn && after.Anonymous
	if err := t.Emit(questionChanged, e); err != nil {
		return nil, err
	}
	if before.State == after.State && before.AnsweredAt == after.AnsweredAt || public(after) && !after.AnswerPrivate || key(after) == "" {
		return after, nil
	}
	return after, t.Emit(ownQuestionChanged, toAuthor(e, after))
}

// releaseOf releases what somebody took.
func releaseOf(ctx context.Context, t *room.Turn, key string) error {
	taken, err := t.Tx.Question.Query().Where(question.RoomID(t.Room.ID), question.TakenBy(key), question.TakenByNEQ("")).All(ctx)
	if err != nil {
		return fmt.Errorf("look for taken questions: %w", err)
	}
	for _, of := range taken {
		if _, err := change(ctx, t, of, released(t.Tx.Question.UpdateOneID(of.ID))); err != nil {
			return err
		}
	}
	return nil
}

// releaseMoved releases what a participant took who may answer no longer, or has left (Q5).
func releaseMoved(ctx context.Context, t *room.Turn, before, after *ent.Participant) error {
	if !answers(before) || answers(after) {
		return nil
	}
	return releaseOf(ctx, t, before.ID)
}

// answers reports whether a participant may answer questions.
func answers(p *ent.Participant) bool {
	return role.Standing{Place: p.Role, InRoom: p.State == participant.StateInRoom}.Can(role.Answer)
}

// releaseResigned releases what a manager took without a place.
func releaseResigned(ctx context.Context, t *room.Turn, userID string) error {
	return releaseOf(ctx, t, userID)
}

// releaseAll releases all questions of a session that is over. The session's own event reports it.
func releaseAll(ctx context.Context, t *room.Turn, of *ent.Session) error {
	err := t.Tx.Question.Update().Where(question.SessionID(of.ID), question.TakenByNEQ("")).SetTakenBy("").ClearTaker().Exec(ctx)
	if err != nil {
		return fmt.Errorf("release questions: %w", err)
	}
	return nil
}

// dismissNamed dismisses the questions of a participant who is blocked. Anonymous ones stay, because one that vanished with them would
// tell who asked it (T7).
func dismissNamed(ctx context.Context, t *room.Turn, p *ent.Participant) error {
	theirs, err := t.Tx.Question.Query().Where(
		question.SessionID(p.SessionID), question.AskerID(p.ID), question.Anonymous(false), question.StateIn(string(Pending), string(Open)),
	).Order(question.ByRevision(), question.ByNth()).All(ctx)
	if err != nil {
		return fmt.Errorf("look for open questions: %w", err)
	}
	for _, of := range theirs {
		if _, err := dismiss(ctx, t, of); err != nil {
			return err
		}
	}
	return nil
}
