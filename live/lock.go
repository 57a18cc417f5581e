package live

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"github.com/gofrs/flock"
)

// ErrInUse says that a server, or another program, has the SQLite database to itself.
var ErrInUse = errors.New("another Usher is using the database; stop it first")

// lookedAt is how long the lock is waited for, which who looks whether somebody holds it takes for an instant.
const lookedAt = 250 * time.Millisecond

// Serve opens the database as Open does, for the server of a site: of a SQLite database it is the only one until it closes it
// or is gone, however that comes. Returns ErrInUse where there is one, before anything is changed.
func Serve(ctx context.Context, databaseURL string) (*Database, error) {
	file, ok := SQLiteFile(databaseURL)
	if !ok {
		return Open(ctx, databaseURL)
	}
	lock, err := lockSQLite(ctx, file)
	if err != nil {
		if errors.Is(err, ErrInUse) {
			err = fmt.Errorf("%w (SQLite allows one server, PostgreSQL any number)", err)
		}
		return nil, err
	}
	db, err := Open(ctx, databaseURL)
	if err != nil {
		return nil, errors.Join(err, lock.Close())
	}
	db.lock = lock
	return db, nil
}

// lock is what a server of a SQLite database holds: a file beside it and, on Linux, the database itself, whatever its name.
type lock struct{ beside, itself *flock.Flock }

// Close lets others have the database. SQLite must have closed it before: to close the file drops the locks that SQLite holds.
func (l *lock) Close() error { return errors.Join(l.itself.Close(), l.beside.Close()) }

// lockSQLite keeps every other server, and Restore, from the database until the lock is closed or the process is gone, and makes
// the database where there is none. The file beside it is locked first, and stays: who finds it locked has not touched the database.
func lockSQLite(ctx context.Context, file string) (*lock, error) {
	if err := makeFolder(file); err != nil {
		return nil, err
	}
	l := &lock{beside: flock.New(lockFile(file)), itself: flock.New(file, flock.SetFlag(os.O_RDWR))}
	waiting, cancel := context.WithTimeout(ctx, lookedAt)
	defer cancel()
	ours, err := l.beside.TryLockContext(waiting, lookedAt/10)
	if !ours {
		if errors.Is(err, context.DeadlineExceeded) {
			err = ErrInUse
		}
		return nil, fmt.Errorf("lock %s: %w", file, err)
	}
	if err := l.takeItself(file); err != nil {
		return nil, errors.Join(fmt.Errorf("lock %s: %w", file, err), l.Close())
	}
	return l, nil
}

// takeItself locks the database, which another server may have found by a hard link, or with its lock file removed. On Linux such
// a lock has nothing to do with those that SQLite takes; elsewhere the two would stand in each other's way.
func (l *lock) takeItself(file string) error {
	if err := createPrivate(file); err != nil {
		return err
	}
	if runtime.GOOS != "linux" {
		return nil
	}
	ours, err := l.itself.TryLock()
	if err == nil && !ours {
		err = ErrInUse
	}
	return err
}

// locked reports whether the database is served, or restored, without making a file.
func locked(file string) (bool, error) {
	lock := flock.New(lockFile(file), flock.SetFlag(os.O_RDONLY))
	free, err := lock.TryRLock()
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("look whether %s is locked: %w", file, err)
	}
	return !free, lock.Close()
}

// lockFile is the same for every way to name the database.
func lockFile(file string) string {
	if target, err := filepath.EvalSymlinks(file); err == nil { // else it is not made yet
		file = target
	}
	return file + ".lock"
}
