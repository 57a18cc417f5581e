package vote

import (
	"context"
	"fmt"
	"strings"

	"usher/ent"
	"usher/ent/answer"
	"usher/ent/interaction"
	"usher/ent/predicate"
	"usher/ent/schema"
	"usher/ent/word"
	"usher/live"
	"usher/room"
	"usher/text"
)

// written finds and erases what a person answered (E4).
type written struct{}

// Rooms returns the rooms in which an account answered or drafted something without a place.
func (written) Rooms(ctx context.Context, c *ent.Client, account string) ([]string, error) {
	answered, err := c.Answer.Query().Where(answer.Person(account)).QueryInteraction().Unique(true).Select(interaction.FieldRoomID).Strings(ctx)
	if err != nil {
		return nil, fmt.Errorf("look for answers: %w", err)
	}
	drafted, err := c.Interaction.Query().Where(interaction.Creator(account)).Unique(true).Select(interaction.FieldRoomID).Strings(ctx)
	if err != nil {
		return nil, fmt.Errorf("look for drafts: %w", err)
	}
	return append(answered, drafted...), nil
}

// Erase erases a person's texts and words in a room, and their name at their answers. What they chose stays counted.
func (written) Erase(ctx context.Context, t *room.Turn, of room.Traces) error {
	people := of.Places
	if of.Account != "" {
		people = append(people[:len(people):len(people)], of.Account)
	}
	rows, err := t.Tx.Answer.Query().Where(answer.PersonIn(people...), answer.HasInteractionWith(interaction.RoomID(t.Room.ID))).
		WithInteraction().All(ctx)
	if err != nil {
		return fmt.Errorf("read answers: %w", err)
	}
	for _, a := range rows {
		if err := eraseAnswer(ctx, t.Tx, a); err != nil {
			return err
		}
	}
	err = t.Tx.Interaction.Update().Where(interaction.RoomID(t.Room.ID), interaction.CreatorIn(people...)).SetCreator("").Exec(ctx)
	if err != nil {
		return fmt.Errorf("erase creator: %w", err)
	}
	return nil
}

// eraseAnswer erases the texts of an answer, with the words that nobody else gave, and its author's name.
func eraseAnswer(ctx context.Context, tx *live.Tx, a *ent.Answer) error {
	if Kind(a.Edges.Interaction.Kind) == Words && len(a.Texts) > 0 {
		words := map[string]*wordChange{}
		for _, one := range a.Texts {
			countWord(words, one, -1)
		}
		if err := writeWords(ctx, tx, a.InteractionID, words); err != nil {
			return err
		}
		if _, err := tx.Word.Delete().Where(word.InteractionID(a.InteractionID), word.AnswersLTE(0)).Exec(ctx); err != nil {
			return fmt.Errorf("erase words: %w", err)
		}
	}
	set := tx.Answer.UpdateOneID(a.ID).ClearTexts()
	if a.Author != nil {
		set.SetAuthor(&schema.Author{ParticipantID: a.Author.ParticipantID, Name: text.ErasedName, Role: a.Author.Role, Host: a.Author.Host})
	}
	if !strings.HasPrefix(*a.Person, "p_") {
		set.ClearPerson()
	}
	if err := set.Exec(ctx); err != nil {
		return fmt.Errorf("erase answer: %w", err)
	}
	return nil
}

// Drop deletes the interactions of sessions with their answers, at most so many rows.
func (written) Drop(ctx context.Context, tx *live.Tx, in predicate.Session, most int) (found, deleted int, err error) {
	of := interaction.HasSessionWith(in)
	answers, err := tx.Answer.Query().Where(answer.HasInteractionWith(of)).Limit(most).IDs(ctx)
	if err != nil {
		return 0, 0, err
	}
	if len(answers) > 0 {
		deleted, err = tx.Answer.Delete().Where(answer.IDIn(answers...)).Exec(ctx)
		return most, deleted, err // there is more: the interactions themselves
	}
	words, err := tx.Word.Query().Where(word.HasInteractionWith(of)).Limit(most).IDs(ctx)
	if err != nil {
		return 0, 0, err
	}
	if len(words) > 0 {
		deleted, err = tx.Word.Delete().Where(word.IDIn(words...)).Exec(ctx)
		return most, deleted, err
	}
	ids, err := tx.Interaction.Query().Where(of).Limit(most).IDs(ctx)
	if err != nil || len(ids) == 0 {
		return 0, 0, err
	}
	deleted, err = tx.Interaction.Delete().Where(interaction.IDIn(ids...)).Exec(ctx)
	return len(ids), deleted, err
}
