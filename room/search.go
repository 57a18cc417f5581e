package room

import (
	"context"
	"fmt"

	"usher/auth"
	"usher/ent"
	"usher/ent/invitation"
	"usher/ent/manager"
	"usher/people"
	"usher/problem"
	"usher/role"
)

// UserMatch is an account that a search found, and how it stands in the room already.
type UserMatch struct {
	User *User
	// Invitation is the one that stands, in the room's current session.
	Invitation  *Invitation
	ManagerRole *role.ManagerRole
}

// maxMatches is the most accounts that a search answers.
const maxMatches = 20

// SearchUsers returns the accounts that a query fits, best first (I1), to managers of the room: else problem.ErrNotFound or
// problem.ErrForbidden. first out of 1 to 20 is problem.BadInput; nil means otherwise.
func (s *Rooms) SearchUsers(ctx context.Context, actor auth.Actor, roomID, query string, first *int, otherwise int) ([]*UserMatch, error) {
	n := otherwise
	if first != nil {
		n = *first
	}
	if n < 1 || n > maxMatches {
		return nil, &problem.BadInput{Message: "first must be between 1 and 20"}
	}
	if err := s.someone(ctx, actor); err != nil {
		return nil, err
	}
	r, err := s.Room(ctx, actor, roomID)
	if err != nil {
		return nil, err
	}
	if r == nil {
		return nil, problem.ErrNotFound
	}
	if !r.Sight.Can(role.SearchUsers) {
		return nil, problem.ErrForbidden
	}
	users, err := people.Search(ctx, s.db, query, n)
	if err != nil {
		return nil, err
	}
	return s.stand(ctx, r, users)
}

// stand tells how accounts stand in a room, in two queries whatever their number.
func (s *Rooms) stand(ctx context.Context, r *Room, users []*ent.User) ([]*UserMatch, error) {
	matches := make([]*UserMatch, len(users))
	byID, byEmail := map[string]*UserMatch{}, map[string]*UserMatch{}
	ids, emails := make([]string, len(users)), make([]string, len(users))
	for i, u := range users {
		matches[i] = &UserMatch{User: &User{User: u, EmailShown: true}}
		byID[u.ID], byEmail[u.Email] = matches[i], matches[i]
		ids[i], emails[i] = u.ID, u.Email
	}
	if len(users) == 0 {
		return matches, nil
	}
	managers, err := s.db.Manager.Query().Where(manager.RoomID(r.ID), manager.UserIDIn(ids...)).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read managers: %w", err)
	}
	for _, m := range managers {
		byID[m.UserID].ManagerRole = &m.Role
	}
	if r.CurrentSessionID == nil {
		return matches, nil
	}
	invitations, err := s.db.Invitation.Query().
		Where(invitation.SessionID(*r.CurrentSessionID), invitation.EmailIn(emails...)).WithSession().All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read invitations: %w", err)
	}
	for _, i := range invitations {
		if standing(statusOf(i, i.Edges.Session, r.Room, s.Now())) {
			byEmail[i.Email].Invitation = &Invitation{i, r.Sight}
		}
	}
	return matches, nil
}
