package vote

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"usher/auth"
	"usher/ent"
	"usher/ent/interaction"
	"usher/problem"
	"usher/room"
	"usher/tools"
)

// over reports whether an open interaction takes no more answers at a time (N4).
func over(of *ent.Interaction, at time.Time) bool {
	return of.StopsAt != nil && !at.Before(*of.StopsAt)
}

// Start opens a draft. Returns SESSION_NOT_OPEN, INTERACTION_OPEN if another one is open, ALREADY_HANDLED for one that was stopped. An open
// one stays as it is.
func (s *Interactions) Start(ctx context.Context, actor auth.Actor, id string) (*Interaction, error) {
	return s.on(ctx, actor, id, func(t *room.Turn, of *ent.Interaction) (*Interaction, error) {
		switch State(of.State) {
		case Open:
			return afterwards(ctx, t, id)
		case Stopped:
			return nil, alreadyStarted()
		case Draft:
		}
		current, err := t.Session()
		if err != nil {
			return nil, err
		}
		if err := tools.Open(t.Room, current); err != nil {
			return nil, err
		}
		if err := s.mayOpen(ctx, t); err != nil {
			return nil, err
		}
		set := t.Tx.Interaction.UpdateOneID(id).SetState(string(Open)).SetStartedAt(t.Tx.At).SetStartRevision(t.Next()).
			SetShared(Share(of.Share) == Live)
		if of.Seconds > 0 {
			set.SetStopsAt(t.Tx.At.Add(time.Duration(of.Seconds) * time.Second))
		}
		if err := set.Exec(ctx); err != nil {
			return nil, fmt.Errorf("start interaction: %w", err)
		}
		if err := changed(t, of, Draft, Open); err != nil {
			return nil, err
		}
		return afterwards(ctx, t, id)
	})
}

// mayOpen returns INTERACTION_OPEN if an interaction is open in the room. It stops one whose time is over (N3).
func (s stopping) mayOpen(ctx context.Context, t *room.Turn) error {
	open, err := openIn(ctx, t)
	if err != nil || open == nil {
		return err
	}
	if !over(open, t.Tx.At) {
		return problem.New(problem.InteractionOpen)
	}
	return s.stop(ctx, t, open)
}

// openIn returns the open interaction of a room, or nil while nothing runs.
func openIn(ctx context.Context, t *room.Turn) (*ent.Interaction, error) {
	of, err := withChoices(t.Tx.Interaction.Query().Where(interaction.RoomID(t.Room.ID), interaction.State(string(Open)))).Only(ctx)
	if ent.IsNotFound(err) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("look for an open interaction: %w", err)
	}
	return of, nil
}

// Stop ends an interaction. Returns INTERACTION_NOT_OPEN for a draft. A stopped one stays as it is.
func (s *Interactions) Stop(ctx context.Context, actor auth.Actor, id string) (*Interaction, error) {
	return s.on(ctx, actor, id, func(t *room.Turn, of *ent.Interaction) (*Interaction, error) {
		switch State(of.State) {
		case Draft:
			return nil, notOpen()
		case Open:
			if err := s.stop(ctx, t, of); err != nil {
				return nil, err
			}
		case Stopped:
		}
		return afterwards(ctx, t, id)
	})
}

func notOpen() error { return problem.New(problem.InteractionNotOpen) }

// ShareResults lets everyone in the room see the results, for good. Returns INTERACTION_NOT_OPEN for a draft. Shared ones stay as they are.
func (s *Interactions) ShareResults(ctx context.Context, actor auth.Actor, id string) (*Interaction, error) {
	return s.on(ctx, actor, id, func(t *room.Turn, of *ent.Interaction) (*Interaction, error) {
		switch {
		case State(of.State) == Draft:
			return nil, notOpen()
		case of.Shared:
			return afterwards(ctx, t, id)
		}
		if err := t.Tx.Interaction.UpdateOneID(id).SetShared(true).Exec(ctx); err != nil {
			return nil, fmt.Errorf("share results: %w", err)
		}
		if err := t.Emit(resultsShared, entry(of)); err != nil {
			return nil, err
		}
		return afterwards(ctx, t, id)
	})
}

// stopping stops interactions. Its log gets the faults that a stop finds.
type stopping struct{ log *slog.Logger }

// stop ends an open interaction: it counts the answers once more, notes who could have answered, and begins to seal it.
func (s stopping) stop(ctx context.Context, t *room.Turn, of *ent.Interaction) error {
	answers, err := s.recount(ctx, t.Tx, of)
	if err != nil {
		return err
	}
	turnout, err := turnoutOf(ctx, t, of)
	if err != nil {
		return err
	}
	left := 0
	if !of.Named {
		if left, err = seal(ctx, t.Tx, of.ID); err != nil {
			return err
		}
	}
	err = t.Tx.Interaction.UpdateOneID(of.ID).SetState(string(Stopped)).SetStoppedAt(t.Tx.At).SetAnswers(answers).SetTurnout(turnout).
		SetShared(of.Shared || Share(of.Share) == AtStop).SetSealed(!of.Named && left == 0).Exec(ctx)
	if err != nil {
		return fmt.Errorf("stop interaction: %w", err)
	}
	return changed(t, of, Open, Stopped)
}

// stopOpen stops the open interaction of a room, if there is one.
func (s stopping) stopOpen(ctx context.Context, t *room.Turn) error {
	open, err := openIn(ctx, t)
	if err != nil || open == nil {
		return err
	}
	return s.stop(ctx, t, open)
}

// over stops the open interaction when a session is over (T8).
func (s stopping) over(ctx context.Context, t *room.Turn, _ *ent.Session) error {
	return s.stopOpen(ctx, t)
}

// off stops the open interaction when Chat & Collaboration is turned off (T2).
func (s stopping) off(ctx context.Context, t *room.Turn) error { return s.stopOpen(ctx, t) }

// stopDue stops the interactions whose time is over.
func (s *Interactions) stopDue(ctx context.Context) error {
	due, err := s.db.Interaction.Query().Where(interaction.State(string(Open)), interaction.StopsAtLTE(s.tx.Now())).All(ctx)
	if err != nil {
		return fmt.Errorf("look for interactions whose time is over: %w", err)
	}
	for _, of := range due {
		err := s.clock.ByItself(ctx, of.RoomID, func(t *room.Turn) error {
			open, err := openIn(ctx, t)
			if err != nil || open == nil || !over(open, t.Tx.At) {
				return err
			}
			return s.stop(ctx, t, open)
		})
		if err != nil && !errors.Is(err, problem.ErrNotFound) { // its room was deleted
			return err
		}
	}
	return nil
}
