package room

import (
	"context"
	"fmt"

	"usher/auth"
	"usher/ent"
	"usher/ent/participant"
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
	return t.move(p, participant.StateInRoom, func(u *ent.ParticipantUpdateOne) { u.SetAdmitted(true) })
}

// AdmitAll lets in everyone who waits now, and returns how many.
func (s *Places) AdmitAll(ctx context.Context, actor auth.Actor, roomID string) (admitted int, err error) {
	err = s.act(ctx, actor, roomID, role.Admit, func(t *Turn) error {
		admitted, err = admitWaiting(t, false)
		return err
	})
	return admitted, err
}

// admitWaiting lets in those who wait, the longest-waiting first. unremoved leaves out those who were removed before.
func admitWaiting(t *Turn, unremoved bool) (admitted int, err error) {
	waiting, err := t.Tx.Participant.Query().
		Where(participant.SessionID(currentID(t.Room)), participant.StateEQ(participant.StateWaiting)).
		Order(ent.Asc(participant.FieldWaitingSince, participant.FieldID)).All(t.ctx)
	if err != nil {
		return 0, fmt.Errorf("read queue: %w", err)
	}
	for _, p := range waiting {
		if unremoved && p.Removed {
			continue
		}
		if _, err := admit(t, p); err != nil {
			return 0, err
		}
		admitted++
	}
	return admitted, nil
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
		return t.move(p, participant.StateDenied, func(u *ent.ParticipantUpdateOne) { u.AddDenials(1) })
	})
}
