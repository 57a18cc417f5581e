package vote

import (
	"context"
	"fmt"
	"time"

	"usher/ent/interaction"
	"usher/role"
	"usher/room"
)

// Missed counts the interactions that were started in a room's current session after an instant.
func (s *Interactions) Missed(ctx context.Context, r *room.Room, after time.Time) (int, error) {
	if !r.Sight.Can(role.Vote) || !r.ChatAndCollaboration || r.CurrentSessionID == nil {
		return 0, nil
	}
	n, err := s.db.Interaction.Query().Where(interaction.SessionID(*r.CurrentSessionID), interaction.StartedAtGT(after)).Count(ctx)
	if err != nil {
		return 0, fmt.Errorf("count interactions: %w", err)
	}
	return n, nil
}
