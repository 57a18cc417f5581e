package auth

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"time"

	"usher/live"
)

// SharedRates count in the database, so that a limit holds at all servers of a site together, and also after a restart. They are for
// what may fail, or sends emails: each use that counts is a write. Rates are for everything else.
type SharedRates struct {
	db  *live.Database
	log *live.Log
	key []byte
}

// NewSharedRates returns the rates of a site. The key keeps whoever has only the database from guessing whom a row is about. All servers of
// a site must have the same one.
func NewSharedRates(db *live.Database, log *live.Log, key []byte) *SharedRates {
	return &SharedRates{db, log, key}
}

// SharedRate allows each key Limit uses at once, and as many in each Per after that.
type SharedRate struct {
	Name  string // unique, and part of each row's id
	Limit int
	Per   time.Duration
}

// step is the time in milliseconds that one use takes to be made up for, and full that of all uses.
func (r SharedRate) step() int64 { return max(1, r.Per.Milliseconds()/int64(r.Limit)) }
func (r SharedRate) full() int64 { return r.step() * int64(r.Limit) }

// Use is one use of a rate by a key, such as an address.
type Use struct {
	Of  SharedRate
	Key string
}

func (s *SharedRates) id(u Use) string {
	mac := hmac.New(sha256.New, s.key)
	mac.Write([]byte(u.Of.Name + "\x00" + u.Key))
	return base64.RawURLEncoding.EncodeToString(mac.Sum(nil))
}

// Wait returns the time until each of the uses is allowed, 0 if they are allowed now. It counts nothing.
func (s *SharedRates) Wait(ctx context.Context, uses ...Use) (longest time.Duration, err error) {
	ids := make([]string, len(uses))
	for i, u := range uses {
		ids[i] = s.id(u)
	}
	rows, err := s.db.Read.SharedRate.ByIDs(ctx, ids)
	if err != nil {
		return 0, fmt.Errorf("read rates: %w", err)
	}
	now := s.log.Now().UnixMilli()
	for _, row := range rows {
		for i, u := range uses {
			if row.ID == ids[i] && row.SpentUntil <= now+2*u.Of.full() {
				longest = max(longest, u.Of.wait(row.SpentUntil+u.Of.step(), now))
			}
		}
	}
	return longest, nil
}

// wait returns the time until a key may have used so much.
func (r SharedRate) wait(spentUntil, now int64) time.Duration {
	return max(0, time.Duration(spentUntil-now-r.full())*time.Millisecond)
}

// errSpent ends a transaction with a use too many.
var errSpent = errors.New("this use is one too many")

// Allow counts the uses in the transaction in which it runs do. If one is too many, nothing counts, do does not run, and retryAfter is the
// time until it is allowed. Nothing counts either if do fails. A use too many only reads, unless others come at the same moment.
func (s *SharedRates) Allow(ctx context.Context, do func(tx *live.Tx) error, uses ...Use) (retryAfter time.Duration, err error) {
	if retryAfter, err = s.Wait(ctx, uses...); err != nil || retryAfter > 0 {
		return retryAfter, err
	}
	err = s.log.Write(ctx, func(tx *live.Tx) error {
		for _, u := range uses {
			wait, err := s.count(ctx, tx, u, tx.At)
			if err != nil {
				return err
			}
			if retryAfter = wait; wait > 0 {
				return errSpent
			}
		}
		return do(tx)
	})
	if errors.Is(err, errSpent) {
		err = nil
	}
	return retryAfter, err
}

// Count counts uses that have happened already, at an instant. Uses beyond the limit count as one.
func (s *SharedRates) Count(ctx context.Context, at time.Time, uses ...Use) error {
	return s.log.Write(ctx, func(tx *live.Tx) error {
		for _, u := range uses {
			if _, err := s.count(ctx, tx, u, at); err != nil {
				return err
			}
		}
		return nil
	})
}

// countUse adds a use to a row in one statement, so that no two servers count the same one. A row from the far future was written while
// a clock was wrong, and counts for nothing.
const countUse = `INSERT INTO shared_rates (id, spent_until) VALUES ($1, $2) ON CONFLICT (id) DO UPDATE SET spent_until = CASE
	WHEN shared_rates.spent_until <= $3 OR shared_rates.spent_until > $4 THEN excluded.spent_until
	WHEN shared_rates.spent_until > $5 THEN $6
	ELSE shared_rates.spent_until + $7 END
	RETURNING spent_until`

// count adds a use, and returns the time until it is allowed.
func (s *SharedRates) count(ctx context.Context, tx *live.Tx, u Use, at time.Time) (wait time.Duration, err error) {
	now, step, full := at.UnixMilli(), u.Of.step(), u.Of.full()
	rows, err := tx.QueryContext(ctx, countUse, s.id(u), now+step, now, now+2*full, now+full, now+full+step, step)
	if err != nil {
		return 0, fmt.Errorf("count use: %w", err)
	}
	defer rows.Close()
	var spentUntil int64
	if rows.Next() {
		err = rows.Scan(&spentUntil)
	}
	if err = errors.Join(err, rows.Err(), rows.Close()); err != nil {
		return 0, fmt.Errorf("read what was used: %w", err)
	}
	return u.Of.wait(spentUntil, now), nil
}
