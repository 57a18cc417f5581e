package room

import (
	"context"
	"fmt"

	"usher/ent"
	"usher/ent/invitation"
	"usher/ent/participant"
	"usher/ent/session"
	"usher/role"
)

// Counts is how many people a session has: invited by invitations that stand, waiting to come in, and in the room.
type Counts struct{ Invited, Waiting, InRoom int }

// Counted is the id of the room's current session where the asker may know how many people it has: a manager. Else it is empty.
func (r *Room) Counted() string {
	if !r.Sight.Can(role.SeeEverything) {
		return ""
	}
	return currentID(r.Room)
}

// CountsOf counts the people of sessions, by the session's id, in as many queries for one as for many.
func (s *Rooms) CountsOf(ctx context.Context, sessionIDs []string) (map[string]*Counts, error) {
	counts := make(map[string]*Counts, len(sessionIDs))
	for _, id := range sessionIDs {
		counts[id] = &Counts{}
	}
	var places []struct {
		SessionID string            `json:"session_id"`
		State     participant.State `json:"state"`
		Count     int               `json:"count"`
	}
	err := s.db.Participant.Query().
		Where(participant.SessionIDIn(sessionIDs...), participant.StateIn(participant.StateWaiting, participant.StateInRoom)).
		GroupBy(participant.FieldSessionID, participant.FieldState).Aggregate(ent.Count()).Scan(ctx, &places)
	if err != nil {
		return nil, fmt.Errorf("count participants: %w", err)
	}
	for _, of := range places {
		if of.State == participant.StateWaiting {
			counts[of.SessionID].Waiting = of.Count
			continue
		}
		counts[of.SessionID].InRoom = of.Count
	}
	var standing []struct {
		SessionID string `json:"session_id"`
		Count     int    `json:"count"`
	}
	these := session.IDIn(sessionIDs...)
	err = s.db.Invitation.Query().
		Where(invitation.HasSessionWith(these, notOver), standingAt(these, s.Now())).
		GroupBy(invitation.FieldSessionID).Aggregate(ent.Count()).Scan(ctx, &standing)
	if err != nil {
		return nil, fmt.Errorf("count invitations: %w", err)
	}
	for _, of := range standing {
		counts[of.SessionID].Invited = of.Count
	}
	return counts, nil
}
