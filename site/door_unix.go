//go:build unix

package site

import "syscall"

// descriptors is how many files and connections the process may have open. Go has raised it to the most that it may raise it to.
func descriptors() int {
	var limit syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_NOFILE, &limit); err != nil {
		return unlimited
	}
	return int(min(uint64(limit.Cur), unlimited))
}
