package ask

import (
	"context"
	"fmt"
	"time"

	"usher/ent"
	"usher/ent/predicate"
	"usher/ent/question"
	"usher/tools"
)

// Contents are what managers export of the questions. Those without a name have no time either, and come last, by their texts: their order
// would tell who asked.
var Contents = []tools.Content{{
	Name:    "QUESTIONS",
	Columns: []string{"at", "author", "anonymous", "state", "text", "upvotes", "answer", "answer_private", "answered_by"},
	Read:    readContent,
}}

func readContent(ctx context.Context, c *ent.Client, of *ent.Session, row func(values ...any) error) error {
	var last *ent.Question
	err := eachPage(ctx, c, func() []predicate.Question {
		where := []predicate.Question{question.SessionID(of.ID), question.Anonymous(false)}
		if last != nil {
			where = append(where, question.Or(question.RevisionGT(last.Revision), question.And(question.Revision(last.Revision), question.NthGT(last.Nth))))
		}
		return where
	}, []question.OrderOption{question.ByRevision(), question.ByNth()}, func(q *ent.Question) error {
		last = q
		return row(contentRow(q, q.At)...)
	})
	if err != nil {
		return err
	}
	last = nil
	return eachPage(ctx, c, func() []predicate.Question {
		where := []predicate.Question{question.SessionID(of.ID), question.Anonymous(true)}
		if last != nil {
			where = append(where, question.Or(question.TextGT(last.Text), question.And(question.Text(last.Text), question.IDGT(last.ID))))
		}
		return where
	}, []question.OrderOption{question.ByText(), question.ByID()}, func(q *ent.Question) error {
		last = q
		return row(contentRow(q, time.Time{})...)
	})
}

// eachPage passes on the questions that each next page selects.
func eachPage(
	ctx context.Context, c *ent.Client, next func() []predicate.Question, order []question.OrderOption, each func(q *ent.Question) error,
) error {
	for {
		page, err := c.Question.Query().Where(next()...).Order(order...).Limit(tools.ContentPage).All(ctx)
		if err != nil {
			return fmt.Errorf("read questions: %w", err)
		}
		for _, q := range page {
			if err := each(q); err != nil {
				return err
			}
		}
		if len(page) < tools.ContentPage {
			return nil
		}
	}
}

func contentRow(q *ent.Question, at time.Time) []any {
	var when any
	if !at.IsZero() {
		when = at
	}
	answer, by := "", ""
	if State(q.State) == Answered {
		answer, by = q.Answer, q.Answerer.Name
	}
	return []any{when, q.AuthorName, q.Anonymous, q.State, q.Text, q.Upvotes, answer, q.AnswerPrivate, by}
}
