//go:build linux

package main

import (
	"bytes"
	"fmt"
	"os"
	"strconv"
	"strings"
	"syscall"
	"time"
)

const tick = 10_000 // µs: USER_HZ is 100

// cpu is the processor time used so far, in µs.
type cpu struct {
	server, all, self float64
	at                time.Time
}

func (c cpu) serverSince(start cpu) float64 { return c.server - start.server }

// othersSince returns what programs other than the server and this one used, in percent of one processor.
func (c cpu) othersSince(start cpu) float64 {
	others := (c.all - start.all) - (c.server - start.server) - (c.self - start.self)
	return 100 * others / float64(c.at.Sub(start.at).Microseconds())
}

func readCPU(pid int) cpu {
	c := cpu{at: time.Now()}
	if b, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid)); err == nil {
		fields := strings.Fields(string(b[bytes.LastIndexByte(b, ')')+2:]))
		c.server = tick * (number(fields[11]) + number(fields[12]))
	}
	var usage syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &usage) == nil {
		c.self = float64(usage.Utime.Nano()+usage.Stime.Nano()) / 1000
	}
	if b, err := os.ReadFile("/proc/stat"); err == nil {
		line, _, _ := strings.Cut(string(b), "\n")
		for i, field := range strings.Fields(line)[1:9] {
			if i != 3 && i != 4 { // idle, waiting
				c.all += tick * number(field)
			}
		}
	}
	return c
}

func number(s string) float64 {
	n, _ := strconv.ParseFloat(s, 64) // the kernel writes only numbers
	return n
}

// memoryKB returns a process's memory, without the kernel's buffers for its sockets.
func memoryKB(pid int) int {
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
