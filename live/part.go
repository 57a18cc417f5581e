package live

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"runtime"

	"github.com/gofrs/flock"
)

// part is an unfinished copy of a SQLite database. The process that writes it keeps it locked. One that nobody locks was left by a process
// that was killed. It may have everything that the database had, so dropParts removes it.
type part struct {
	name string
	held *flock.Flock
}

// copyBeside writes the database to a new file in the folder of another one and syncs it to the disk. Only the owner can read the file.
// Its name cannot be predicted, so nobody can plant a file or a link there.
func copyBeside(ctx context.Context, db *sql.DB, other string) (p *part, err error) {
	file, err := os.CreateTemp(filepath.Dir(other), filepath.Base(other)+".*"+partSuffix)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	p = &part{file.Name(), flock.New(file.Name(), flock.SetFlag(os.O_RDWR))}
	defer func() {
		if err != nil {
			err = errors.Join(fmt.Errorf("copy database: %w", err), p.drop())
		}
	}()
	if runtime.GOOS == "linux" { // elsewhere the lock would conflict with SQLite's own
		if ours, err := p.held.TryLock(); err != nil || !ours {
			return nil, errors.Join(err, errors.New("another process took the file"))
		}
	}
	if _, err := db.ExecContext(ctx, "VACUUM INTO ?", p.name); err != nil {
		return nil, err
	}
	return p, file.Sync()
}

// become gives the copy its final name.
func (p *part) become(name string) error {
	if err := os.Rename(p.name, name); err != nil {
		return errors.Join(err, p.drop())
	}
	return p.held.Close()
}

// drop removes the copy.
func (p *part) drop() error { return errors.Join(os.Remove(p.name), p.held.Close()) }

const partSuffix = ".usher-part"

// partName matches the names of unfinished copies, and of the files that SQLite keeps beside one.
var partName = regexp.MustCompile(`\.[0-9]+` + regexp.QuoteMeta(partSuffix) + `(-wal|-shm|-journal)?$`)

// dropParts removes the unfinished copies in a folder that nobody is writing.
func dropParts(folder string) error {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return fmt.Errorf("look for unfinished copies: %w", err)
	}
	for _, e := range entries {
		if found := partName.FindStringSubmatch(e.Name()); found != nil && e.Type().IsRegular() {
			err = errors.Join(err, dropPart(filepath.Join(folder, e.Name()), len(found[1])))
		}
	}
	return err
}

// dropPart removes a file of an unfinished copy, unless somebody is writing that copy. The copy's name is that of the file without its
// last letters.
func dropPart(file string, letters int) error {
	held := flock.New(file[:len(file)-letters], flock.SetFlag(os.O_RDWR))
	ours, err := held.TryLock()
	if errors.Is(err, fs.ErrNotExist) {
		ours, err = true, nil // the copy itself is gone
	}
	if err == nil && ours {
		if err = os.Remove(file); errors.Is(err, fs.ErrNotExist) {
			err = nil
		}
	}
	if err = errors.Join(err, held.Close()); err != nil {
		return fmt.Errorf("remove unfinished copy: %w", err)
	}
	return nil
}
