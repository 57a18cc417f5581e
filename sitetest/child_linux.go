package sitetest

import (
	"os"
	"os/signal"
	"syscall"
	"testing"
	"unsafe"
)

// The program must survive a file that may not grow, as it survives a full disk.
func init() {
	if os.Getenv("TEST_AS_PROGRAM") != "" {
		signal.Ignore(syscall.SIGXFSZ)
	}
}

// LimitFiles limits the size of the files that the program writes; -1 means no limit.
func (c *Child) LimitFiles(t *testing.T, size int64) {
	t.Helper()
	limit := syscall.Rlimit{Cur: uint64(size), Max: ^uint64(0)}
	_, _, failed := syscall.RawSyscall6(syscall.SYS_PRLIMIT64, uintptr(c.Cmd.Process.Pid), syscall.RLIMIT_FSIZE, uintptr(unsafe.Pointer(&limit)), 0, 0, 0)
	if failed != 0 {
		t.Fatal(failed)
	}
}
