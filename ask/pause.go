package ask

import (
	"context"
	"fmt"
	"strings"
	"time"

	"usher/auth"
	"usher/ent"
	"usher/ent/question"
	"usher/role"
	"usher/room"
)

// AskingPause is the time in which somebody asks no questions, because of muteAsker.
type AskingPause struct {
	Until *time.Time // nil: as long as the session
}

// PauseKey is the key of the asker's pause in a room's current session for Rows.Muting. It returns "" for somebody who can have none. Nobody
// reads the pause of another (Q3).
func PauseKey(r *room.Room, actor auth.Actor) string {
	asker := askerOf(r, actor)
	if asker == "" || !r.Sight.Can(role.Ask) || !r.ChatAndCollaboration || r.CurrentSessionID == nil {
		return ""
	}
	return *r.CurrentSessionID + " " + asker
}

// Pauses reads the pauses of people, by the keys that PauseKey returns.
func (r Rows) Pauses(ctx context.Context, keys []string) (map[string]*AskingPause, error) {
	var sessions, askers []string
	for _, one := range keys {
		of, asker, _ := strings.Cut(one, " ")
		sessions, askers = append(sessions, of), append(askers, asker)
	}
	rows, err := r.db.Question.Query().Where(question.SessionIDIn(sessions...), askedBy(askers...), question.AskerMuted(true)).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read who asks no questions: %w", err)
	}
	found := map[string][]*ent.Question{}
	for _, q := range rows {
		of := q.SessionID + " " + key(q)
		found[of] = append(found[of], q)
	}
	pauses := make(map[string]*AskingPause, len(found))
	for of, asked := range found {
		pauses[of] = pauseOf(asked, r.now())
	}
	return pauses, nil
}

// pauseOf returns the longest pause that somebody's questions led to, nil without one.
func pauseOf(asked []*ent.Question, at time.Time) (longest *AskingPause) {
	for _, q := range asked {
		switch until := q.AskerMutedUntil; {
		case !q.AskerMuted || until != nil && !at.Before(*until):
		case until == nil:
			return &AskingPause{}
		case longest == nil || until.After(*longest.Until):
			longest = &AskingPause{Until: until}
		}
	}
	return longest
}
