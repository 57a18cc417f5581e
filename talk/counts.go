package talk

import (
	"context"
	"fmt"

	"usher/ent"
	"usher/ent/message"
)

// Written is how many messages a session has in each channel, without those that were deleted.
type Written map[Channel]int

// Written counts the messages of sessions, by the sessions' ids.
func (r Rows) Written(ctx context.Context, sessionIDs []string) (map[string]Written, error) {
	var rows []struct {
		SessionID string  `json:"session_id"`
		Channel   Channel `json:"channel"`
		Count     int     `json:"count"`
	}
	err := r.db.Message.Query().Where(message.SessionIDIn(sessionIDs...), message.DeletedAtIsNil()).
		GroupBy(message.FieldSessionID, message.FieldChannel).Aggregate(ent.As(ent.Count(), "count")).Scan(ctx, &rows)
	if err != nil {
		return nil, fmt.Errorf("count messages: %w", err)
	}
	counts := make(map[string]Written, len(sessionIDs))
	for _, id := range sessionIDs {
		counts[id] = Written{}
	}
	for _, row := range rows {
		counts[row.SessionID][row.Channel] = row.Count
	}
	return counts, nil
}
