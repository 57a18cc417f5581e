package vote

import (
	"fmt"
	"strconv"
	"strings"

	"usher/ent"
	"usher/ent/answer"
	"usher/ent/choice"
)

// count adds an answer to the counters, or with -1 removes it.
func (b *batch) count(a *ent.Answer, by int) {
	for n := range b.choices {
		if a.Choices&(1<<n) != 0 {
			b.choices[n] += by
		}
	}
	if Kind(b.open.Kind) == Words {
		for _, word := range a.Texts {
			countWord(b.words, word, by)
		}
	}
}

// Flush writes the answers, and moves the counters by the difference.
func (b *batch) Flush() error {
	if len(b.written) == 0 && len(b.taken) == 0 {
		return b.Crowd.Flush()
	}
	if err := b.writeAnswers(); err != nil {
		return err
	}
	if err := b.writeCounters(); err != nil {
		return err
	}
	b.tx.Stir(b.Room.ID)
	return b.Crowd.Flush()
}

func (b *batch) writeAnswers() error {
	if len(b.taken) > 0 {
		ids := make([]string, 0, len(b.taken))
		for id := range b.taken {
			ids = append(ids, id)
		}
		if _, err := b.tx.Answer.Delete().Where(answer.IDIn(ids...)).Exec(b.ctx); err != nil {
			return fmt.Errorf("delete answers: %w", err)
		}
	}
	rows := make([]*ent.AnswerCreate, 0, len(b.written))
	for _, a := range b.written {
		rows = append(rows, b.tx.Answer.Create().SetID(a.ID).SetInteractionID(a.InteractionID).SetNillablePerson(a.Person).
			SetChoices(a.Choices).SetTexts(a.Texts).SetAuthor(a.Author).SetHidden(a.Hidden))
	}
	if len(rows) == 0 {
		return nil
	}
	err := b.tx.Answer.CreateBulk(rows...).OnConflictColumns(answer.FieldID).
		Update(func(u *ent.AnswerUpsert) { u.UpdateChoices().UpdateTexts() }).Exec(b.ctx)
	if err != nil {
		return fmt.Errorf("write answers: %w", err)
	}
	return nil
}

// writeCounters moves the counters, with one statement for all options and one for all words.
func (b *batch) writeCounters() error {
	if b.answers != 0 {
		if err := b.tx.Interaction.UpdateOneID(b.open.ID).AddAnswers(b.answers).Exec(b.ctx); err != nil {
			return fmt.Errorf("count answers: %w", err)
		}
		b.open.Answers += b.answers
	}
	var cases strings.Builder
	for n, by := range b.choices {
		if by != 0 {
			cases.WriteString(" WHEN " + strconv.Itoa(n) + " THEN " + strconv.Itoa(by))
			b.open.Edges.Choices[n].Answers += by
		}
	}
	if cases.Len() > 0 {
		_, err := b.tx.ExecContext(b.ctx, "UPDATE "+choice.Table+" SET answers = answers + CASE nth"+cases.String()+
			" ELSE 0 END WHERE interaction_id = $1", b.open.ID)
		if err != nil {
			return fmt.Errorf("count choices: %w", err)
		}
	}
	return writeWords(b.ctx, b.tx, b.open.ID, b.words)
}
