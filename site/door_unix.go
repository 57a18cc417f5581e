//go:build unix

package site

import "syscall"

// descriptors returns how many files and connections the process may have open. Go has already raised the limit as far as it may.
func descriptors() int {
	var limit syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_NOFILE, &limit); err != nil {
		return unlimited
	}
	return int(min(uint64(limit.Cur), unlimited))
}
