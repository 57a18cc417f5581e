package room

import (
	"context"
	"fmt"

	"usher/auth"
	"usher/ent"
	"usher/live"
	"usher/problem"
	"usher/role"
)

// Turn is one command in a room: a transaction in which the room is locked, and what the asker may do there. What a command
// reads of the room stays true until its turn ends.
type Turn struct {
	Tx    *live.Tx
	Room  *ent.Room
	Sight Sight

	ctx    context.Context
	actor  auth.Actor
	tools  toolset
	crowd  *Crowd // of a command that shares its transaction, else nil
	before *later // what earlier commands of the transaction leave to its end, if any
	later  *later // what this one leaves to it, nil if everything is written at once
}

// Act runs a command in a room: it locks the room, checks that the asker may do this, and runs fn in the same transaction.
// It reads the asker's account and rights in that transaction, because a connection may have begun long ago. An error of fn
// undoes everything. After a conflict fn runs again from its beginning. Returns problem.ErrUnauthenticated,
// problem.ErrNotFound for a room that the asker may not see, problem.ErrForbidden.
func (s *Rooms) Act(ctx context.Context, actor auth.Actor, roomID string, action role.Action, fn func(t *Turn) error) error {
	return s.act(ctx, actor, roomID, action, fn)
}

// Someone returns problem.ErrUnauthenticated for an asker whom no credential identifies.
func Someone(ctx context.Context, s *Rooms, actor auth.Actor) error { return s.someone(ctx, actor) }

// Missing returns the answer to a command on something that does not exist: problem.ErrUnauthenticated for an asker whom no credential
// identifies, as for what exists, problem.ErrNotFound for others (R6).
func Missing(ctx context.Context, s *Rooms, actor auth.Actor) error {
	if err := s.someone(ctx, actor); err != nil {
		return err
	}
	return problem.ErrNotFound
}

// act is the first line of every command.
func (s *core) act(ctx context.Context, actor auth.Actor, roomID string, action role.Action, fn func(t *Turn) error) error {
	if err := s.someone(ctx, actor); err != nil {
		return err
	}
	return s.inTurn(ctx, actor, roomID, action, fn)
}

// inTurn is act for an asker who is known to be someone.
func (s *core) inTurn(ctx context.Context, actor auth.Actor, roomID string, action role.Action, fn func(t *Turn) error) error {
	return s.log.Write(ctx, func(tx *live.Tx) error {
		r, err := tx.Lock(ctx, roomID)
		if err != nil {
			return err
		}
		actor, err := actor.AsNow(ctx, tx.Client())
		if err != nil {
			return err
		}
		sights, err := s.sights(ctx, tx.Client(), actor, r)
		if err != nil {
			return err
		}
		t := &Turn{Tx: tx, ctx: ctx, actor: actor, Room: r, Sight: sights[r.ID], tools: s.options.Tools}
		if !t.Sight.Can(role.SeeRoom) {
			return problem.ErrNotFound
		}
		if !t.Sight.Can(action) {
			return problem.ErrForbidden
		}
		return fn(t)
	})
}

// ByItself runs what the server does in a room without a request. Returns problem.ErrNotFound if the room does not exist or is deleted.
func (s *Clock) ByItself(ctx context.Context, roomID string, fn func(t *Turn) error) error {
	return s.byItself(ctx, roomID, fn)
}

func (s *core) byItself(ctx context.Context, roomID string, fn func(t *Turn) error) error {
	return s.log.Write(ctx, func(tx *live.Tx) error {
		r, err := tx.Lock(ctx, roomID)
		if err != nil {
			return err
		}
		return fn(&Turn{Tx: tx, ctx: ctx, Room: r, tools: s.options.Tools})
	})
}

// found describes for actOn how to find a thing and who may act on it.
type found[T any] struct {
	// id names the thing.
	id string
	// room finds the id of the thing's room. A thing never changes its room.
	room func(ctx context.Context, c *ent.Client, id string) ([]string, error)
	// read reads the thing in the turn.
	read func(ctx context.Context, tx *live.Tx, id string) (T, error)
	// may checks the asker's rights on it.
	may func(t *Turn, thing T) error
}

