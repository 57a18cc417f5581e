package live

import (
	"fmt"
	"os"
	"runtime"
	"strings"
)

// Warnings lists what may be wrong with the files of a SQLite database, one sentence each. It returns nothing for other databases.
func Warnings(databaseURL string) (warnings []string) {
	file, ok := SQLiteFile(databaseURL)
	if !ok || runtime.GOOS == "windows" {
		return nil
	}
	var open []string
	for _, name := range []string{file, file + "-wal", file + "-shm"} {
		if info, err := os.Stat(name); err == nil && info.Mode().Perm()&0o077 != 0 {
			open = append(open, name)
		}
	}
	if open != nil {
		warnings = append(warnings, "other users of this machine can read the database; run: chmod 600 "+strings.Join(open, " "))
	}
	if info, err := os.Stat(file); err == nil {
		if n := names(info); n > 1 {
			warnings = append(warnings, fmt.Sprintf("%s has %d names (hard links); remove the others, because SQLite keeps its latest "+
				"writes in files named after the one that it opened", file, n))
		}
	}
	return warnings
}
