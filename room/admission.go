package room

import (
	"context"
	"fmt"

	"usher/auth"
	"usher/ent"
	"usher/ent/participant"
	"usher/ent/predicate"
	"usher/problem"
	"usher/role"
)

// mayAdmit reports whether somebody with this role may admit others once they are in the room.
func mayAdmit(of role.RoomRole) bool { return role.Standing{Place: of, InRoom: true}.Can(role.Admit) }

// Admit lets in a participant who waits. Returns ALREADY_HANDLED if they no longer wait: the first answer counts.
func (s *Places) Admit(ctx context.Context, actor auth.Actor, id string) (*Participant, error) {
	return s.actOn(ctx, actor, id, role.Admit, func(t *Turn, p *ent.Participant) (*ent.Participant, error) {
		if p.State != participant.StateWaiting {
			return nil, problem.New(problem.AlreadyHandled)
		}
		return admit(t, p)
	})
}

// admit lets a participant in. They need no second approval in this session.
func admit(t *Turn, p *ent.Participant) (*ent.Participant, error) {
	return t.move(p, participant.StateInRoom, func(after *ent.Participant) { after.Admitted = true })
}

// AdmitAll lets in everyone who waits now, or everyone with one of some roles, and returns how many.
func (s *Places) AdmitAll(ctx context.Context, actor auth.Actor, roomID string, roles []role.RoomRole) (admitted int, err error) {
	err = s.act(ctx, actor, roomID, role.Admit, func(t *Turn) error {
		admitted, err = admitWaiting(t, withRole(roles))
		return err
	})
	return admitted, err
}

// AdmitMany lets in those of the participants who wait, and returns how many. handled are the others: somebody answered them
// before. Returns problem.ErrNotFound, and changes nothing, if one of them is not in the room.
func (s *Places) AdmitMany(ctx context.Context, actor auth.Actor, roomID string, ids []string) (admitted int, handled []string, err error) {
	err = s.act(ctx, actor, roomID, role.Admit, func(t *Turn) error {
		waiting, others, err := t.named(ids)
		if err != nil {
			return err
		}
		handled, admitted = others, len(waiting)
		for _, p := range waiting {
			if _, err := admit(t, p); err != nil {
				return err
			}
		}
		return nil
	})
	return admitted, handled, err
}

// admitWaiting lets in those who wait, the longest-waiting first, and returns how many.
func admitWaiting(t *Turn, where predicate.Participant) (admitted int, err error) {
	waiting, err := t.queue(where)
	if err != nil {
		return 0, err
	}
	for _, p := range waiting {
		if _, err := admit(t, p); err != nil {
			return 0, err
		}
	}
	return len(waiting), nil
}

// Deny refuses a participant who waits. They may ask once more. Returns ALREADY_MANAGER, and ALREADY_HANDLED if they no longer
// wait.
func (s *Places) Deny(ctx context.Context, actor auth.Actor, id string) (*Participant, error) {
	return s.actOn(ctx, actor, id, role.Admit, func(t *Turn, p *ent.Participant) (*ent.Participant, error) {
		if err := t.managerless(p); err != nil {
			return nil, err
		}
		if p.State != participant.StateWaiting {
			return nil, problem.New(problem.AlreadyHandled)
		}
		return deny(t, p)
	})
}

// deny refuses a participant who waits.
func deny(t *Turn, p *ent.Participant) (*ent.Participant, error) {
	return t.move(p, participant.StateDenied, func(after *ent.Participant) { after.Denials++ })
}

// DenyAll refuses everyone who waits now, or everyone with one of some roles, but no manager. It returns how many.
func (s *Places) DenyAll(ctx context.Context, actor auth.Actor, roomID string, roles []role.RoomRole) (denied int, err error) {
	err = s.act(ctx, actor, roomID, role.Admit, func(t *Turn) error {
		waiting, err := t.queue(participant.And(withRole(roles), participant.Not(ofManager)))
		denied = len(waiting)
		if err != nil {
			return err
		}
		for _, p := range waiting {
			if _, err := deny(t, p); err != nil {
				return err
			}
		}
		return nil
	})
	return denied, err
}

// DenyMany refuses those of the participants who wait, and returns how many. handled are the others: somebody answered them
// before. Returns ALREADY_MANAGER or problem.ErrNotFound, and changes nothing, if one of them manages the room or is not in it.
func (s *Places) DenyMany(ctx context.Context, actor auth.Actor, roomID string, ids []string) (denied int, handled []string, err error) {
	err = s.act(ctx, actor, roomID, role.Admit, func(t *Turn) error {
		waiting, others, err := t.named(ids)
		if err != nil {
			return err
		}
		handled, denied = others, len(waiting)
		manages, err := t.Tx.Participant.Query().Where(participant.IDIn(ids...), ofManager).Exist(t.ctx)
		if err != nil {
			return fmt.Errorf("look for managers: %w", err)
		}
		if manages {
			return problem.New(problem.AlreadyManager)
		}
		for _, p := range waiting {
			if _, err := deny(t, p); err != nil {
				return err
			}
		}
		return nil
	})
	return denied, handled, err
}
