package room

import (
	"context"

	"usher/auth"
	"usher/ent"
	"usher/ent/participant"
	"usher/problem"
	"usher/role"
)

// Remove puts a participant out of the session. With block, it blocks every place of their email in the session, by whichever
// way they came (L7). Managers may do so, and moderators with viewers and speakers. Returns ALREADY_MANAGER. A second call
// changes nothing.
func (s *Places) Remove(ctx context.Context, actor auth.Actor, id string, block bool) (*Participant, error) {
	return s.actOn(ctx, actor, id, role.Remove, func(t *Turn, p *ent.Participant) (*ent.Participant, error) {
		if err := t.managerless(p); err != nil {
			return nil, err
		}
		if !t.Sight.CanRemove(p.Role) {
			return nil, problem.ErrForbidden
		}
		if p.State == participant.StateBlocked {
			return p, nil
		}
		if !block {
			return removePlace(t, p, participant.StateRemoved)
		}
		return blockEmail(t, p)
	})
}

// blockEmail blocks all places of a participant's email in the session. Each gets its own events, so that a watcher by any of
// them loses the stream. Returns problem.ErrForbidden if the asker may not remove one of them.
func blockEmail(t *Turn, p *ent.Participant) (*ent.Participant, error) {
	manages, err := t.emailManages(p.Email)
	if err != nil {
		return nil, err
	}
	if manages {
		return nil, problem.New(problem.AlreadyManager)
	}
	others, err := placesOfEmail(t, p)
	if err != nil {
		return nil, err
	}
	for _, other := range others {
		if t.isSelf(other) || !t.Sight.CanRemove(other.Role) {
			return nil, problem.ErrForbidden
		}
	}
	blocked, err := removePlace(t, p, participant.StateBlocked)
	if err != nil {
		return nil, err
	}
	for _, other := range others {
		if _, err := removePlace(t, other, participant.StateBlocked); err != nil {
			return nil, err
		}
	}
	return blocked, nil
}

// removePlace moves one place to REMOVED or BLOCKED.
func removePlace(t *Turn, p *ent.Participant, to participant.State) (*ent.Participant, error) {
	if p.State == to {
		return p, nil
	}
	if to == participant.StateBlocked {
		if err := t.tools.blocked(t, p); err != nil {
			return nil, err
		}
	}
	e := aboutPlace(p)
	e.Detail.Blocked = to == participant.StateBlocked
	if err := t.Emit(participantRemoved, e); err != nil {
		return nil, err
	}
	return t.move(p, to, func(after *ent.Participant) { after.Removed, after.Admitted = true, false })
}

// placesOfEmail returns the other places of a participant's email in the session: an account's, or a guest's.
func placesOfEmail(t *Turn, p *ent.Participant) ([]*ent.Participant, error) {
	others, err := t.Tx.Participant.Query().
		Where(participant.SessionID(p.SessionID), participant.Email(p.Email), participant.IDNEQ(p.ID)).
		Order(ent.Asc(participant.FieldCreatedAt, participant.FieldID)).All(t.ctx)
	return others, wrapped("read places", err)
}

// deniedForGood reports whether a place was denied twice (P2).
func deniedForGood(p *ent.Participant) bool {
	return p.State == participant.StateDenied && p.Denials >= 2
}

// Unblock lets somebody who was blocked, or denied twice, ask again, by approval. It unblocks every place of their email. Of
// others it changes nothing.
func (s *Places) Unblock(ctx context.Context, actor auth.Actor, id string) (*Participant, error) {
	return s.actOn(ctx, actor, id, role.Unblock, func(t *Turn, p *ent.Participant) (*ent.Participant, error) {
		if p.State != participant.StateBlocked && !deniedForGood(p) {
			return p, nil
		}
		unblocked, err := unblockPlace(t, p)
		if err != nil {
			return nil, err
		}
		others, err := placesOfEmail(t, p)
		if err != nil {
			return nil, err
		}
		for _, other := range others {
			if other.State != participant.StateBlocked {
				continue
			}
			if _, err := unblockPlace(t, other); err != nil {
				return nil, err
			}
		}
		return unblocked, nil
	})
}

// unblockPlace lets one place ask again.
func unblockPlace(t *Turn, p *ent.Participant) (*ent.Participant, error) {
	return t.move(p, participant.StateRemoved, func(after *ent.Participant) {
		after.Denials, after.Admitted, after.Removed = 0, false, true
	})
}
