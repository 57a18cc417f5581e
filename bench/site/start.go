//go:build linux

package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"usher/bench/program"
)

// measureStart imports accounts and invites people, then stops the server and starts it again.
func measureStart(ctx context.Context, c config) (figures []figure, err error) {
	const inRoom, starts = 2000, 5
	site, err := program.New(ctx, c.usher, c.folder, inRoom, false)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, site.Discard()) }()
	file := filepath.Join(c.folder, "people.csv")
	defer os.Remove(file)
	if err := writeAccounts(file, c.users); err != nil {
		return nil, err
	}
	if said, err := site.Run("user", "import", file); err != nil || !strings.HasPrefix(said, fmt.Sprint(c.users, " added")) {
		return nil, errors.Join(err, fmt.Errorf("import %d accounts: %s", c.users, said))
	}
	host, err := site.NewHost(c.invitations)
	if err != nil {
		return nil, err
	}
	if _, err := site.Start(); err != nil {
		return nil, err
	}
	for left := c.invitations; left > 0; left -= inRoom {
		if err := host.CreateRoom(); err != nil {
			return nil, err
		}
		if _, err := host.Invite(min(left, inRoom), viewer); err != nil {
			return nil, err
		}
	}
	var ready, cost []float64
	memory := 0
	for range starts {
		if err := site.Stop(); err != nil {
			return nil, err
		}
		took, err := site.Start()
		if err != nil {
			return nil, err
		}
		ready, cost = append(ready, float64(took.Microseconds())/1000), append(cost, site.Use().Server()/1000)
		site.Settle()
		memory = max(memory, site.MemoryKB())
	}
	return []figure{{
		Part: "start", Name: fmt.Sprintf("start to ready, with %s accounts and %s invitations", program.Thousands(float64(c.users)), program.Thousands(float64(c.invitations))),
		Value: median(ready), Unit: "ms", Target: float64(time.Second.Milliseconds()),
		Beside: fmt.Sprintf("of %d starts; %s ms of processor time, then %d MB of memory", starts, program.Short(median(cost)), memory>>10),
	}}, nil
}

// writeAccounts writes a file to import.
func writeAccounts(file string, n int) (err error) {
	f, err := os.Create(file) //nolint:gosec // in .bin
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	w := bufio.NewWriter(f)
	fmt.Fprintln(w, "email,first_name,last_name")
	for i := range n {
		fmt.Fprintf(w, "member%d@members.example,Member,Number%d\n", i, i)
	}
	return w.Flush()
}
