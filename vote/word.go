package vote

import (
	"context"
	"fmt"

	"entgo.io/ent/dialect/sql"

	"usher/ent"
	"usher/ent/answer"
	"usher/ent/word"
	"usher/live"
	"usher/text"
)

// wordChange is by how much the counter of a word rises.
type wordChange struct {
	shown string // as it was written first
	by    int
}

func countWord(words map[string]*wordChange, written string, by int) {
	folded := text.Fold(written)
	if words[folded] == nil {
		words[folded] = &wordChange{shown: written}
	}
	words[folded].by += by
}

// wordsAtOnce limits the words that one statement writes.
const wordsAtOnce = 1000

// writeWords moves the counters of words. A word that is new gets the form in which it was written first.
func writeWords(ctx context.Context, tx *live.Tx, interactionID string, words map[string]*wordChange) error {
	var rows []*ent.WordCreate
	for folded, change := range words {
		if change.by != 0 {
			rows = append(rows, tx.Word.Create().SetID(timeless("w")).SetInteractionID(interactionID).SetFolded(folded).
				SetShown(change.shown).SetAnswers(change.by))
		}
	}
	for len(rows) > 0 {
		n := min(len(rows), wordsAtOnce)
		err := tx.Word.CreateBulk(rows[:n]...).OnConflict(
			sql.ConflictColumns(word.FieldInteractionID, word.FieldFolded),
			sql.ResolveWith(func(u *sql.UpdateSet) { u.Set(word.FieldAnswers, sql.Expr("words.answers + excluded.answers")) }),
		).Exec(ctx)
		if err != nil {
			return fmt.Errorf("count words: %w", err)
		}
		rows = rows[n:]
	}
	return nil
}

// recountWords counts the words of an interaction from its answers, and corrects their counters. It reports whether any was wrong.
func recountWords(ctx context.Context, tx *live.Tx, of *ent.Interaction) (wrong bool, err error) {
	changes := map[string]*wordChange{}
	for after := ""; ; {
		page, err := tx.Answer.Query().Where(answer.InteractionID(of.ID), answer.IDGT(after)).Order(ent.Asc(answer.FieldID)).
			Limit(wordsAtOnce).Select(answer.FieldID, answer.FieldTexts).All(ctx)
		if err != nil {
			return false, fmt.Errorf("read words: %w", err)
		}
		for _, a := range page {
			after = a.ID
			for _, written := range a.Texts {
				countWord(changes, written, 1)
			}
		}
		if len(page) < wordsAtOnce {
			break
		}
	}
	counted, err := tx.Word.Query().Where(word.InteractionID(of.ID)).All(ctx)
	if err != nil {
		return false, fmt.Errorf("read counters of words: %w", err)
	}
	for _, w := range counted {
		if changes[w.Folded] == nil {
			changes[w.Folded] = &wordChange{shown: w.Shown}
		}
		changes[w.Folded].by -= w.Answers
	}
	for _, change := range changes {
		wrong = wrong || change.by != 0
	}
	return wrong, writeWords(ctx, tx, of.ID, changes)
}

// WordCount is how many people gave a word.
type WordCount struct {
	ID, Word string
	Answers  int
	Hidden   bool
}

const (
	// mostCounted limits the words of a result (N9).
	mostCounted = 100
	// mostTallied limits the words of a tally.
	mostTallied = 20
)

// Words reads the most frequent words of interactions, by the interactions' ids, hidden ones too.
func (r Rows) Words(ctx context.Context, ids []string) (map[string][]*ent.Word, error) {
	frequent := func(s *sql.Selector) {
		in := make([]any, len(ids))
		for i, id := range ids {
			in[i] = id
		}
		s.Where(sql.P(func(b *sql.Builder) {
			b.WriteString(s.C(word.FieldID)).WriteString(" IN (SELECT id FROM (SELECT id, ROW_NUMBER() OVER (" +
				"PARTITION BY interaction_id ORDER BY answers DESC, id) AS nth FROM words WHERE answers > 0 AND interaction_id IN (").
				Args(in...).WriteString(")) AS ranked WHERE nth <= ").Arg(2 * mostCounted).WriteString(")")
		}))
	}
	rows, err := r.db.Word.Query().Where(frequent).Order(ent.Desc(word.FieldAnswers), ent.Asc(word.FieldID)).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read words: %w", err)
	}
	found := map[string][]*ent.Word{}
	for _, w := range rows {
		found[w.InteractionID] = append(found[w.InteractionID], w)
	}
	return found, nil
}

// ShownWords shows the most frequent words to those who may see the results. Only those who may hide them see hidden ones.
func (i *Interaction) ShownWords(rows []*ent.Word) []*WordCount {
	if i.Kind() != Words || !i.Counted() {
		return nil
	}
	return shownWords(rows, i.initiates(), mostCounted)
}

func shownWords(rows []*ent.Word, hidden bool, most int) []*WordCount {
	all := []*WordCount{}
	for _, w := range rows {
		if len(all) < most && (hidden || !w.Hidden) {
			all = append(all, &WordCount{w.ID, w.Shown, w.Answers, w.Hidden})
		}
	}
	return all
}
