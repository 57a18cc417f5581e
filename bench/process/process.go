//go:build linux

// Package process reads what another process of this machine uses: its processor time and memory. Only benchmarks import it.
package process

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"syscall"
	"time"
	"unsafe"
)

const tick = 10_000 // µs: USER_HZ is 100

// Use is the processor time used until a moment, in µs.
type Use struct {
	server, all, self float64
	At                time.Time
}

// Server returns what the server used since it began, in µs.
func (u Use) Server() float64 { return u.server }

// ServerSince returns what the server used since start, in µs.
func (u Use) ServerSince(start Use) float64 { return u.server - start.server }

// OthersSince returns what programs other than the server and this one used, in percent of one processor.
func (u Use) OthersSince(start Use) float64 {
	others := (u.all - start.all) - (u.server - start.server) - (u.self - start.self)
	return 100 * others / float64(u.At.Sub(start.At).Microseconds())
}

// Read reads the clocks of the servers with these process ids, of this process and of the machine.
func Read(pids ...int) Use {
	u := Use{At: time.Now()}
	for _, pid := range pids {
		u.server += timeOf(pid)
	}
	var usage syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &usage) == nil {
		u.self = float64(usage.Utime.Nano()+usage.Stime.Nano()) / 1000
	}
	if b, err := os.ReadFile("/proc/stat"); err == nil {
		line, _, _ := strings.Cut(string(b), "\n")
		for i, field := range strings.Fields(line)[1:9] {
			if i != 3 && i != 4 { // idle, waiting
				u.all += tick * number(field)
			}
		}
	}
	return u
}

// timeOf returns the processor time of a process and its threads in µs. It returns 0 if it cannot read one. The process's clock counts
// nanoseconds; /proc counts hundredths of a second.
func timeOf(pid int) float64 {
	const scheduler = 2 // CPUCLOCK_SCHED
	clock := uintptr(int32(^pid)<<3 | scheduler)
	var used syscall.Timespec
	if _, _, errno := syscall.Syscall(syscall.SYS_CLOCK_GETTIME, clock, uintptr(unsafe.Pointer(&used)), 0); errno != 0 { //nolint:gosec // the kernel writes the time there
		return 0
	}
	return float64(used.Nano()) / 1000
}

func number(s string) float64 {
	n, _ := strconv.ParseFloat(s, 64) // the kernel writes only numbers
	return n
}

// MemoryKB returns a process's memory, without the kernel's buffers for its sockets.
func MemoryKB(pid int) int {
	b, err := os.ReadFile(fmt.Sprintf("/proc/%d/smaps_rollup", pid))
	if err != nil {
		return 0
	}
	_, rest, _ := strings.Cut(string(b), "Rss:")
	fields := strings.Fields(rest)
	if len(fields) == 0 {
		return 0
	}
	return int(number(fields[0]))
}

// AllowFiles raises the limit of open files as far as the system allows, also for processes that this one starts, and returns it.
func AllowFiles() (int, error) {
	var limit syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_NOFILE, &limit); err != nil {
		return 0, fmt.Errorf("read limit of open files: %w", err)
	}
	limit.Cur = limit.Max
	if err := syscall.Setrlimit(syscall.RLIMIT_NOFILE, &limit); err != nil {
		return 0, fmt.Errorf("raise limit of open files: %w", err)
	}
	return int(min(limit.Cur, 1<<30)), nil //nolint:gosec // it fits
}
