package live

import (
	"fmt"
	"os"
	"runtime"
	"strings"
)

// Doubts says what may be wrong with the files of a SQLite database, a sentence each; nothing of other databases.
func Doubts(databaseURL string) (doubts []string) {
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
		doubts = append(doubts, "other users of this machine can read the database; run: chmod 600 "+strings.Join(open, " "))
	}
	if info, err := os.Stat(file); err == nil {
		if n := names(info); n > 1 {
			doubts = append(doubts, fmt.Sprintf("%s has %d names (hard links); remove the others, because SQLite keeps its latest "+
				"writes in files named after the one that it opened", file, n))
		}
	}
	return doubts
}
