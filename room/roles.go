package room

import (
	"context"
	"fmt"

	"usher/auth"
	"usher/ent"
	"usher/problem"
	"usher/role"
)

// ChangeRoleInput gives a participant another role, for this session.
type ChangeRoleInput struct {
	ParticipantID string
	Role          role.RoomRole
	// ExpectedRoleRevision is the role revision that the asker saw. Nil accepts any.
	ExpectedRoleRevision *int
}

// ChangeRole changes a participant's role. Managers may give every role, moderators make viewers speakers and speakers viewers. Returns
// ALREADY_MANAGER, STALE_REVISION. The same role changes nothing.
func (s *Places) ChangeRole(ctx context.Context, actor auth.Actor, in ChangeRoleInput) (*Participant, error) {
	return s.actOn(ctx, actor, in.ParticipantID, role.ChangeRoles, func(t *Turn, p *ent.Participant) (*ent.Participant, error) {
		if err := t.managerless(p); err != nil {
			return nil, err
		}
		if !t.Sight.CanChange(p.Role, in.Role) {
			return nil, problem.ErrForbidden
		}
		if in.ExpectedRoleRevision != nil && *in.ExpectedRoleRevision != p.RoleRevision {
			return nil, problem.New(problem.StaleRevision).At("expectedRoleRevision")
		}
		return t.setRole(p, in.Role)
	})
}

// AcknowledgeRole notes that the asker's client shows a role revision. Any but the current one changes nothing.
func (s *Places) AcknowledgeRole(ctx context.Context, actor auth.Actor, roomID string, revision int) (*Participant, error) {
	return s.inPlace(ctx, actor, roomID, func(t *Turn, _ *ent.Session, p *ent.Participant) (*ent.Participant, error) {
		if p == nil {
			return nil, problem.ErrNotFound
		}
		if revision != p.RoleRevision || p.RoleDelivered == revision {
			return p, nil
		}
		after := *p
		after.RoleDelivered = revision
		if err := t.Change(&after); err != nil {
			return nil, fmt.Errorf("note role revision: %w", err)
		}
		e := aboutPlace(p)
		e.Actor = p.DisplayName
		return &after, t.Emit(roleDelivered, e)
	})
}
