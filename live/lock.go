package live

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"github.com/gofrs/flock"
)

// ErrInUse means that a server, or another program, has exclusive use of the SQLite database.
var ErrInUse = errors.New("another Usher is using the database; stop it first")

// lockPatience limits the wait for the lock, because `usher check` takes it for a moment.
const lockPatience = 250 * time.Millisecond

// Serve opens the database like Open, for a server, and logs how long work proceeds. On SQLite, the server has exclusive use until it
// closes the database or its process ends. Serve returns ErrInUse, before any change, if another server has it.
func Serve(ctx context.Context, databaseURL string, log *slog.Logger) (*Database, error) {
	file, ok := SQLiteFile(databaseURL)
	if !ok {
		return open(ctx, databaseURL, log, false)
	}
	lock, err := lockSQLite(ctx, file)
	if err != nil {
		if errors.Is(err, ErrInUse) {
			err = fmt.Errorf("%w (SQLite allows one server, PostgreSQL any number)", err)
		}
		return nil, err
	}
	db, err := open(ctx, databaseURL, log, true)
	if err != nil {
		return nil, errors.Join(err, lock.Close())
	}
	db.lock = lock
	return db, nil
}

// lock is a server's exclusive use of a SQLite database. It locks a file beside the database and, on Linux, the database file itself,
// which has one identity under all its names.
type lock struct{ beside, itself *flock.Flock }

// Close releases the locks. SQLite must have closed the database before: closing the file drops the locks that SQLite has on it.
func (l *lock) Close() error { return errors.Join(l.itself.Close(), l.beside.Close()) }

// lockSQLite keeps other servers and Restore out until the lock is closed or the process ends. It creates a missing database. The file
// beside it is locked first and is never deleted, so a process that finds it locked has not touched the database.
func lockSQLite(ctx context.Context, file string) (*lock, error) {
	if err := makeFolder(file); err != nil {
		return nil, err
	}
	l := &lock{beside: flock.New(lockFile(file)), itself: flock.New(file, flock.SetFlag(os.O_RDWR))}
	waiting, cancel := context.WithTimeout(ctx, lockPatience)
	defer cancel()
	ours, err := l.beside.TryLockContext(waiting, lockPatience/10)
	if !ours {
		if errors.Is(err, context.DeadlineExceeded) {
			err = ErrInUse
		}
		return nil, fmt.Errorf("lock %s: %w", file, err)
	}
	if err := l.lockItself(file); err != nil {
		return nil, errors.Join(fmt.Errorf("lock %s: %w", file, err), l.Close())
	}
	return l, nil
}

// lockItself locks the database file, which another server may have reached by a hard link, or after its lock file was deleted. On
// Linux this lock does not affect SQLite's own locks. Elsewhere the two would conflict.
func (l *lock) lockItself(file string) error {
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

// locked reports whether a server or a restore is using the database. It creates no file.
func locked(file string) (bool, error) {
	lock := flock.New(lockFile(file), flock.SetFlag(os.O_RDONLY))
	free, err := lock.TryRLock()
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("check whether %s is locked: %w", file, err)
	}
	return !free, lock.Close()
}

// lockFile returns the same path for every symbolic link to the database.
func lockFile(file string) string {
	if target, err := filepath.EvalSymlinks(file); err == nil { // an error means that it does not exist yet
		file = target
	}
	return file + ".lock"
}
