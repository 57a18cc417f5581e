//go:build linux || darwin

package live

import (
	"io/fs"
	"syscall"
)

// freeSpace returns how many bytes this process may still write in a folder, and whether that is known.
func freeSpace(folder string) (free uint64, ok bool) {
	var of syscall.Statfs_t
	if err := syscall.Statfs(folder, &of); err != nil {
		return 0, false
	}
	return uint64(of.Bavail) * uint64(of.Bsize), true
}

// names returns how many names (hard links) a file has.
func names(info fs.FileInfo) uint64 {
	if of, ok := info.Sys().(*syscall.Stat_t); ok {
		return uint64(of.Nlink)
	}
	return 1
}
