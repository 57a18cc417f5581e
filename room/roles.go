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

// ChangeRole gives a participant another role, for this session. expected is the role revision that the asker saw; nil: any.
// Returns ALREADY_MANAGER, STALE_REVISION. The same role changes nothing.
func (s *Rooms) ChangeRole(ctx context.Context, actor auth.Actor, id string, to role.RoomRole, expected *int) (*Participant, error) {
	return s.actOnParticipant(ctx, actor, id, role.ChangeRoles, func(t *turn, p *ent.Participant) (*ent.Participant, error) {
		if err := t.managerless(p); err != nil {
			return nil, err
		}
		if expected != nil && *expected != p.RoleRevision {
			return nil, problem.New(problem.StaleRevision).At("expectedRoleRevision")
		}
		if err := t.setRole(p, to); err != nil {
			return nil, err
		}
		after, err := t.Participant.Get(t.ctx, p.ID)
		return after, wrapped("read participant", err)
	})
}

// AcknowledgeRole notes that the asker's client shows a role revision. One that is not the current one changes nothing.
func (s *Rooms) AcknowledgeRole(ctx context.Context, actor auth.Actor, roomID string, revision int) (*Participant, error) {
	return s.inPlace(ctx, actor, roomID, func(t *turn, of *ent.Session) (*ent.Participant, error) {
		p := t.ownPlaceIn(of)
		if p == nil {
			return nil, problem.ErrNotFound
		}
		if revision != p.RoleRevision || p.RoleDelivered == revision {
			return p, nil
		}
		p, err := t.Participant.UpdateOneID(p.ID).SetRoleDelivered(revision).Save(t.ctx)
		if err != nil {
			return nil, fmt.Errorf("note role revision: %w", err)
		}
		e := aboutPlace(live.RoleDelivered, p)
		e.Actor = p.DisplayName
		return p, t.emit(e)
	})
}
