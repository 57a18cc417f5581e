// Package live writes what happens in rooms, and carries it to those who watch. Its Log is the only way to write: each transaction
// writes a change together with its events, and each commit wakes the watches. Packages room, people, auth, site and command may
// import it.
package live

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"time"

	"entgo.io/ent/dialect"

	"usher/ent"
	"usher/ent/room"
	"usher/ent/schema"
	"usher/problem"
)

// Log runs every transaction that writes, so that a change and its events are committed together.
type Log struct {
	write    *ent.Client
	rowLocks bool // the database locks rows; otherwise only one transaction writes at a time
	wake     Waker
	now      func() time.Time
	failing  *atomic.Bool // the last write failed because of the storage
	metrics  Metrics
}

// Now returns the time of the server's clock, the only clock that counts, in UTC and to the millisecond.
func (l *Log) Now() time.Time { return l.now().UTC().Truncate(time.Millisecond) }

// Tx is a transaction that writes. Nobody sees its changes until Write returns.
type Tx struct {
	*ent.Tx
	// At is the time of everything that the transaction writes.
	At       time.Time
	rowLocks bool
	raised   map[string]int
	stirred  []string // rooms whose numbers changed without an event
	did      *statements
	kinds    []string // of the events that the transaction writes
}

// Dialect returns ent's name for the database's SQL dialect.
func (tx *Tx) Dialect() string {
	if tx.rowLocks {
		return dialect.Postgres
	}
	return dialect.SQLite
}

// Entry is an event to be written: what happened, and whom it is about. The log adds the room, the revision and the time.
type Entry struct {
	Actor         string // display name of who did it; empty: the server
	ActorUserID   string
	Unsigned      bool // the row does not name who did it, who is not the server
	SessionID     string
	InvitationID  string
	ParticipantID string
	UserID        string
	Detail        schema.EventDetail
}

// maxRetries limits how often a conflicting transaction is retried.
const maxRetries = 5

// Write runs fn in a transaction and commits it if fn returns nil. Only then does it wake the watches of the rooms that fn emitted
// events for. An error of fn rolls everything back and is returned unchanged. Write returns problem.ErrUnavailable if the storage
// cannot commit now. It retries fn from its beginning after a conflict, so fn must keep no state between runs.
func (l *Log) Write(ctx context.Context, fn func(tx *Tx) error) error {
	defer l.metrics.writes.Time()()
	for retries := 0; ; retries++ {
		l.metrics.reruns.Add(min(retries, 1))
		err := l.once(ctx, fn)
		if err == nil || retries == maxRetries || !conflicted(err) || ctx.Err() != nil {
			err = storageError(err)
			if errors.Is(err, problem.ErrUnavailable) {
				l.failing.Store(true)
				l.metrics.unavailable.Add(1)
			}
			return err
		}
	}
}

func (l *Log) once(ctx context.Context, fn func(tx *Tx) error) error {
	did := &statements{}
	begun := l.metrics.waits.Time()
	t, err := l.write.Tx(context.WithValue(ctx, statementsKey{}, did))
	begun()
	if err != nil {
		return unavailable("begin", err)
	}
	tx := &Tx{Tx: t, At: l.Now(), rowLocks: l.rowLocks, raised: map[string]int{}, did: did}
	defer func() { // also if fn panics; a no-op after a commit
		_ = t.Rollback()
	}()
	if err := fn(tx); err != nil {
		return err
	}
	if err := t.Commit(); err != nil {
		// The commit may have succeeded, with only its answer lost.
		for roomID := range tx.raised {
			l.wake.Wake(roomID, 0)
		}
		l.stir(tx)
		return unavailable("commit", err)
	}
	for roomID, revision := range tx.raised {
		l.failing.Store(false) // an empty commit would prove nothing
		l.wake.Wake(roomID, revision)
	}
	l.stir(tx)
	for _, kind := range tx.kinds {
		l.metrics.events.Add(1, kind)
	}
	return nil
}

func (l *Log) stir(tx *Tx) {
	for _, roomID := range tx.stirred {
		l.wake.Stir(roomID)
	}
}

// Count counts n times that something happened in a room that is stored nowhere, at all servers.
func (l *Log) Count(roomID, what string, n int) { l.wake.Count(roomID, what, n) }

// Stir marks a room whose numbers the transaction changes without an event. After the commit, whoever follows its tally gets them.
func (tx *Tx) Stir(roomID string) { tx.stirred = append(tx.stirred, roomID) }

// Lock returns the room and keeps out every other transaction that locks it, until this one ends. So what is read of the room
// afterwards stays true. It returns problem.ErrNotFound if the room does not exist or is deleted.
func (tx *Tx) Lock(ctx context.Context, roomID string) (*ent.Room, error) {
	r, err := tx.LockStored(ctx, roomID)
	if err == nil && r.DeletedAt != nil {
		return nil, problem.ErrNotFound
	}
	return r, err
}

// LockStored is Lock for a room that may be deleted already, while its row is still stored.
func (tx *Tx) LockStored(ctx context.Context, roomID string) (*ent.Room, error) {
	q := tx.Room.Query().Where(room.ID(roomID))
	if tx.rowLocks {
		q.ForUpdate()
	}
	r, err := q.Only(ctx)
	if ent.IsNotFound(err) {
		return nil, problem.ErrNotFound
	}
	return r, err
}

// siteLock is the key of LockSite's advisory lock.
const siteLock = migrationLock + 1

// LockSite keeps out every other transaction that calls it, until this one ends. It protects decisions that involve rows of the whole
// site.
func (tx *Tx) LockSite(ctx context.Context) error {
	if !tx.rowLocks {
		return nil
	}
	_, err := tx.ExecContext(ctx, "SELECT pg_advisory_xact_lock($1)", int64(siteLock))
	return err
}

func unavailable(doing string, err error) error {
	if errors.Is(err, context.Canceled) {
		return err
	}
	return fmt.Errorf("%s: %w: %w", doing, problem.ErrUnavailable, err)
}
