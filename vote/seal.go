package vote

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"entgo.io/ent/dialect/sql"
	"entgo.io/ent/dialect/sql/sqljson"

	"usher/ent"
	"usher/ent/answer"
	"usher/ent/choice"
	"usher/ent/event"
	"usher/ent/interaction"
	"usher/ent/participant"
	"usher/live"
	"usher/problem"
	"usher/room"
)

// sealedAtOnce limits the answers that one transaction seals, so that other writers do not wait long.
const sealedAtOnce = 2000

// seal deletes the link between answers of an interaction and those who gave them. It returns how many are left to seal.
func seal(ctx context.Context, tx *live.Tx, id string) (left int, err error) {
	ids, err := tx.Answer.Query().Where(answer.InteractionID(id), answer.PersonNotNil()).Limit(sealedAtOnce + 1).IDs(ctx)
	if err != nil {
		return 0, fmt.Errorf("look for answers to seal: %w", err)
	}
	left = max(0, len(ids)-sealedAtOnce)
	err = tx.Answer.Update().Where(answer.IDIn(ids[:len(ids)-left]...)).ClearPerson().Exec(ctx)
	if err != nil {
		return 0, fmt.Errorf("seal answers: %w", err)
	}
	return left, nil
}

// sealAll seals what stops have left.
func (s *Interactions) sealAll(ctx context.Context) error {
	rest, err := s.db.Interaction.Query().
		Where(interaction.State(string(Stopped)), interaction.Named(false), interaction.Sealed(false)).All(ctx)
	if err != nil {
		return fmt.Errorf("look for interactions to seal: %w", err)
	}
	for _, of := range rest {
		for left := 1; left > 0; {
			err := s.clock.ByItself(ctx, of.RoomID, func(t *room.Turn) (err error) {
				if left, err = seal(ctx, t.Tx, of.ID); err != nil || left > 0 {
					return err
				}
				return t.Tx.Interaction.Update().Where(interaction.ID(of.ID)).SetSealed(true).Exec(ctx)
			})
			if err != nil && !errors.Is(err, problem.ErrNotFound) { // its room was deleted, and is soon erased
				return err
			}
			if err != nil {
				break
			}
		}
	}
	return nil
}

// recount counts the answers of an interaction from its rows, and corrects its counters. Counters that were wrong are a fault.
func (s stopping) recount(ctx context.Context, tx *live.Tx, of *ent.Interaction) (answers int, err error) {
	each, answers, err := countChoices(ctx, tx, of)
	if err != nil {
		return 0, err
	}
	wrong := answers != of.Answers
	for n, c := range of.Edges.Choices {
		if c.Answers == each[n] {
			continue
		}
		wrong = true
		if err := tx.Choice.Update().Where(choice.ID(c.ID)).SetAnswers(each[n]).Exec(ctx); err != nil {
			return 0, fmt.Errorf("correct counter: %w", err)
		}
	}
	if Kind(of.Kind) == Words {
		corrected, err := recountWords(ctx, tx, of)
		if err != nil {
			return 0, err
		}
		wrong = wrong || corrected
	}
	if wrong {
		s.log.Error("the counters of an interaction were not those of its answers", "interaction", of.ID)
	}
	return answers, nil
}

// countChoices counts how many answers have each option, and all of them.
func countChoices(ctx context.Context, tx *live.Tx, of *ent.Interaction) (each []int, answers int, err error) {
	var query strings.Builder
	query.WriteString("SELECT COUNT(*)")
	for n := range of.Edges.Choices {
		query.WriteString(", COALESCE(SUM((choices >> " + strconv.Itoa(n) + ") & 1), 0)")
	}
	query.WriteString(" FROM answers WHERE interaction_id = $1")
	rows, err := tx.QueryContext(ctx, query.String(), of.ID)
	if err != nil {
		return nil, 0, fmt.Errorf("count answers: %w", err)
	}
	defer rows.Close()
	each = make([]int, len(of.Edges.Choices))
	to := []any{&answers}
	for n := range each {
		to = append(to, &each[n])
	}
	if !rows.Next() {
		return nil, 0, fmt.Errorf("count answers: %w", rows.Err())
	}
	if err := rows.Scan(to...); err != nil {
		return nil, 0, fmt.Errorf("count answers: %w", err)
	}
	return each, answers, rows.Close()
}

// turnoutOf counts the people who could have answered an interaction that is open: who is in the room, or was since its start by the
// room's log, and managers who answered from elsewhere (N10).
func turnoutOf(ctx context.Context, t *room.Turn, of *ent.Interaction) (int, error) {
	inside := string(participant.StateInRoom)
	was := func(s *sql.Selector) {
		e := sql.Table(event.Table)
		s.Where(sql.In(s.C(participant.FieldID), sql.Select(e.C(event.FieldParticipantID)).From(e).Where(sql.And(
			sql.EQ(e.C(event.FieldRoomID), of.RoomID), sql.GT(e.C(event.FieldRevision), of.StartRevision),
			sql.EQ(e.C(event.FieldKind), "ParticipantChanged"),
			sql.Or(
				sqljson.ValueEQ(e.C(event.FieldDetail), inside, sqljson.Path("state")),
				sqljson.ValueEQ(e.C(event.FieldDetail), inside, sqljson.Path("previousState")),
			),
		))))
	}
	rows, err := t.Tx.Participant.Query().
		Where(participant.SessionID(of.SessionID), participant.Or(participant.StateEQ(participant.StateInRoom), was)).
		Select(participant.FieldID, participant.FieldUserID).All(ctx)
	if err != nil {
		return 0, fmt.Errorf("count who was in the room: %w", err)
	}
	present := map[string]bool{}
	for _, p := range rows {
		if p.UserID != nil {
			present[*p.UserID] = true
		}
	}
	elsewhere, err := t.Tx.Answer.Query().Where(answer.InteractionID(of.ID), answer.PersonHasPrefix("u_")).Select(answer.FieldPerson).Strings(ctx)
	if err != nil {
		return 0, fmt.Errorf("count who answered from elsewhere: %w", err)
	}
	n := len(rows)
	for _, account := range elsewhere {
		if !present[account] {
			n++
		}
	}
	return n, nil
}
