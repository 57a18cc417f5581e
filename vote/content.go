package vote

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"usher/ent"
	"usher/ent/answer"
	"usher/ent/interaction"
	"usher/ent/word"
	"usher/tools"
)

// Contents are what managers export of the interactions: what was asked with its results, and the answers one by one.
var Contents = []tools.Content{
	{
		Name: string(Topic),
		Columns: []string{
			"id", "kind", "title", "state", "anonymous", "started_at", "stopped_at", "answers", "turnout", "option", "correct", "chosen", "hidden",
		},
		Read: func(ctx context.Context, c *ent.Client, of *ent.Session, row func(values ...any) error) error {
			return eachOf(ctx, c, of, func(i *ent.Interaction) error { return readResults(ctx, c, i, row) })
		},
	},
	{
		Name:    "ANSWERS",
		Columns: []string{"interaction", "kind", "title", "anonymous", "author", "role", "choices", "texts", "hidden"},
		Read: func(ctx context.Context, c *ent.Client, of *ent.Session, row func(values ...any) error) error {
			return eachOf(ctx, c, of, func(i *ent.Interaction) error { return readAnswers(ctx, c, i, row) })
		},
	},
}

// eachOf passes on the interactions of a session, oldest first. There are at most mostInteractions.
func eachOf(ctx context.Context, c *ent.Client, of *ent.Session, each func(*ent.Interaction) error) error {
	all, err := withChoices(c.Interaction.Query().Where(interaction.SessionID(of.ID))).Order(interaction.ByID()).All(ctx)
	if err != nil {
		return fmt.Errorf("read interactions: %w", err)
	}
	for _, i := range all {
		if err := each(i); err != nil {
			return err
		}
	}
	return nil
}

// readResults passes on a row for each option or word of an interaction, and one without either for texts. How often each was chosen stays
// empty where nobody sees it (N7).
func readResults(ctx context.Context, c *ent.Client, i *ent.Interaction, row func(values ...any) error) error {
	common := []any{
		i.ID, i.Kind, i.Title, i.State, !i.Named, tools.Optional(i.StartedAt), tools.Optional(i.StoppedAt), i.Answers, numberOrNil(i.Turnout),
	}
	shown := counted(State(i.State), true, i.Named, i.Answers)
	result := func(option string, correct, chosen, hidden any) error {
		return row(slices.Concat(common, []any{option, correct, chosen, hidden})...)
	}
	if Kind(i.Kind) == Words && shown {
		return eachWord(ctx, c, i.ID, func(w *ent.Word) error { return result(w.Shown, nil, w.Answers, w.Hidden) })
	}
	if len(i.Edges.Choices) == 0 {
		return result("", nil, nil, nil)
	}
	for _, o := range i.Edges.Choices {
		var correct, chosen any
		if Kind(i.Kind) == Quiz {
			correct = o.Correct
		}
		if shown {
			chosen = o.Answers
		}
		if err := result(o.Text, correct, chosen, nil); err != nil {
			return err
		}
	}
	return nil
}

// eachWord passes on the words of an interaction, the most frequent first.
func eachWord(ctx context.Context, c *ent.Client, id string, each func(*ent.Word) error) error {
	where := word.And(word.InteractionID(id), word.AnswersGT(0))
	after := where
	for {
		page, err := c.Word.Query().Where(after).Order(ent.Desc(word.FieldAnswers), ent.Asc(word.FieldID)).Limit(tools.ContentPage).All(ctx)
		if err != nil {
			return fmt.Errorf("read words: %w", err)
		}
		for _, w := range page {
			if err := each(w); err != nil {
				return err
			}
		}
		if len(page) < tools.ContentPage {
			return nil
		}
		last := page[len(page)-1]
		after = word.And(where, word.Or(word.AnswersLT(last.Answers), word.And(word.Answers(last.Answers), word.IDGT(last.ID))))
	}
}

// readAnswers passes on the answers to an interaction in the order of their ids, which are random. Anonymous ones come once the interaction is
// stopped and has enough of them, so that two exports do not tell what somebody answered in between.
func readAnswers(ctx context.Context, c *ent.Client, i *ent.Interaction, row func(values ...any) error) error {
	if !i.Named && (State(i.State) != Stopped || !counted(Stopped, true, false, i.Answers)) {
		return nil
	}
	for after := ""; ; {
		page, err := c.Answer.Query().Where(answer.InteractionID(i.ID), answer.IDGT(after)).Order(answer.ByID()).Limit(tools.ContentPage).All(ctx)
		if err != nil {
			return fmt.Errorf("read answers: %w", err)
		}
		for _, a := range page {
			after = a.ID
			name, as := "", ""
			if i.Named && a.Author != nil {
				name, as = a.Author.Name, string(a.Author.Role)
			}
			err := row(i.ID, i.Kind, i.Title, !i.Named, name, as, strings.Join(chosenTexts(i, a), "; "), strings.Join(a.Texts, "; "), a.Hidden)
			if err != nil {
				return err
			}
		}
		if len(page) < tools.ContentPage {
			return nil
		}
	}
}

// chosenTexts returns the texts of the options that an answer chose.
func chosenTexts(i *ent.Interaction, a *ent.Answer) (texts []string) {
	for n, o := range i.Edges.Choices {
		if a.Choices&(1<<n) != 0 {
			texts = append(texts, o.Text)
		}
	}
	return texts
}

func numberOrNil(n *int) any {
	if n == nil {
		return nil
	}
	return *n
}
