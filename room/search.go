package room

import (
	"context"
	"fmt"

	"usher/auth"
	"usher/ent"
	"usher/ent/invitation"
	"usher/ent/manager"
	"usher/people"
	"usher/role"
)

// UserMatch is an account that a search found, with what it has in the room already.
type UserMatch struct {
	User *User
	// Invitation is the usable one in the room's current session.
	Invitation  *Invitation
	ManagerRole *role.ManagerRole
}

// maxMatches limits the accounts that a search returns.
const maxMatches = 20

// UserSearch finds accounts for a room. First is the most to return, from 1 to 20.
type UserSearch struct {
	RoomID, Query string
	First         int
}

// SearchUsers returns the accounts that match a query, best first (I1), to managers of the room. Returns problem.ErrNotFound or
// problem.ErrForbidden to others, and problem.BadInput for a First out of range.
func (s *Rooms) SearchUsers(ctx context.Context, actor auth.Actor, in UserSearch) ([]*UserMatch, error) {
	r, err := s.searched(ctx, actor, in)
	if err != nil {
		return nil, err
	}
	users, err := people.Search(ctx, s.db, in.Query, in.First)
	if err != nil {
		return nil, err
	}
	return s.annotate(ctx, r, users)
}

// annotate adds each account's manager role and usable invitation, in two queries for any number of accounts.
func (s *Rooms) annotate(ctx context.Context, r *Room, users []*ent.User) ([]*UserMatch, error) {
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
		if usable(statusOf(i, i.Edges.Session, r.Room, s.now())) {
			byEmail[i.Email].Invitation = &Invitation{i, r.Sight}
		}
	}
	return matches, nil
}
