package auth

import (
	"context"
	"fmt"

	"usher/ent"
	"usher/ent/signin"
	"usher/ent/user"
	"usher/live"
)

// keepAliveBatch is the number of sign-ins that one query reads.
const keepAliveBatch = 500

// KeepAlive counts open connections as use of their sign-ins, so that these do not end as idle. It returns the sign-ins that have
// ended or expired, also those that another program ended.
func (a *Authenticator) KeepAlive(ctx context.Context, signInIDs []string) (ended []string, err error) {
	for len(signInIDs) > 0 {
		batch := signInIDs[:min(len(signInIDs), keepAliveBatch)]
		signInIDs = signInIDs[len(batch):]
		rows, err := a.db.Read.SignIn.Query().Where(signin.IDIn(batch...)).WithUser().All(ctx)
		if err != nil {
			return nil, fmt.Errorf("read sign-ins: %w", err)
		}
		valid := make(map[string]bool, len(rows))
		var stale []string
		now := a.log.Now()
		for _, s := range rows {
			if !a.valid(s) {
				continue
			}
			valid[s.ID] = true
			if now.Sub(s.UsedAt) >= usedEvery {
				stale = append(stale, s.ID)
			}
		}
		for _, id := range batch {
			if !valid[id] {
				ended = append(ended, id)
			}
		}
		if err := a.touch(ctx, stale...); err != nil {
			return ended, err
		}
	}
	return ended, nil
}

// valid reports whether a sign-in, read with its user, works now.
func (a *Authenticator) valid(s *ent.SignIn) bool {
	now := a.log.Now()
	idle := seconds(s.IdleSeconds)
	return s.Edges.User.DisabledAt == nil && now.Before(s.ExpiresAt) && (idle == 0 || now.Sub(s.UsedAt) < idle)
}

// touch records that sign-ins were used.
func (a *Authenticator) touch(ctx context.Context, ids ...string) error {
	if len(ids) == 0 {
		return nil
	}
	return a.log.Write(ctx, func(tx *live.Tx) error {
		// Accounts come before their sign-ins, as where credentials end.
		if err := tx.User.Update().Where(user.HasSignInsWith(signin.IDIn(ids...))).SetSeenAt(tx.At).Exec(ctx); err != nil {
			return err
		}
		return tx.SignIn.Update().Where(signin.IDIn(ids...)).SetUsedAt(tx.At).Exec(ctx)
	})
}
