package room

import (
	"context"
	"fmt"

	"usher/auth"
	"usher/ent/invitation"
	entroom "usher/ent/room"
	"usher/ent/session"
	"usher/ent/user"
)

// About describes the site to its administrators.
type About struct {
	Database      string
	DatabaseBytes float64
	Ready         bool
	// Accounts are those that are not erased, and Rooms those that are not deleted.
	Accounts, Rooms, OpenSessions int
	// WorkingLinks are the invitations whose links work, or would if invitations were on.
	WorkingLinks          int
	InvitationsPerSession int
}

// About counts what the site has. Returns problem.ErrForbidden unless the asker is an administrator.
func (s *Policy) About(ctx context.Context, actor auth.Actor) (*About, error) {
	if err := s.adminOnly(ctx, actor); err != nil {
		return nil, err
	}
	database := s.options.Database
	size, err := database.Size(ctx)
	if err != nil {
		return nil, err
	}
	a := &About{
		Database: database.Kind(), DatabaseBytes: float64(size), Ready: database.Check(ctx) == nil,
		InvitationsPerSession: s.options.Limits.InvitationsPerSession,
	}
	kept := entroom.DeletedAtIsNil()
	for to, count := range map[*int]func(context.Context) (int, error){
		&a.Accounts:     s.db.User.Query().Where(user.ErasedAtIsNil()).Count,
		&a.Rooms:        s.db.Room.Query().Where(kept).Count,
		&a.OpenSessions: s.db.Session.Query().Where(session.StateEQ(session.StateOpen), session.HasRoomWith(kept)).Count,
		&a.WorkingLinks: s.db.Invitation.Query().Where(invitation.HasSessionWith(notOver), usableAt(notOver, s.now()),
			invitation.HasRoomWith(kept, entroom.ChatAndCollaboration(true))).Count,
	} {
		if *to, err = count(ctx); err != nil {
			return nil, fmt.Errorf("count: %w", err)
		}
	}
	return a, nil
}