// actOn runs a command on a thing that its id names: it finds the thing's room, locks that, reads the thing and checks the
// asker's rights on it. Returns problem.ErrNotFound if there is no such thing.
func actOn[T any](ctx context.Context, s *core, actor auth.Actor, f found[T], fn func(t *Turn, thing T) error) error {
	if err := s.someone(ctx, actor); err != nil {
		return err
	}
	rooms, err := f.room(ctx, s.db, f.id)
	if err != nil {
		return fmt.Errorf("find room: %w", err)
	}
	if len(rooms) == 0 {
		return problem.ErrNotFound
	}
	return s.inTurn(ctx, actor, rooms[0], role.SeeRoom, func(t *Turn) error {
		thing, err := f.read(ctx, t.Tx, f.id)
		if err != nil {
			return fmt.Errorf("read %s: %w", f.id, err)
		}
		if err := f.may(t, thing); err != nil {
			return err
		}
		return fn(t, thing)
	})
}

// Emit records an event of the room, done by the asker unless the entry says otherwise or is unsigned.
func (t *Turn) Emit(kind *Kind, e live.Entry) error { return t.EmitEach(kind, e) }

// EmitEach records events of one kind, in their order, with as many statements as one takes.
func (t *Turn) EmitEach(kind *Kind, entries ...live.Entry) error {
	for n := range entries {
		e := &entries[n]
		if e.Actor == "" && !e.Unsigned {
			e.Actor, e.ActorUserID = t.name(), t.actor.UserID()
			if own := t.Sight.Own; own != nil && t.actor.User == nil {
				e.Detail.ActorPlace = own.ID
			}
		}
		if t.later != nil {
			t.later.emit(kind, *e)
		}
	}
	if t.later != nil {
		return nil
	}
	return emit(t.ctx, t.Tx, t.Room.ID, kind, entries...)
}

// Next returns the revision of the next event that the turn emits.
func (t *Turn) Next() int {
	next := max(t.Room.Revision, t.Tx.Raised(t.Room.ID)) + 1
	if t.before != nil {
		next += len(t.before.events)
	}
	if t.later != nil {
		next += len(t.later.events)
	}
	return next
}

// emit records events of one kind for its audience.
func emit(ctx context.Context, tx *live.Tx, roomID string, kind *Kind, entries ...live.Entry) error {
	events := make([]live.Emission, len(entries))
	for n, e := range entries {
		events[n] = kind.emission(e)
	}
	return tx.EmitAll(ctx, roomID, events)
}

// name returns the asker's display name: the account's, or that of their place.
func (t *Turn) name() string {
	if t.actor.User == nil && t.Sight.Own != nil {
		return t.Sight.Own.DisplayName
	}
	return t.actor.Name()
}

// Shown returns the room as it is now, as the asker sees it.
func (t *Turn) Shown() (*Room, error) {
	r, err := t.Tx.Room.Get(t.ctx, t.Room.ID)
	if err != nil {
		return nil, fmt.Errorf("read room: %w", err)
	}
	return &Room{r, t.Sight}, nil
}

// raised returns the room as Shown does, for a command that changes nothing of the room but its revision.
func (t *Turn) raised() *Room {
	r := *t.Room
	r.Revision = max(r.Revision, t.Tx.Raised(r.ID))
	return &Room{&r, t.Sight}
}

// Session returns the room's current session, nil if there never was one.
func (t *Turn) Session() (*ent.Session, error) {
	if t.Room.CurrentSessionID == nil {
		return nil, nil
	}
	now, err := t.Tx.Session.Get(t.ctx, *t.Room.CurrentSessionID)
	return now, wrapped("read session", err)
}

func wrapped(doing string, err error) error {
	if err != nil {
		return fmt.Errorf("%s: %w", doing, err)
	}
	return nil
}
