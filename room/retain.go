package room

import (
	"context"
	"errors"
	"fmt"
	"time"

	"usher/ent"
	"usher/ent/event"
	"usher/ent/invitation"
	"usher/ent/participant"
	entroom "usher/ent/room"
	"usher/ent/session"
	"usher/ent/signin"
	"usher/live"
)

// Terms are how long things are kept (V7).
type Terms struct {
	// Events are kept so long after the end of their session, others so long after they happened.
	Events time.Duration
	// Places, the invitations and participants of a session, are kept so long after its end.
	Places time.Duration
	// DeletedRooms are kept so long after they were deleted.
	DeletedRooms time.Duration
}

// retainBatch is how much of a kind one look deletes at most: writers in between do not wait for a year's worth.
const retainBatch = 1000

// Retain deletes what is kept no longer, and sign-ins that ended by their term. Somebody calls it every hour or so; what one
// call leaves the next one takes.
func (s *Rooms) Retain(ctx context.Context) error {
	return errors.Join(s.dropRooms(ctx), s.dropEvents(ctx), s.dropPlaces(ctx), s.dropSignIns(ctx))
}

func (s *Rooms) dropRooms(ctx context.Context) error {
	ids, err := s.db.Room.Query().Where(entroom.DeletedAtLT(s.Now().Add(-s.Terms.DeletedRooms))).Limit(retainBatch).IDs(ctx)
	if err != nil || len(ids) == 0 {
		return wrapped("look for deleted rooms", err)
	}
	return s.Log.Write(ctx, func(tx *live.Tx) error {
		_, err := tx.Room.Delete().Where(entroom.IDIn(ids...)).Exec(ctx)
		return wrapped("drop rooms", err)
	})
}

// dropEvents shortens the logs from their beginning: a log without gaps lets whoever comes back behind it know so.
func (s *Rooms) dropEvents(ctx context.Context) error {
	cut := s.Now().Add(-s.Terms.Events)
	old, err := s.db.Event.Query().Where(event.AtLT(cut)).Order(event.ByAt()).Limit(retainBatch).All(ctx)
	if err != nil {
		return fmt.Errorf("look for old events: %w", err)
	}
	seen := map[string]bool{}
	for _, e := range old {
		if seen[e.RoomID] {
			continue
		}
		seen[e.RoomID] = true
		if err := s.shortenLog(ctx, e.RoomID, cut); err != nil {
			return err
		}
	}
	return nil
}

// shortenLog drops the events of a room before the first that is still kept.
func (s *Rooms) shortenLog(ctx context.Context, roomID string, cut time.Time) error {
	rows, err := s.db.Event.Query().Where(event.RoomID(roomID)).Order(event.ByRevision()).Limit(retainBatch).All(ctx)
	if err != nil {
		return fmt.Errorf("read log: %w", err)
	}
	var of keys
	for _, e := range rows {
		of.add(e.SessionID)
	}
	sessions, err := read(ctx, of, s.SessionRows)
	if err != nil {
		return err
	}
	drop := 0
	for _, e := range rows {
		if !eventExpired(e, sessions[e.SessionID], cut) {
			break
		}
		drop = e.Revision
	}
	if drop == 0 {
		return nil
	}
	return s.Log.Write(ctx, func(tx *live.Tx) error {
		_, err := tx.Event.Delete().Where(event.RoomID(roomID), event.RevisionLTE(drop)).Exec(ctx)
		return wrapped("drop events", err)
	})
}

func eventExpired(e *ent.Event, of *ent.Session, cut time.Time) bool {
	if of == nil {
		return e.At.Before(cut)
	}
	return of.EndedAt != nil && of.EndedAt.Before(cut)
}

func (s *Rooms) dropPlaces(ctx context.Context) error {
	over := session.EndedAtLT(s.Now().Add(-s.Terms.Places))
	sessions, err := s.db.Session.Query().
		Where(over, session.StateIn(session.StateEnded, session.StateCancelled)).Order(ent.Asc(session.FieldEndedAt)).IDs(ctx)
	if err != nil || len(sessions) == 0 {
		return wrapped("look for old sessions", err)
	}
	return s.Log.Write(ctx, func(tx *live.Tx) error {
		for len(sessions) > 0 {
			batch := sessions[:min(len(sessions), retainBatch)]
			sessions = sessions[len(batch):]
			if _, err := tx.Participant.Delete().Where(participant.SessionIDIn(batch...)).Exec(ctx); err != nil {
				return fmt.Errorf("drop participants: %w", err)
			}
			if _, err := tx.Invitation.Delete().Where(invitation.SessionIDIn(batch...)).Exec(ctx); err != nil {
				return fmt.Errorf("drop invitations: %w", err)
			}
		}
		return nil
	})
}

func (s *Rooms) dropSignIns(ctx context.Context) error {
	ended, err := s.db.SignIn.Query().Where(signin.ExpiresAtLT(s.Now())).Limit(retainBatch).IDs(ctx)
	if err != nil || len(ended) == 0 {
		return wrapped("look for ended sign-ins", err)
	}
	return s.Log.Write(ctx, func(tx *live.Tx) error {
		_, err := tx.SignIn.Delete().Where(signin.IDIn(ended...)).Exec(ctx)
		return wrapped("drop sign-ins", err)
	})
}
