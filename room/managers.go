package room

import (
	"context"
	"fmt"
	"slices"

	"usher/auth"
	"usher/ent"
	"usher/ent/invitation"
	"usher/ent/manager"
	"usher/ent/participant"
	entroom "usher/ent/room"
	"usher/ent/user"
	"usher/live"
	"usher/problem"
	"usher/role"
	"usher/text"
)

// AddManagerInput makes somebody a manager of a room.
type AddManagerInput struct {
	RoomID, UserID string
	Role           role.ManagerRole
}

// RemoveManagerInput ends somebody's managing of a room.
type RemoveManagerInput struct{ RoomID, UserID string }

// Add makes a user a manager of the room, or changes a manager's role. Their place in the current session gets the role
// MODERATOR. Owners and co-owners may do so, but only owners touch OWNERs (R4). Returns LAST_OWNER, and problem.ErrNotFound if
// there is no such account. The same role changes nothing.
func (s *Managing) Add(ctx context.Context, actor auth.Actor, in AddManagerInput) (*Room, error) {
	return s.change(ctx, actor, in.RoomID, in.UserID, func(t *Turn, m *ent.Manager) error {
		if m != nil && m.Role == in.Role {
			return nil
		}
		if in.Role == role.Owner && !t.Sight.Can(role.TouchOwner) {
			return problem.ErrForbidden
		}
		if err := keepsAnOwner(t, m); err != nil {
			return err
		}
		if err := setManager(t, m, in); err != nil {
			return err
		}
		e, err := aboutAccount(t, in.UserID)
		if err != nil {
			return err
		}
		e.Detail.ManagerRole = in.Role
		if err := t.Emit(managerAdded, e); err != nil {
			return err
		}
		p, err := placeOfUser(t, currentID(t.Room), in.UserID)
		if err != nil || p == nil {
			return err
		}
		if p, err = t.setRole(p, role.Moderator); err != nil { // R3
			return err
		}
		if p.State == participant.StateWaiting { // as a moderator who had been removed
			_, err = admit(t, p)
		}
		return err
	})
}

func setManager(t *Turn, m *ent.Manager, in AddManagerInput) error {
	if m != nil {
		return wrapped("change manager", t.Tx.Manager.UpdateOneID(m.ID).SetRole(in.Role).Exec(t.ctx))
	}
	exists, err := t.Tx.User.Query().Where(user.ID(in.UserID), user.DisabledAtIsNil()).Exist(t.ctx)
	if err != nil {
		return fmt.Errorf("look for account: %w", err)
	}
	if !exists {
		return problem.ErrNotFound
	}
	err = t.Tx.Manager.Create().SetRoomID(in.RoomID).SetUserID(in.UserID).SetRole(in.Role).SetCreatedAt(t.Tx.At).Exec(t.ctx)
	return wrapped("create manager", err)
}

// Remove ends somebody's managing of the room. They leave it, and keep what they have as an invitee or a member. Owners and
// co-owners may do so, but only owners touch OWNERs (R4). Returns LAST_OWNER. If they do not manage the room, it changes nothing.
func (s *Managing) Remove(ctx context.Context, actor auth.Actor, in RemoveManagerInput) (*Room, error) {
	return s.change(ctx, actor, in.RoomID, in.UserID, func(t *Turn, m *ent.Manager) error {
		if m == nil {
			return knowsUser(t, in.UserID)
		}
		return endManaging(t, m)
	})
}

// endManaging removes a manager of the room. Returns LAST_OWNER.
func endManaging(t *Turn, m *ent.Manager) error {
	if err := keepsAnOwner(t, m); err != nil {
		return err
	}
	if err := t.Tx.Manager.DeleteOneID(m.ID).Exec(t.ctx); err != nil {
		return fmt.Errorf("delete manager: %w", err)
	}
	e, err := aboutAccount(t, m.UserID)
	if err != nil {
		return err
	}
	if err := t.Emit(managerRemoved, e); err != nil {
		return err
	}
	if err := t.tools.resigned(t, m.UserID); err != nil {
		return err
	}
	return stopManaging(t, m.UserID)
}

