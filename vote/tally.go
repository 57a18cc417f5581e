package vote

import (
	"context"
	"reflect"

	"usher/ent"
	"usher/role"
	"usher/room"
)

// Totals are the numbers of the open interaction of a room at a moment, nil if none is open.
type Totals struct {
	id            string
	answers       int
	named, shared bool
	options       []OptionTally
	words         []*ent.Word // nil unless people give words
}

// InteractionTally are the numbers of the open interaction, as somebody sees them.
type InteractionTally struct {
	ID      string
	Answers int
	// Options and Words are nil for those who may not see the results.
	Options []*OptionTally
	Words   []*WordCount
}

// OptionTally is how many people chose an option.
type OptionTally struct {
	ID      string
	Answers int
}

// Totals reads the numbers of the open interaction of a room. It checks no rights.
func (r Rows) Totals(ctx context.Context, roomID string) (*Totals, error) {
	open, err := r.Open(ctx, []string{roomID})
	of := open[roomID]
	if err != nil || of == nil {
		return nil, err
	}
	now := &Totals{id: of.ID, answers: of.Answers, named: of.Named, shared: of.Shared}
	for _, c := range of.Edges.Choices {
		now.options = append(now.options, OptionTally{c.ID, c.Answers})
	}
	if Kind(of.Kind) == Words {
		words, err := r.Words(ctx, []string{of.ID})
		if err != nil {
			return nil, err
		}
		now.words = append([]*ent.Word{}, words[of.ID][:min(len(words[of.ID]), 2*mostTallied)]...)
	}
	return now, nil
}

// Equal reports whether two totals are the same.
func (t *Totals) Equal(other *Totals) bool { return reflect.DeepEqual(t.plain(), other.plain()) }

// plain returns totals that can be compared: rows also have what ent needs.
func (t *Totals) plain() any {
	if t == nil {
		return nil
	}
	return []any{t.id, t.answers, t.shared, t.options, shownWords(t.words, true, len(t.words))}
}

// Shown returns the numbers as somebody sees them, nil to those who may not use the tools.
func (t *Totals) Shown(sight room.Sight) *InteractionTally {
	if t == nil || !sight.Can(role.Vote) {
		return nil
	}
	initiates := sight.Can(role.Initiate)
	shown := &InteractionTally{ID: t.id, Answers: t.answers}
	if !counted(Open, initiates || t.shared, t.named, t.answers) {
		return shown
	}
	shown.Options = []*OptionTally{}
	for n := range t.options {
		shown.Options = append(shown.Options, &t.options[n])
	}
	if t.words != nil {
		shown.Words = shownWords(t.words, initiates, mostTallied)
	}
	return shown
}
