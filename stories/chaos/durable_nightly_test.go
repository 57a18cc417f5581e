//go:build nightly

package chaos

import (
	"bufio"
	"fmt"
	"os/exec"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"

	"usher/live/livetest"
	. "usher/sitetest"
)

// What SQLite acknowledged is on the disk: strace, where it is on the machine and may look, sees the program say so.
func TestAnAcknowledgedCommitWasSyncedToTheDisk(t *testing.T) {
	strace, err := exec.LookPath("strace")
	if err != nil {
		t.Skip("strace is not on this machine")
	}
	h := NewHouse(t, livetest.SQLite(t))
	program := h.ServeApart()
	room := h.Hall(h.User("ada@example.com"), nil)

	look := exec.CommandContext(t.Context(), strace, "-f", "-e", "trace=fsync,fdatasync", "-p", strconv.Itoa(program.Cmd.Process.Pid))
	said, err := look.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := look.Start(); err != nil {
		t.Fatal(err)
	}
	attached := make(chan bool, 1)
	read := make(chan struct{})
	var synced atomic.Int64
	go func() {
		defer close(read)
		for lines := bufio.NewScanner(said); lines.Scan(); {
			switch line := lines.Text(); {
			case strings.Contains(line, "attached"):
				select {
				case attached <- true:
				default:
				}
			case strings.Contains(line, "sync") && strings.HasSuffix(line, "= 0"):
				synced.Add(1)
			}
		}
		close(attached)
	}()
	t.Cleanup(func() {
		_ = look.Process.Kill()
		<-read
		_ = look.Wait()
	})
	if !<-attached {
		t.Skip("strace may not look at other processes here")
	}
	for n := range 50 {
		before := synced.Load()
		room.Update(Object{"title": fmt.Sprint("Title ", n)})
		// strace writes its line before the program goes on, and may be read after the answer.
		h.WaitUntil("the commit was synced", func() bool { return synced.Load() > before })
	}
}
