package room

import (
	"context"
	"fmt"

	"usher/auth"
	"usher/ent"
	"usher/ent/participant"
	"usher/live"
	"usher/problem"
	"usher/role"
)

// Remove takes a participant out of the session. With block, every place of their email in the session is closed to them, by
// whichever way they came (L7). Managers and moderators may: these viewers and speakers only. Returns ALREADY_MANAGER. Asked for
// what is so already, it changes nothing.
func (s *Rooms) Remove(ctx context.Context, actor auth.Actor, id string, block bool) (*Participant, error) {
	return s.actOnParticipant(ctx, actor, id, role.Remove, func(t *turn, p *ent.Participant) (*ent.Participant, error) {
		if err := t.managerless(p); err != nil {
			return nil, err
		}
		if !t.sight.CanRemove(p.Role) {
			return nil, problem.ErrForbidden
		}
		if p.State == participant.StateBlocked {
			return p, nil
		}
		if !block {
			return t.remove(p, participant.StateRemoved)
		}
		return t.block(p)
	})
}

// block closes all places of a participant's email in the session, each with its own events: so whoever watches by any of them
// loses the stream. It is refused where the asker may not remove one of them.
func (t *turn) block(p *ent.Participant) (*ent.Participant, error) {
	manages, err := t.emailManages(p.Email)
	if err != nil {
		return nil, err
	}
	if manages {
		return nil, problem.New(problem.AlreadyManager)
	}
	others, err := t.sameEmail(p)
	if err != nil {
		return nil, err
	}
	for _, other := range others {
		if t.isSelf(other) || !t.sight.CanRemove(other.Role) {
			return nil, problem.ErrForbidden
		}
	}
	blocked, err := t.remove(p, participant.StateBlocked)
	if err != nil {
		return nil, err
	}
	for _, other := range others {
		if _, err := t.remove(other, participant.StateBlocked); err != nil {
			return nil, err
		}
	}
	return blocked, nil
}

// remove takes one place out of the session: to REMOVED, or to BLOCKED.
func (t *turn) remove(p *ent.Participant, to participant.State) (*ent.Participant, error) {
	if p.State == to {
		return p, nil
	}
	e := aboutPlace(live.ParticipantRemoved, p)
	e.Detail.Blocked = to == participant.StateBlocked
	if err := t.emit(e); err != nil {
		return nil, err
	}
	if err := t.Participant.UpdateOneID(p.ID).SetRemoved(true).SetAdmitted(false).Exec(t.ctx); err != nil {
		return nil, fmt.Errorf("remove participant: %w", err)
	}
	return t.moved(p, to)
}

// sameEmail returns the other places in the session of a participant's email: an account's, or a guest's.
func (t *turn) sameEmail(p *ent.Participant) ([]*ent.Participant, error) {
	others, err := t.Participant.Query().
		Where(participant.SessionID(p.SessionID), participant.Email(p.Email), participant.IDNEQ(p.ID)).
		Order(ent.Asc(participant.FieldCreatedAt, participant.FieldID)).All(t.ctx)
	return others, wrapped("read places", err)
}

// deniedForGood reports whether a place was denied twice (P2).
func deniedForGood(p *ent.Participant) bool {
	return p.State == participant.StateDenied && p.Denials >= 2
}

// Unblock lets someone who was blocked, or denied twice, ask again, by approval: by every place of their email that was blocked.
// Others stay as they are.
func (s *Rooms) Unblock(ctx context.Context, actor auth.Actor, id string) (*Participant, error) {
	return s.actOnParticipant(ctx, actor, id, role.ChangeRoles, func(t *turn, p *ent.Participant) (*ent.Participant, error) {
		if p.State != participant.StateBlocked && !deniedForGood(p) {
			return p, nil
		}
		unblocked, err := t.unblock(p)
		if err != nil {
			return nil, err
		}
		others, err := t.sameEmail(p)
		if err != nil {
			return nil, err
		}
		for _, other := range others {
			if other.State != participant.StateBlocked {
				continue
			}
			if _, err := t.unblock(other); err != nil {
				return nil, err
			}
		}
		return unblocked, nil
	})
}

// unblock lets one place ask again.
func (t *turn) unblock(p *ent.Participant) (*ent.Participant, error) {
	if err := t.Participant.UpdateOneID(p.ID).SetDenials(0).SetAdmitted(false).SetRemoved(true).Exec(t.ctx); err != nil {
		return nil, fmt.Errorf("unblock participant: %w", err)
	}
	return t.moved(p, participant.StateRemoved)
}
