package stories

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"usher/live"
	. "usher/sitetest"
)

// leaveCopies leaves copies of a SQLite database beside it: that of an update, and one of a server that was killed while it copied.
func leaveCopies(t *testing.T, h *House) {
	t.Helper()
	file, ok := live.SQLiteFile(strings.TrimPrefix(h.Storage[0], "--database-url="))
	if !ok {
		return
	}
	backup := filepath.Join(t.TempDir(), "backup.db")
	h.MustRun("", "backup", backup)
	whole, err := os.ReadFile(backup)
	MustHave(t, "the backup", err)
	for _, name := range []string{".before-20261101000000", ".before-20261128032644.1234567890.usher-part"} {
		MustHave(t, name, os.WriteFile(file+name, whole, 0o600))
	}
}
