package live

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
)

const (
	// earlierKept is how many copies from before updates stay beside a SQLite database.
	earlierKept = 3
	// earlier is in the names of these copies, between that of the database and the number of the update.
	earlier = ".before-"
)

// keepEarlier copies a SQLite database that an update is about to change, so that there is a way back: usher restore takes the copy. An update
// that was interrupted keeps the copy from before it began.
func keepEarlier(ctx context.Context, db *sql.DB, file string, update int64, log *slog.Logger) (err error) {
	to := fmt.Sprint(file, earlier, update)
	if _, err := os.Lstat(to); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if free, ok := freeSpace(filepath.Dir(file)); ok {
		if err := suffices(free, sizeOf(file)+sizeOf(file+"-wal")); err != nil {
			return fmt.Errorf("update %s: %w", file, err)
		}
	}
	progress := Begin(log, "copy the database before the update", "copies", 1)
	defer func() { progress.End(err) }()
	part, err := copyBeside(ctx, db, to)
	if err != nil {
		return err
	}
	if err := part.become(to); err != nil {
		return err
	}
	progress.Add(1)
	return dropEarlier(file, earlierKept)
}

// suffices returns an error unless free space holds a copy of a database, and as much again for the update itself.
func suffices(free, size uint64) error {
	if free >= 2*size {
		return nil
	}
	const mib = 1 << 20
	return fmt.Errorf("this needs %d MiB of free space on its disk, for a copy from before and for the update, and there are %d MiB", (2*size+mib-1)/mib, free/mib)
}

// dropEarlier removes all but the newest copies from before updates.
func dropEarlier(file string, kept int) error {
	copies, err := earlierCopies(file)
	if err != nil {
		return err
	}
	for _, name := range copies[:max(0, len(copies)-kept)] {
		err = errors.Join(err, os.Remove(name))
	}
	return err
}

// earlierCopies returns the copies from before updates, oldest first.
func earlierCopies(file string) (copies []string, err error) {
	entries, err := os.ReadDir(filepath.Dir(file)) // by name, and an update's number begins with its date
	if err != nil {
		return nil, fmt.Errorf("look for copies: %w", err)
	}
	for _, e := range entries {
		var update int64
		if n, _ := fmt.Sscanf(e.Name(), filepath.Base(file)+earlier+"%d", &update); n == 1 && e.Name() == fmt.Sprint(filepath.Base(file), earlier, update) {
			copies = append(copies, filepath.Join(filepath.Dir(file), e.Name()))
		}
	}
	return copies, nil
}

// sizeOf returns the size of a file, 0 if it does not exist.
func sizeOf(file string) uint64 {
	info, err := os.Stat(file)
	if err != nil {
		return 0
	}
	return uint64(info.Size())
}
