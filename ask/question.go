package ask

import (
	"usher/auth"
	"usher/ent"
	"usher/ent/schema"
	"usher/role"
	"usher/room"
	"usher/tools"
)

// Question is a question as one asker sees it.
type Question struct {
	*ent.Question
	Sight room.Sight
}

// State returns what became of it.
func (q *Question) State() State { return State(q.Question.State) }

// Author returns who asked it, nil if they asked without their name.
func (q *Question) Author() *tools.Author {
	if q.Anonymous {
		return nil
	}
	return &tools.Author{Author: schema.Author{
		ParticipantID: q.AskerID, UserID: q.AskerUserID, Name: q.AuthorName, Role: q.AuthorRole, Host: q.AuthorHost,
	}}
}

// TakenBy returns who is about to answer it.
func (q *Question) TakenBy() *tools.Author {
	if q.Question.TakenBy == "" {
		return nil
	}
	return &tools.Author{Author: q.Taker}
}

// AnsweredBy returns who answered it.
func (q *Question) AnsweredBy() *tools.Author {
	if q.State() != Answered {
		return nil
	}
	return &tools.Author{Author: q.Answerer}
}

// AnsweredPrivately reports whether the answer is only for who asked.
func (q *Question) AnsweredPrivately() bool { return q.State() == Answered && q.AnswerPrivate }

// Answer returns a written answer that is for everyone.
func (q *Question) Answer() *string {
	if q.State() != Answered || q.AnswerPrivate || q.Question.Answer == "" {
		return nil
	}
	return &q.Question.Answer
}

// Asker returns the key of an asker whose sight the question has.
func (q *Question) Asker(actor auth.Actor) string {
	if own := q.Sight.Own; own != nil && own.SessionID == q.SessionID {
		return own.ID
	}
	return actor.UserID()
}

// Mine reports whether an asker asked it.
func (q *Question) Mine(actor auth.Actor) bool {
	asker := q.Asker(actor)
	return asker != "" && asker == key(q.Question)
}

// PrivateAnswer returns an answer that is only for who asked. Moderators and managers read it too.
func (q *Question) PrivateAnswer(actor auth.Actor) *string {
	if !q.Sight.Can(role.Moderate) && !q.Mine(actor) {
		return nil
	}
	return q.privately()
}

// privately returns an answer that is only for who asked.
func (q *Question) privately() *string {
	if !q.AnsweredPrivately() {
		return nil
	}
	return &q.Question.Answer
}

// AskerMuted reports to moderators and managers whether its author was muted by this question.
func (q *Question) AskerMuted() *bool {
	if !q.Sight.Can(role.Moderate) {
		return nil
	}
	return &q.Question.AskerMuted
}

// key returns the key of who asked a question, also of an anonymous one.
func key(q *ent.Question) string { return tools.AuthorKey(q.AskerID, q.AskerUserID) }

// public reports whether everyone in the room sees a question (Q2).
func public(q *ent.Question) bool {
	return q.PublishedAt != nil && (State(q.State) == Open || State(q.State) == Answered)
}

// visible reports whether somebody sees a question of the room's current session.
func visible(q *ent.Question, sight room.Sight, asker string) bool {
	return sight.Can(role.Moderate) || sight.Can(role.Ask) && (public(q) || asker != "" && asker == key(q))
}
