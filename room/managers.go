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
)

// AddManagerInput is who is to manage a room, and as what.
type AddManagerInput struct {
	RoomID, UserID string
	Role           role.ManagerRole
}

// RemoveManagerInput is who is to manage a room no longer.
type RemoveManagerInput struct{ RoomID, UserID string }

// AddManager makes a user a manager of the room; of one who is, it changes the manager role. The place that they have in the
// current session becomes a MODERATOR's. Owners and co-owners may, with OWNERs only owners (R4). Returns LAST_OWNER;
// problem.ErrNotFound where there is no such account. The same role changes nothing.
func (s *Rooms) AddManager(ctx context.Context, actor auth.Actor, in AddManagerInput) (shown *Room, err error) {
	err = s.actOnManager(ctx, actor, in.RoomID, in.UserID, func(t *turn, m *ent.Manager) error {
		if m != nil && m.Role == in.Role {
			return nil
		}
		if in.Role == role.Owner && !t.sight.Can(role.TouchOwner) {
			return problem.ErrForbidden
		}
		if err := t.keepsAnOwner(m); err != nil {
			return err
		}
		if err := t.setManager(m, in); err != nil {
			return err
		}
		e := live.Entry{Kind: live.ManagerAdded, UserID: in.UserID}
		e.Detail.ManagerRole = in.Role
		if err := t.emit(e); err != nil {
			return err
		}
		p, err := t.placeOfUser(currentID(t.room), in.UserID)
		if err != nil || p == nil {
			return err
		}
		return t.setRole(p, role.Moderator) // R3
	}, &shown)
	return shown, err
}

func (t *turn) setManager(m *ent.Manager, in AddManagerInput) error {
	if m != nil {
		return wrapped("change manager", t.Manager.UpdateOneID(m.ID).SetRole(in.Role).Exec(t.ctx))
	}
	exists, err := t.User.Query().Where(user.ID(in.UserID), user.DisabledAtIsNil()).Exist(t.ctx)
	if err != nil {
		return fmt.Errorf("look for account: %w", err)
	}
	if !exists {
		return problem.ErrNotFound
	}
	err = t.Manager.Create().SetRoomID(in.RoomID).SetUserID(in.UserID).SetRole(in.Role).SetCreatedAt(t.At).Exec(t.ctx)
	return wrapped("create manager", err)
}

// RemoveManager ends someone's managing of the room: they leave it, and keep what they have without it, as an invitee or a
// member. Owners and co-owners may, with OWNERs only owners (R4). Returns LAST_OWNER. Of one who is no manager it changes nothing.
func (s *Rooms) RemoveManager(ctx context.Context, actor auth.Actor, in RemoveManagerInput) (shown *Room, err error) {
	err = s.actOnManager(ctx, actor, in.RoomID, in.UserID, func(t *turn, m *ent.Manager) error {
		if m == nil {
			return t.knowsUser(in.UserID)
		}
		if err := t.keepsAnOwner(m); err != nil {
			return err
		}
		if err := t.Manager.DeleteOneID(m.ID).Exec(t.ctx); err != nil {
			return fmt.Errorf("delete manager: %w", err)
		}
		if err := t.emit(live.Entry{Kind: live.ManagerRemoved, UserID: in.UserID}); err != nil {
			return err
		}
		return t.managesNoLonger(in.UserID)
	}, &shown)
	return shown, err
}

// knowsUser answers problem.ErrNotFound where there is no such account (R6).
func (t *turn) knowsUser(id string) error {
	exists, err := t.User.Query().Where(user.ID(id)).Exist(t.ctx)
	if err != nil {
		return fmt.Errorf("look for user: %w", err)
	}
	if !exists {
		return problem.ErrNotFound
	}
	return nil
}

// actOnManager is act on the managers of a room. m is what the user is of it, nil for none.
func (s *Rooms) actOnManager(
	ctx context.Context, actor auth.Actor, roomID, userID string, fn func(t *turn, m *ent.Manager) error, shown **Room,
) error {
	return s.act(ctx, actor, roomID, role.ManageManagers, func(t *turn) error {
		m, err := t.Manager.Query().Where(manager.RoomID(roomID), manager.UserID(userID)).Only(ctx)
		if err != nil && !ent.IsNotFound(err) {
			return fmt.Errorf("read manager: %w", err)
		}
		if m != nil && m.Role == role.Owner && !t.sight.Can(role.TouchOwner) {
			return problem.ErrForbidden
		}
		if err := fn(t, m); err != nil {
			return err
		}
		// How the asker stands may be what changed.
		sights, err := s.sights(ctx, t.Client(), t.actor, t.room)
		if err != nil {
			return err
		}
		t.sight = sights[roomID]
		*shown, err = t.shown()
		return err
	})
}

// keepsAnOwner answers LAST_OWNER where m is the room's only one, who can be neither lowered nor removed (R4). Of the others
// those count whose account is not disabled.
func (t *turn) keepsAnOwner(m *ent.Manager) error {
	if m == nil || m.Role != role.Owner {
		return nil
	}
	others, err := t.Manager.Query().Where(manager.RoomID(t.room.ID), manager.RoleEQ(role.Owner), manager.IDNEQ(m.ID),
		manager.HasUserWith(user.DisabledAtIsNil())).Exist(t.ctx)
	if err != nil {
		return fmt.Errorf("look for owners: %w", err)
	}
	if !others {
		return problem.New(problem.LastOwner)
	}
	return nil
}

// placeOfUser returns the place of an account in a session, nil where there is none.
func (t *turn) placeOfUser(sessionID, userID string) (*ent.Participant, error) {
	p, err := t.Participant.Query().Where(participant.SessionID(sessionID), participant.UserID(userID)).Only(t.ctx)
	if ent.IsNotFound(err) {
		return nil, nil
	}
	return p, wrapped("read place", err)
}

// managed reports whether a place is that of one who manages the room.
func (t *turn) managed(p *ent.Participant) (bool, error) {
	if p.UserID == nil {
		return false, nil
	}
	manages, err := t.Manager.Query().Where(manager.RoomID(t.room.ID), manager.UserID(*p.UserID)).Exist(t.ctx)
	return manages, wrapped("look for manager", err)
}

// managesNoLonger takes someone's place back to what it is without managing: the role of their invitation, else a member's,
// and out of the room. The change of state tells of both; where there is none, that of the role does.
func (t *turn) managesNoLonger(userID string) error {
	p, err := t.placeOfUser(currentID(t.room), userID)
	if err != nil || p == nil {
		return err
	}
	as := role.Viewer
	if p.InvitationID != nil {
		i, err := t.Invitation.Query().Where(invitation.ID(*p.InvitationID), invitation.RevokedAtIsNil()).Only(t.ctx)
		switch {
		case err == nil:
			as = i.Role
		case !ent.IsNotFound(err):
			return fmt.Errorf("read invitation: %w", err)
		}
	}
	u := t.Participant.UpdateOneID(p.ID)
	if p.InvitationID == nil && t.room.Access == entroom.AccessInvited {
		u.ClearUserID() // managing alone gave them this place: nothing of theirs may lead back to it
	}
	leaves := slices.Contains(movedByEnd, p.State)
	if leaves && as != p.Role {
		u.SetRole(as).AddRoleRevision(1)
	}
	if err := u.Exec(t.ctx); err != nil {
		return fmt.Errorf("update place: %w", err)
	}
	if leaves {
		return t.move(p, participant.StateLeft)
	}
	return t.setRole(p, as)
}
