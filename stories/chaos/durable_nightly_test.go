//go:build nightly

package chaos

import (
	"bufio"
	"errors"
	"fmt"
	"os/exec"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"

	"usher/live/livetest"
	. "usher/sitetest"
)

// What SQLite acknowledged is on the disk: strace sees the program sync it.
func TestAnAcknowledgedCommitWasSyncedToTheDisk(t *testing.T) {
	strace, err := exec.LookPath("strace")
	MustHave(t, "strace", err)
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
		MustHave(t, "strace", errors.New("it may not look at other processes here"))
	}
	for n := range 50 {
		before := synced.Load()
		room.Update(Object{"title": fmt.Sprint("Title ", n)})
		// strace writes its line before the program goes on, and may be read after the answer.
		h.WaitUntil("the commit was synced", func() bool { return synced.Load() > before })
	}
}
