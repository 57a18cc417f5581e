package room

import (
	"context"
	"fmt"
	"maps"
	"time"

	"usher/ent"
	"usher/ent/participant"
	"usher/live"
	"usher/role"
)

// later is what commands leave to the end of their transaction, which writes it with few statements. Until then only later knows it.
// The zero value takes events alone.
type later struct {
	places map[string]*ent.Participant // as they are now, by id
	added  []string                    // the places among them to insert, in their order
	change map[string]bool             // the stored places among them to update
	events []live.Emission
}

func newLater() *later {
	return &later{places: map[string]*ent.Participant{}, change: map[string]bool{}}
}

// add leaves a new place to be inserted.
func (l *later) add(p *ent.Participant) {
	l.added = append(l.added, p.ID)
	l.places[p.ID] = p
}

// emit leaves an event to be written, for the audience of its kind.
func (l *later) emit(kind *Kind, e live.Entry) {
	l.events = append(l.events, kind.emission(e))
}

// know notes how a place is now that was written already.
func (l *later) know(p *ent.Participant) { l.places[p.ID] = p }

// join takes over what a command left that was not refused.
func (l *later) join(of *later) {
	maps.Copy(l.places, of.places)
	l.added = append(l.added, of.added...)
	maps.Copy(l.change, of.change)
	l.events = append(l.events, of.events...)
}

// write writes everything, in as many statements as there are different changes.
func (l *later) write(ctx context.Context, tx *live.Tx, roomID string) error {
	if len(l.added) > 0 {
		rows := make([]*ent.ParticipantCreate, len(l.added))
		for i, id := range l.added {
			p := l.places[id]
			rows[i] = tx.Participant.Create().SetID(p.ID).SetRoomID(p.RoomID).SetSessionID(p.SessionID).SetNillableUserID(p.UserID).
				SetEmail(p.Email).SetDisplayName(p.DisplayName).SetRole(p.Role).SetRoleRevision(p.RoleRevision).
				SetRoleDelivered(p.RoleDelivered).SetState(p.State).SetNillableWaitingSince(p.WaitingSince).SetCreatedAt(p.CreatedAt)
			delete(l.change, id)
		}
		if err := tx.Participant.CreateBulk(rows...).Exec(ctx); err != nil {
			return fmt.Errorf("create participants: %w", err)
		}
	}
	changed := make([]*ent.Participant, 0, len(l.change))
	for id := range l.change {
		changed = append(changed, l.places[id])
	}
	if err := writePlaces(ctx, tx, changed...); err != nil {
		return err
	}
	return tx.EmitAll(ctx, roomID, l.events)
}

// Change writes how a place is now, at once or at the end of the transaction. Only what placeState names may have changed.
func (t *Turn) Change(p *ent.Participant) error {
	if t.later == nil || t.later.places == nil {
		return writePlaces(t.ctx, t.Tx, p)
	}
	t.later.places[p.ID], t.later.change[p.ID] = p, true
	return nil
}

// placeState is what moves, confirmations and hands change of a place.
type placeState struct {
	state             participant.State
	waitingSince      time.Time
	roleDelivered     int
	admitted, removed bool
	denials           int
	handAt            time.Time
	handRole          role.RoomRole
	handNote          string
	handDenials       int
}

// stateOf returns the state of a place.
func stateOf(p *ent.Participant) placeState {
	s := placeState{
		state: p.State, roleDelivered: p.RoleDelivered, admitted: p.Admitted, removed: p.Removed, denials: p.Denials,
		handRole: p.HandRole, handNote: p.HandNote, handDenials: p.HandDenials,
	}
	if p.WaitingSince != nil {
		s.waitingSince = *p.WaitingSince
	}
	if p.HandAt != nil {
		s.handAt = *p.HandAt
	}
	return s
}

// writePlaces updates places, with one statement for those whose states are equal.
func writePlaces(ctx context.Context, tx *live.Tx, places ...*ent.Participant) error {
	equal := map[placeState][]string{}
	for _, p := range places {
		equal[stateOf(p)] = append(equal[stateOf(p)], p.ID)
	}
	for s, ids := range equal {
		update := tx.Participant.Update().Where(participant.IDIn(ids...)).SetState(s.state).SetRoleDelivered(s.roleDelivered).
			SetAdmitted(s.admitted).SetRemoved(s.removed).SetDenials(s.denials).
			SetHandRole(s.handRole).SetHandNote(s.handNote).SetHandDenials(s.handDenials)
		if s.waitingSince.IsZero() {
			update.ClearWaitingSince()
		} else {
			update.SetWaitingSince(s.waitingSince)
		}
		if s.handAt.IsZero() {
			update.ClearHandAt()
		} else {
			update.SetHandAt(s.handAt)
		}
		n, err := update.Save(ctx)
		if err != nil {
			return fmt.Errorf("update participants: %w", err)
		}
		if n != len(ids) {
			return fmt.Errorf("update participants: %d of %d are stored", n, len(ids))
		}
	}
	return nil
}
