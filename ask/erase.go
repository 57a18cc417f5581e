package ask

import (
	"context"
	"fmt"

	"entgo.io/ent/dialect/sql"

	"usher/ent"
	"usher/ent/predicate"
	"usher/ent/question"
	"usher/ent/schema"
	entupvote "usher/ent/upvote"
	"usher/live"
	"usher/room"
	"usher/text"
)

// written finds and erases what a person asked and answered (E4).
type written struct{}

// Rooms returns the rooms in which an account asked, took or answered questions.
func (written) Rooms(ctx context.Context, c *ent.Client, account string) ([]string, error) {
	return c.Question.Query().Where(question.Or(
		question.AskerUserID(account), question.TakenBy(account), question.AnsweredBy(account),
	)).Unique(true).Select(question.FieldRoomID).Strings(ctx)
}

// Erase deletes the texts and keys of a person's questions in a room, with their name, and those of their answers. Of an anonymous
// question it deletes who asked it: without that its text is nobody's, and if it vanished it would tell whose it was.
func (written) Erase(ctx context.Context, t *room.Turn, of room.Traces) error {
	keys, inRoom := of.Places, question.RoomID(t.Room.ID)
	by := question.AskerIDIn(of.Places...)
	if of.Account != "" {
		keys = append(keys[:len(keys):len(keys)], of.Account)
		by = question.Or(by, question.AskerUserID(of.Account))
	}
	err := forgetKeys(ctx, t, question.And(inRoom, by))
	if err == nil {
		err = t.Tx.Question.Update().Where(inRoom, by, question.Anonymous(true)).SetAskerID("").SetAskerUserID("").Exec(ctx)
	}
	if err == nil {
		err = t.Tx.Question.Update().Where(inRoom, by, question.Anonymous(false)).SetText("").SetAuthorName(text.ErasedName).
			SetState(string(Withdrawn)).SetTakenBy("").ClearTaker().Exec(ctx)
	}
	if err == nil {
		err = t.Tx.Question.Update().Where(inRoom, question.TakenByIn(keys...)).SetTakenBy("").ClearTaker().Exec(ctx)
	}
	if err == nil {
		err = t.Tx.Question.Update().Where(inRoom, question.AnsweredByIn(keys...)).SetAnswer("").
			SetAnswerer(schema.Author{Name: text.ErasedName}).Exec(ctx)
	}
	if err != nil {
		return fmt.Errorf("erase questions: %w", err)
	}
	return nil
}

// forgetKeys replaces the authors' own ids of questions. They never change otherwise, so ent does not set them.
func forgetKeys(ctx context.Context, t *room.Turn, of predicate.Question) error {
	ids, err := t.Tx.Question.Query().Where(of).IDs(ctx)
	if err != nil || len(ids) == 0 {
		return err
	}
	args := make([]any, len(ids))
	for i, id := range ids {
		args[i] = id
	}
	query, values := sql.Dialect(t.Tx.Dialect()).Update(question.Table).Set(question.FieldClientKey, sql.Expr(question.FieldID)).
		Where(sql.In(question.FieldID, args...)).Query()
	_, err = t.Tx.ExecContext(ctx, query, values...)
	return err
}

// Drop deletes questions of sessions with their upvotes, at most so many of either.
func (written) Drop(ctx context.Context, tx *live.Tx, in predicate.Session, most int) (found, deleted int, err error) {
	upvotes, err := tx.Upvote.Query().Where(entupvote.HasQuestionWith(question.HasSessionWith(in))).Limit(most).IDs(ctx)
	if err != nil {
		return 0, 0, err
	}
	if len(upvotes) > 0 {
		_, err = tx.Upvote.Delete().Where(entupvote.IDIn(upvotes...)).Exec(ctx)
		return max(len(upvotes), most), 0, err
	}
	ids, err := tx.Question.Query().Where(question.HasSessionWith(in)).Limit(most).IDs(ctx)
	if err != nil || len(ids) == 0 {
		return 0, 0, err
	}
	deleted, err = tx.Question.Delete().Where(question.IDIn(ids...)).Exec(ctx)
	return len(ids), deleted, err
}
