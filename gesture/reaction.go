package gesture

import (
	"context"
	"fmt"
	"slices"
	"time"

	"usher/auth"
	"usher/ent"
	"usher/ent/session"
	"usher/live"
	"usher/problem"
	"usher/room"
	"usher/tools"
)

// Reaction is what somebody shows without a word.
type Reaction string

const (
	Clap     Reaction = "CLAP"
	Heart    Reaction = "HEART"
	Laugh    Reaction = "LAUGH"
	Wow      Reaction = "WOW"
	ThumbsUp Reaction = "THUMBS_UP"
	Thinking Reaction = "THINKING"
)

// AllReactions are all reactions, in the API's order.
var AllReactions = [6]Reaction{Clap, Heart, Laugh, Wow, ThumbsUp, Thinking}

// Counts are how often each reaction came lately, in the order of AllReactions.
type Counts [len(AllReactions)]int

// Any reports whether any came.
func (c Counts) Any() bool { return c != Counts{} }

// A person reacts reactBurst times in reactWindow (H5).
const (
	reactBurst  = 10
	reactWindow = 10 * time.Second
	reactKeys   = 100_000
)

// Reactions counts reactions. It stores none of them.
type Reactions struct {
	db    *ent.Client // reads
	log   *live.Log
	hub   *live.Hub
	rooms *room.Rooms
	rate  *auth.Rates // of one person in a room
}

// NewReactions builds the service.
func NewReactions(o Options, hub *live.Hub) *Reactions {
	return &Reactions{
		db: o.Database.Read, log: o.Log, hub: hub, rooms: o.Rooms,
		rate: auth.NewRates(reactBurst, reactWindow, reactBurst, reactKeys, o.Log.Now),
	}
}

// React counts a reaction of the asker, and returns the room. Beyond the rate it counts nothing. It returns the first that applies:
// problem.ErrUnauthenticated, problem.ErrNotFound, problem.ErrForbidden, CHAT_AND_COLLABORATION_OFF, SESSION_NOT_OPEN, REACTIONS_OFF, MUTED.
func (s *Reactions) React(ctx context.Context, actor auth.Actor, roomID string, what Reaction) (*room.Room, error) {
	if err := room.Someone(ctx, s.rooms, actor); err != nil {
		return nil, err
	}
	r, err := s.rooms.Get(ctx, actor, roomID)
	switch {
	case err != nil:
		return nil, err
	case r == nil:
		return nil, problem.ErrNotFound
	case !r.Sight.InRoom && !r.Sight.Manages():
		return nil, problem.ErrForbidden
	}
	person := "account " + actor.UserID()
	if own := r.Sight.Own; own != nil {
		person = own.ID
	}
	if _, ok := s.rate.Allow(roomID + " " + person); !ok {
		return r, nil
	}
	if err := s.mayReact(ctx, r); err != nil {
		return nil, err
	}
	if slices.Contains(AllReactions[:], what) {
		s.log.Count(roomID, string(what), 1)
	}
	return r, nil
}

func (s *Reactions) mayReact(ctx context.Context, r *room.Room) error {
	var of *ent.Session
	if r.CurrentSessionID != nil {
		var err error
		if of, err = s.db.Session.Query().Where(session.ID(*r.CurrentSessionID)).Only(ctx); err != nil {
			return fmt.Errorf("read session: %w", err)
		}
	}
	if err := tools.Open(r.Room, of); err != nil {
		return err
	}
	settings, err := tools.Read(ctx, s.db, r.ID)
	if err != nil {
		return err
	}
	if !settings.Reactions() {
		return problem.New(problem.ReactionsOff)
	}
	own := r.Sight.Own
	if own == nil || r.Sight.Manages() {
		return nil
	}
	muted, until := room.Muted(own, s.log.Now())
	if !muted {
		return nil
	}
	p := problem.New(problem.Muted)
	if until != nil {
		p.Retry(*until)
	}
	return p
}

// Counted returns how often each reaction came in a room lately.
func (s *Reactions) Counted(roomID string) (counts Counts) {
	found := s.hub.Counted(roomID)
	for i, what := range AllReactions {
		counts[i] = found[string(what)]
	}
	return counts
}
