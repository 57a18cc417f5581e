package ask

import (
	"context"
	"fmt"
	"strings"

	"usher/ent"
	"usher/ent/question"
	"usher/role"
	"usher/room"
)

func splitVote(key string) (question, voter string) {
	question, voter, _ = strings.Cut(key, " ")
	return question, voter
}

// QuestionCounts are how many questions of a session there are in each state.
type QuestionCounts struct {
	Asked, Open, Answered, Dismissed int
	// Pending is for moderators and managers.
	Pending *int
}

// CountsOf shows the counts of a room's current session, nil to those who may not ask.
func CountsOf(r *room.Room, states map[State]int) *QuestionCounts {
	if !r.Sight.Can(role.Ask) || !r.ChatAndCollaboration || r.CurrentSessionID == nil {
		return nil
	}
	return Numbers(states, r.Sight)
}

// Numbers shows the counts of a session to somebody who may read them.
func Numbers(states map[State]int, sight room.Sight) *QuestionCounts {
	counts := &QuestionCounts{Open: states[Open], Answered: states[Answered], Dismissed: states[Dismissed]}
	for _, n := range states {
		counts.Asked += n
	}
	if sight.Can(role.Moderate) {
		pending := states[Pending]
		counts.Pending = &pending
	}
	return counts
}

// Counts counts the questions of sessions in each state, by the sessions' ids.
func (r Rows) Counts(ctx context.Context, sessionIDs []string) (map[string]map[State]int, error) {
	var rows []struct {
		SessionID string `json:"session_id"`
		State     State  `json:"state"`
		Count     int    `json:"count"`
	}
	err := r.db.Question.Query().Where(question.SessionIDIn(sessionIDs...)).GroupBy(question.FieldSessionID, question.FieldState).
		Aggregate(ent.As(ent.Count(), "count")).Scan(ctx, &rows)
	if err != nil {
		return nil, fmt.Errorf("count questions: %w", err)
	}
	counts := make(map[string]map[State]int, len(sessionIDs))
	for _, id := range sessionIDs {
		counts[id] = map[State]int{}
	}
	for _, row := range rows {
		counts[row.SessionID][row.State] = row.Count
	}
	return counts, nil
}