// aboutAccount returns the entry of an event about an account, with its name.
func aboutAccount(t *Turn, id string) (live.Entry, error) {
	u, err := t.Tx.User.Get(t.ctx, id)
	if err != nil {
		return live.Entry{}, fmt.Errorf("read user: %w", err)
	}
	e := live.Entry{UserID: id}
	e.Detail.Subject = text.FullName(u.FirstName, u.LastName)
	return e, nil
}

// knowsUser returns problem.ErrNotFound if there is no such account (R6).
func knowsUser(t *Turn, id string) error {
	exists, err := t.Tx.User.Query().Where(user.ID(id)).Exist(t.ctx)
	if err != nil {
		return fmt.Errorf("look for user: %w", err)
	}
	if !exists {
		return problem.ErrNotFound
	}
	return nil
}

// change runs a command on what somebody is in a room. m is nil unless they manage it. It shows the room afterwards, with the
// asker's rights after the change.
func (s *Managing) change(
	ctx context.Context, actor auth.Actor, roomID, userID string, fn func(t *Turn, m *ent.Manager) error,
) (shown *Room, err error) {
	err = actOn(ctx, s.core, actor, found[*ent.Manager]{
		id:   userID,
		room: func(context.Context, *ent.Client, string) ([]string, error) { return []string{roomID}, nil },
		read: func(ctx context.Context, tx *live.Tx, id string) (*ent.Manager, error) {
			m, err := tx.Manager.Query().Where(manager.RoomID(roomID), manager.UserID(id)).Only(ctx)
			if ent.IsNotFound(err) {
				return nil, nil
			}
			return m, err
		},
		may: func(t *Turn, m *ent.Manager) error {
			if !t.Sight.Can(role.ManageManagers) || m != nil && m.Role == role.Owner && !t.Sight.Can(role.TouchOwner) {
				return problem.ErrForbidden
			}
			return nil
		},
	}, func(t *Turn, m *ent.Manager) error {
		if err := fn(t, m); err != nil {
			return err
		}
		sights, err := s.sights(ctx, t.Tx.Client(), t.actor, t.Room)
		if err != nil {
			return err
		}
		t.Sight = sights[roomID]
		shown, err = t.Shown()
		return err
	})
	return shown, err
}

// keepsAnOwner returns LAST_OWNER if m is the room's only owner, who can be neither lowered nor removed (R4). Owners whose
// accounts are disabled do not count.
func keepsAnOwner(t *Turn, m *ent.Manager) error {
	if m == nil || m.Role != role.Owner {
		return nil
	}
	others, err := t.Tx.Manager.Query().Where(manager.RoomID(t.Room.ID), manager.RoleEQ(role.Owner), manager.IDNEQ(m.ID),
		manager.HasUserWith(user.DisabledAtIsNil())).Exist(t.ctx)
	if err != nil {
		return fmt.Errorf("look for owners: %w", err)
	}
	if !others {
		return problem.New(problem.LastOwner)
	}
	return nil
}

// stopManaging turns somebody's place into what it is without managing: out of the room, with the role of their invitation or
// a member's. One event reports both changes.
func stopManaging(t *Turn, userID string) error {
	p, err := placeOfUser(t, currentID(t.Room), userID)
	if err != nil || p == nil {
		return err
	}
	as := role.Viewer
	if p.InvitationID != nil {
		i, err := t.Tx.Invitation.Query().Where(invitation.ID(*p.InvitationID), invitation.RevokedAtIsNil()).Only(t.ctx)
		switch {
		case err == nil:
			as = i.Role
		case !ent.IsNotFound(err):
			return fmt.Errorf("read invitation: %w", err)
		}
	}
	u := t.Tx.Participant.UpdateOneID(p.ID)
	if p.InvitationID == nil && t.Room.Access == entroom.AccessInvited {
		u.ClearUserID() // only managing gave them this place: no credential of theirs may open it again
	}
	leaves := slices.Contains(movedByEnd, p.State)
	if leaves && as != p.Role {
		u.SetRole(as).AddRoleRevision(1)
	}
	if err := u.Exec(t.ctx); err != nil {
		return fmt.Errorf("update place: %w", err)
	}
	if leaves {
		_, err = t.move(p, participant.StateLeft)
		return err
	}
	_, err = t.setRole(p, as)
	return err
}
