package auth

import (
	"context"
	"fmt"

	"usher/ent"
	"usher/ent/signin"
	"usher/live"
)

// keepAliveBatch is how many sign-ins one query looks at.
const keepAliveBatch = 500

// KeepAlive looks at the sign-ins that open connections hold: an open connection is use, so that none of them ends as idle. It
// returns those that have ended, by time or by hand, also at the hands of another program.
func (a *Authenticator) KeepAlive(ctx context.Context, signInIDs []string) (ended []string, err error) {
	for len(signInIDs) > 0 {
		batch := signInIDs[:min(len(signInIDs), keepAliveBatch)]
		signInIDs = signInIDs[len(batch):]
		rows, err := a.db.Read.SignIn.Query().Where(signin.IDIn(batch...)).WithUser().All(ctx)
		if err != nil {
			return nil, fmt.Errorf("read sign-ins: %w", err)
		}
		holds := make(map[string]bool, len(rows))
		var stale []string
		now := a.log.Now()
		for _, s := range rows {
			if !a.holds(s) {
				continue
			}
			holds[s.ID] = true
			if now.Sub(s.UsedAt) >= usedEvery {
				stale = append(stale, s.ID)
			}
		}
		for _, id := range batch {
			if !holds[id] {
				ended = append(ended, id)
			}
		}
		if err := a.touch(ctx, stale...); err != nil {
			return ended, err
		}
	}
	return ended, nil
}

// holds reports whether a sign-in, read with its user, stands for them now.
func (a *Authenticator) holds(s *ent.SignIn) bool {
	now := a.log.Now()
	idle := seconds(s.IdleSeconds)
	return s.Edges.User.DisabledAt == nil && now.Before(s.ExpiresAt) && (idle == 0 || now.Sub(s.UsedAt) < idle)
}

// touch remembers that sign-ins were used.
func (a *Authenticator) touch(ctx context.Context, ids ...string) error {
	if len(ids) == 0 {
		return nil
	}
	return a.log.Write(ctx, func(tx *live.Tx) error {
		return tx.SignIn.Update().Where(signin.IDIn(ids...)).SetUsedAt(tx.At).Exec(ctx)
	})
}
