// Package live writes changes together with their events, each in one transaction, and carries the events to everyone who watches.
// All packages to its left may import it: auth, people, room, graph, site and command.
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

// Log is the door through which everything is written: the room's log is born in the same transactions.
type Log struct {
	write    *ent.Client
	rowLocks bool // the database locks rows; else one transaction writes at a time anyway
	wake     Waker
	now      func() time.Time
	failing  *atomic.Bool // the last write failed for storage's sake
}

// Now is the server's clock, which alone decides: UTC, to the millisecond.
func (l *Log) Now() time.Time { return l.now().UTC().Truncate(time.Millisecond) }

// Tx is a transaction that writes. Nothing of it is seen by anyone until Write returns.
type Tx struct {
	*ent.Tx
	// At is the instant of everything that the transaction writes.
	At       time.Time
	rowLocks bool
	raised   map[string]int
}

// Dialect is the SQL that the database speaks, by ent's name for it.
func (tx *Tx) Dialect() string {
	if tx.rowLocks {
		return dialect.Postgres
	}
	return dialect.SQLite
}

// Entry is one event to be: what happened and whom it is about. Room, revision and time are the log's.
type Entry struct {
	Kind          Kind
	Actor         string // display name of who did it; empty: the server
	ActorUserID   string
	SessionID     string
	InvitationID  string
	ParticipantID string
	UserID        string
	Detail        schema.EventDetail
}

// maxRetries is how often a transaction is run again that another one got in the way of.
const maxRetries = 5

// Write runs fn in one transaction and commits it where fn returns nil; then, and only then, it wakes who watches the rooms
// that fn emitted events of. An error of fn rolls everything back and is returned as it is; storage that cannot commit now is
// problem.ErrUnavailable. Where another transaction got in the way fn is run again from its beginning: it keeps nothing from
// one run to the next.
func (l *Log) Write(ctx context.Context, fn func(tx *Tx) error) error {
	for retries := 0; ; retries++ {
		err := l.once(ctx, fn)
		if err == nil || retries == maxRetries || !crossed(err) || ctx.Err() != nil {
			err = storageError(err)
			if errors.Is(err, problem.ErrUnavailable) {
				l.failing.Store(true)
			}
			return err
		}
	}
}

func (l *Log) once(ctx context.Context, fn func(tx *Tx) error) error {
	t, err := l.write.Tx(ctx)
	if err != nil {
		return unavailable("begin", err)
	}
	tx := &Tx{Tx: t, At: l.Now(), rowLocks: l.rowLocks, raised: map[string]int{}}
	defer func() { // also where fn panics; after a commit it does nothing
		_ = t.Rollback()
	}()
	if err := fn(tx); err != nil {
		return err
	}
	if err := t.Commit(); err != nil {
		// It may be written all the same, where only the answer was lost.
		for roomID := range tx.raised {
			l.wake.Wake(roomID, 0)
		}
		return unavailable("commit", err)
	}
	for roomID, revision := range tx.raised {
		l.failing.Store(false) // a commit of nothing would prove nothing
		l.wake.Wake(roomID, revision)
	}
	return nil
}

// Lock returns the room and keeps every other transaction that locks it out until this one ends: what is read of the room
// afterwards stays true. problem.ErrNotFound where there is none, also where it was deleted.
func (tx *Tx) Lock(ctx context.Context, roomID string) (*ent.Room, error) {
	q := tx.Room.Query().Where(room.ID(roomID), room.DeletedAtIsNil())
	if tx.rowLocks {
		q.ForUpdate()
	}
	r, err := q.Only(ctx)
	if ent.IsNotFound(err) {
		return nil, problem.ErrNotFound
	}
	return r, err
}

// siteLock is the advisory lock of LockSite.
const siteLock = migrationLock + 1

// LockSite keeps every other transaction that locks the site out until this one ends: for what must be decided across rows of
// the whole site.
func (tx *Tx) LockSite(ctx context.Context) error {
	if !tx.rowLocks {
		return nil
	}
	_, err := tx.ExecContext(ctx, "SELECT pg_advisory_xact_lock($1)", int64(siteLock))
	return err
}

// Emit writes an event with the room's next revision. Raising the room's own row in the transaction makes the order of
// revisions the order of commits, without gaps, on every database; a counter of the database would not (V1).
func (tx *Tx) Emit(ctx context.Context, roomID string, e Entry) error {
	r, err := tx.Room.UpdateOneID(roomID).AddRevision(1).Save(ctx)
	if err != nil {
		return fmt.Errorf("raise revision: %w", err)
	}
	tx.raised[roomID] = r.Revision
	return tx.Event.Create().
		SetRoomID(roomID).SetRevision(r.Revision).SetKind(string(e.Kind)).SetAudience(int(AudienceOf(e.Kind, e.Detail))).SetAt(tx.At).
		SetActor(e.Actor).SetActorUserID(e.ActorUserID).
		SetSessionID(e.SessionID).SetInvitationID(e.InvitationID).SetParticipantID(e.ParticipantID).SetUserID(e.UserID).
		SetDetail(e.Detail).Exec(ctx)
}

func unavailable(doing string, err error) error {
	if errors.Is(err, context.Canceled) {
		return err
	}
	return fmt.Errorf("%s: %w: %w", doing, problem.ErrUnavailable, err)
}
