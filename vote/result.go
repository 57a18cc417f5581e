package vote

import (
	"context"
	"fmt"
	"strings"

	"usher/auth"
	"usher/ent"
	"usher/ent/answer"
	"usher/ent/predicate"
	"usher/ent/word"
	"usher/room"
	"usher/tools"
)

// Answer is an answer as one asker sees it.
type Answer struct {
	ID      string
	Author  *tools.Author // nil unless the interaction is named and the asker may know
	Choices []string
	Texts   []string
	Hidden  bool
}

// shownAnswer shows an answer to an interaction, with its author if named is set.
func shownAnswer(of *ent.Interaction, a *ent.Answer, named bool) *Answer {
	shown := &Answer{ID: a.ID, Choices: []string{}, Texts: a.Texts, Hidden: a.Hidden}
	if shown.Texts == nil {
		shown.Texts = []string{}
	}
	for n, c := range of.Edges.Choices {
		if a.Choices&(1<<n) != 0 {
			shown.Choices = append(shown.Choices, c.ID)
		}
	}
	if named && a.Author != nil {
		shown.Author = &tools.Author{Author: *a.Author}
	}
	return shown
}

// MineKey is the key of the asker's own answer for Rows.Mine. It returns "" for somebody who can have none, or none that the API shows: an
// anonymous interaction that is stopped shows nobody's (N6).
func (i *Interaction) MineKey(actor auth.Actor, id string) string {
	place := ""
	if own := i.Sight.Own; own != nil && own.SessionID == i.SessionID {
		place = own.ID
	}
	if place == "" && actor.UserID() == "" {
		return ""
	}
	return id + " " + place + " " + actor.UserID()
}

// Mine reads answers by the keys that MineKey returns.
func (r Rows) Mine(ctx context.Context, keys []string) (map[string]*ent.Answer, error) {
	var ids, people []string
	for _, key := range keys {
		parts := strings.Split(key, " ")
		ids, people = append(ids, parts[0]), append(people, parts[1:]...)
	}
	rows, err := r.db.Answer.Query().Where(answer.InteractionIDIn(ids...), answer.PersonIn(people...), answer.PersonNEQ("")).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read answers: %w", err)
	}
	found := map[string]*ent.Answer{}
	for _, a := range rows {
		for _, key := range keys {
			if parts := strings.Split(key, " "); parts[0] == a.InteractionID && (parts[1] == *a.Person || parts[2] == *a.Person) {
				found[key] = a
			}
		}
	}
	return found, nil
}

// Mine shows the asker's own answer. row is what Rows.Mine read, nil if a command has it already.
func (i *Interaction) Mine(row *ent.Answer) *Answer {
	if i.own {
		row = i.mine
	}
	if row == nil || i.State() == Draft || i.State() == Stopped && !i.Named {
		return nil
	}
	return shownAnswer(i.Interaction, row, i.Named)
}

// All returns the answers to an interaction, in no order. Those who may initiate interactions get all texts, and of a named interaction all
// answers with their authors. Everyone in the room gets the texts that are shared, without names. It returns nil to others (N6, N9).
func (s *Interactions) All(ctx context.Context, i *Interaction, page room.Page) (*room.List[*Answer], error) {
	written := i.Kind().written()
	if !i.Counted() || i.initiates() && !i.Named && !written || !i.initiates() && i.Kind() != Text {
		return nil, nil
	}
	where := []predicate.Answer{answer.InteractionID(i.ID)}
	if !i.initiates() {
		where = append(where, answer.Hidden(false))
	}
	after := where
	if parts, ok, err := room.Position(page.After, 1); err != nil {
		return nil, err
	} else if ok {
		after = append(where[:len(where):len(where)], answer.IDGT(parts[0]))
	}
	rows, err := s.db.Answer.Query().Where(after...).Order(ent.Asc(answer.FieldID)).Limit(page.First + 1).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("list answers: %w", err)
	}
	total, err := room.TotalOf(ctx, page, len(rows), s.db.Answer.Query().Where(where...).Count)
	if err != nil {
		return nil, fmt.Errorf("count answers: %w", err)
	}
	l := room.Cut(rows, page,
		func(a *ent.Answer) *Answer { return shownAnswer(i.Interaction, a, i.Named && i.initiates()) },
		func(a *ent.Answer) string { return room.Cursor(a.ID) })
	l.Total = total
	return &l, nil
}

// Hide no longer shares a text with the room, or a word, or with on false shares it again. It returns the interaction. The same again
// changes nothing. Returns problem.ErrNotFound, problem.ErrForbidden, INVALID_VALUE for an answer without a text of its own.
func (s *Interactions) Hide(ctx context.Context, actor auth.Actor, id string, on bool) (*Interaction, error) {
	interactionID, isWord, err := s.Rows.answered(ctx, id)
	if ent.IsNotFound(err) {
		return nil, room.Missing(ctx, s.rooms, actor)
	}
	if err != nil {
		return nil, fmt.Errorf("find answer: %w", err)
	}
	return s.on(ctx, actor, interactionID, func(t *room.Turn, of *ent.Interaction) (*Interaction, error) {
		var n int
		var err error
		switch {
		case isWord:
			n, err = t.Tx.Word.Update().Where(word.ID(id), word.HiddenNEQ(on)).SetHidden(on).Save(ctx)
		case Kind(of.Kind) != Text:
			return nil, invalid("answerId", "Only texts and words can be hidden.")
		default:
			n, err = t.Tx.Answer.Update().Where(answer.ID(id), answer.HiddenNEQ(on)).SetHidden(on).Save(ctx)
		}
		if err != nil {
			return nil, fmt.Errorf("hide answer: %w", err)
		}
		if n > 0 {
			e := entry(of)
			e.Detail.Answer, e.Detail.Shared, e.Detail.Restored = id, of.Shared, !on
			if err := t.Emit(answerHidden, e); err != nil {
				return nil, err
			}
		}
		return afterwards(ctx, t, of.ID)
	})
}

// answered returns the interaction of an answer or of a word.
func (r Rows) answered(ctx context.Context, id string) (interactionID string, isWord bool, err error) {
	if isWord = strings.HasPrefix(id, "w_"); isWord {
		interactionID, err = r.db.Word.Query().Where(word.ID(id)).QueryInteraction().OnlyID(ctx)
	} else {
		interactionID, err = r.db.Answer.Query().Where(answer.ID(id)).QueryInteraction().OnlyID(ctx)
	}
	return interactionID, isWord, err
}

// Answered reports whether a command has read the asker's answer already.
func (i *Interaction) Answered() bool { return i.own }
