// Package room is what happens: rooms, sessions, invitations, links and their redeeming, places and roles, each use case
// whole, with its rights and its events. graph and the program import it.
package room

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"usher/auth"
	"usher/ent"
	"usher/ent/participant"
	entroom "usher/ent/room"
	"usher/live"
	"usher/problem"
	"usher/role"
)

// Limits are the quotas and rates of a site.
type Limits struct {
	// InvitationsPerSession may stand at once in one session.
	InvitationsPerSession int
	// InvitingPerMinute is what one manager may invite.
	InvitingPerMinute int
	// ForgedPerMinute is how many links that are not genuine one address may try; genuine ones are never counted.
	ForgedPerMinute int
}

// DefaultLimits are those of a site that sets none.
func DefaultLimits() Limits {
	return Limits{InvitationsPerSession: 2000, InvitingPerMinute: 3000, ForgedPerMinute: 30}
}

// Options are what Rooms is built from.
type Options struct {
	Database *live.Database
	Log      *live.Log
	Hub      *live.Hub
	Presence *live.Presence
	Keys     Keys
	JoinURL  string // what the `#` and the token follow in a link
	// MembersCreateRooms: everyone signed in may; else administrators alone.
	MembersCreateRooms bool
	Limits             Limits
	Terms              Terms
	Logger             *slog.Logger
}

// Rooms is every use case of rooms. Its methods take the asker and answer with a Problem, an error of package problem, or a
// fault.
type Rooms struct {
	Options
	db       *ent.Client // reads
	forged   *auth.Rates
	inviting *auth.Rates
	opened   *opener
	stood    *live.Gather[watching, stood]
}

// rateKeys is how many addresses and managers the rates remember.
const rateKeys = 100_000

// New returns the use cases over o. Close ends what it has running.
func New(o Options) *Rooms {
	s := &Rooms{
		Options:  o,
		db:       o.Database.Read,
		forged:   auth.NewRates(o.Limits.ForgedPerMinute, time.Minute, o.Limits.ForgedPerMinute, rateKeys, o.Log.Now),
		inviting: auth.NewRates(o.Limits.InvitingPerMinute, time.Minute, o.Limits.InvitingPerMinute, rateKeys, o.Log.Now),
	}
	s.opened = startOpener(s)
	s.stood = live.NewGather(s.readStood)
	return s
}

// Close writes down what was looked at and not yet noted.
func (s *Rooms) Close() { s.opened.close() }

// Now is the server's clock.
func (s *Rooms) Now() time.Time { return s.Log.Now() }

// Sight is how the asker stands to the room that a thing belongs to: it travels with what the API shows, so that every
// field knows whether it may be read.
type Sight struct {
	role.Standing
	// Quiet: what may not be read is empty instead of an error, as in events.
	Quiet bool
	// Former: the asker may see the room no longer. What they still get shows what happened, and nothing of how things are now.
	Former bool
	// Own is the asker's own place in the room, if any.
	Own *ent.Participant
}

// Room is a room as one asker sees it.
type Room struct {
	*ent.Room
	Sight Sight
}

// turn is one use case at work in a room: the transaction, the locked room, who asks and how they stand to it.
type turn struct {
	*live.Tx
	ctx   context.Context
	actor auth.Actor
	room  *ent.Room
	sight Sight
}

// act runs fn in a transaction on a room, where the actor may do what is asked: the first line of every command. The actor's
// account and rights are those of the transaction, not those that the connection began with.
func (s *Rooms) act(ctx context.Context, actor auth.Actor, roomID string, action role.Action, fn func(t *turn) error) error {
	if err := s.someone(ctx, actor); err != nil {
		return err
	}
	return s.Log.Write(ctx, func(tx *live.Tx) error {
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
		t := &turn{Tx: tx, ctx: ctx, actor: actor, room: r, sight: sights[r.ID]}
		if !t.sight.Can(role.SeeRoom) {
			return problem.ErrNotFound
		}
		if !t.sight.Can(action) {
			return problem.ErrForbidden
		}
		return fn(t)
	})
}

// someone answers problem.ErrUnauthenticated where nobody asks: no account and no place anywhere (R6).
func (s *Rooms) someone(ctx context.Context, actor auth.Actor) error {
	if actor.User != nil {
		return nil
	}
	if actor.Guest != nil || actor.Device != nil {
		places, err := s.placesOf(ctx, s.db, actor)
		if err != nil || len(places) > 0 {
			return err
		}
	}
	return problem.ErrUnauthenticated
}

// emit writes an event of this room, done by the asker.
func (t *turn) emit(e live.Entry) error {
	if e.Actor == "" {
		e.Actor, e.ActorUserID = t.name(), t.actor.UserID()
	}
	return t.Emit(t.ctx, t.room.ID, e)
}

// name is the asker's display name: of the account, else of their place.
func (t *turn) name() string {
	if t.actor.User == nil && t.sight.Own != nil {
		return t.sight.Own.DisplayName
	}
	return t.actor.Name()
}

// shown returns the room as it is now, as the asker sees it.
func (t *turn) shown() (*Room, error) {
	r, err := t.Room.Get(t.ctx, t.room.ID)
	if err != nil {
		return nil, fmt.Errorf("read room: %w", err)
	}
	return &Room{r, t.sight}, nil
}

// movedByEnd are the states of who leaves when the session ends or is cancelled (P1).
var movedByEnd = []participant.State{
	participant.StateCountdown, participant.StateLobby, participant.StateWaiting, participant.StateInRoom,
}

// Room returns a room that the asker may see, nil where there is none, or they may not know that there is.
func (s *Rooms) Room(ctx context.Context, actor auth.Actor, id string) (*Room, error) {
	rooms, err := s.Visible(ctx, actor, []string{id})
	return rooms[id], err
}

// Visible returns those of the rooms that the asker may see, by id, at the same number of queries for one and for many.
func (s *Rooms) Visible(ctx context.Context, actor auth.Actor, ids []string) (map[string]*Room, error) {
	rows, err := s.db.Room.Query().Where(entroom.IDIn(ids...), entroom.DeletedAtIsNil()).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read rooms: %w", err)
	}
	sights, err := s.sights(ctx, s.db, actor, rows...)
	if err != nil {
		return nil, err
	}
	visible := make(map[string]*Room, len(rows))
	for _, r := range rows {
		if sight := sights[r.ID]; sight.Can(role.SeeRoom) {
			visible[r.ID] = &Room{r, sight}
		}
	}
	return visible, nil
}
