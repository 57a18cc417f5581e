//go:build linux

// Command hints measures what the hints between servers cost PostgreSQL. Many servers of one site run in this process, each with the
// connections for hints that a server has. They announce news of rooms that nobody writes, so that PostgreSQL does nothing but pass hints.
package main

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"log"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"

	"usher/bench/process"
	"usher/live"
	"usher/live/livetest"
)

// target limits the part of a processor that hints may cost PostgreSQL.
const target = 0.25

func main() {
	log.SetFlags(0)
	servers := flag.Int("servers", 20, "how many servers the site has")
	events := flag.Int("events", 2_000, "events a second, of all servers together")
	rooms := flag.Int("rooms", 1_000, "how many rooms these are in")
	seconds := flag.Int("seconds", 20, "how long is measured")
	flag.Parse()
	if err := run(*servers, *events, *rooms, time.Duration(*seconds)*time.Second); err != nil {
		log.Fatal(err)
	}
}

func run(servers, events, rooms int, period time.Duration) (err error) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	cluster, err := livetest.Start(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, cluster.Stop()) }()
	url, _, err := cluster.Create(ctx)
	if err != nil {
		return err
	}
	var running sync.WaitGroup
	defer running.Wait()
	defer cancel()
	var site []*live.Servers
	for n := range servers {
		db, err := live.Open(ctx, url)
		if err != nil {
			return err
		}
		hub := live.NewHub(db)
		s := live.NewServers(db, hub, live.NewPresence(live.AwayAfter, live.GatherFor), slog.New(slog.DiscardHandler))
		s.Introduce(func() live.Server { return live.Server{Name: fmt.Sprint("server ", n), StartedAt: time.Now()} }, time.Now)
		site = append(site, s)
		running.Go(func() { s.Run(ctx) })
		running.Go(func() { wake(ctx, s, n, time.Second*time.Duration(servers)/time.Duration(events), rooms) })
	}
	if err := known(site); err != nil {
		return err
	}
	pids, err := postgres(ctx, url)
	if err != nil {
		return err
	}
	before := process.Read(pids...)
	lags := sample(site, period)
	after := process.Read(pids...)
	used := after.ServerSince(before) / float64(after.At.Sub(before.At).Microseconds())
	verdict := "met"
	if used > target {
		verdict = "**missed**"
	}
	fmt.Printf("| %d servers, %d events a second | %.2f of a processor | ≤ %.2f | %s |\n", servers, events, used, target, verdict)
	fmt.Printf("A hint came back after %d ms at the median, %d ms at most (%d samples). Other programs used %.0f %% of a processor.\n",
		lags[len(lags)/2].Milliseconds(), lags[len(lags)-1].Milliseconds(), len(lags), after.OthersSince(before))
	return nil
}

// wake announces news of rooms, one after the other, until ctx ends.
func wake(ctx context.Context, s *live.Servers, n int, every time.Duration, rooms int) {
	tick := time.NewTicker(every)
	defer tick.Stop()
	for revision := 1; ; revision++ {
		select {
		case <-tick.C:
			s.Wake(fmt.Sprintf("r_%026d", (n*7919+revision)%rooms), revision)
		case <-ctx.Done():
			return
		}
	}
}

// known waits until every server knows all, and its hints come back.
func known(site []*live.Servers) error {
	for limit := time.Now().Add(time.Minute); ; time.Sleep(100 * time.Millisecond) {
		ready := 0
		for _, s := range site {
			all := s.Servers()
			if len(all) == len(site) && !slices.ContainsFunc(all, func(o live.Server) bool { return o.HintLag == nil }) {
				ready++
			}
		}
		switch {
		case ready == len(site):
			return nil
		case time.Now().After(limit):
			return fmt.Errorf("only %d of %d servers know all", ready, len(site))
		}
	}
}

// sample waits for a time, and returns how long hints took to come back, shortest first.
func sample(site []*live.Servers, period time.Duration) (lags []time.Duration) {
	for end := time.Now().Add(period); time.Now().Before(end); time.Sleep(2 * time.Second) {
		for _, s := range site[0].Servers() {
			if s.HintLag != nil {
				lags = append(lags, *s.HintLag)
			}
		}
	}
	slices.Sort(lags)
	return lags
}

// postgres returns the processes of the cluster: its first one, and those that serve connections.
func postgres(ctx context.Context, url string) (pids []int, err error) {
	conn, err := pgx.Connect(ctx, url)
	if err != nil {
		return nil, err
	}
	defer conn.Close(ctx)
	var folder string
	if err := conn.QueryRow(ctx, "SHOW data_directory").Scan(&folder); err != nil {
		return nil, err
	}
	first, err := os.ReadFile(filepath.Join(folder, "postmaster.pid"))
	if err != nil {
		return nil, err
	}
	line, _, _ := bytes.Cut(first, []byte("\n"))
	parent, err := strconv.Atoi(string(line))
	if err != nil {
		return nil, err
	}
	pids = []int{parent}
	files, _ := filepath.Glob("/proc/[0-9]*/stat")
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			continue // it has ended
		}
		// pid (name) state ppid …
		fields := strings.Fields(string(text[bytes.LastIndexByte(text, ')')+1:]))
		if len(fields) > 1 && fields[1] == strconv.Itoa(parent) {
			pid, _ := strconv.Atoi(filepath.Base(filepath.Dir(file)))
			pids = append(pids, pid)
		}
	}
	return pids, nil
}
