//go:build linux

package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"time"
)

// load are the connections of a measurement and what they have received.
type load struct {
	c       config
	addr    syscall.SockaddrInet4
	host    string
	path    string
	values  []string
	conns   []*conn
	byFD    [1 << 16]*conn // set before the connection is polled
	slots   []*slot
	base    atomic.Int64 // sequence of the first event plus 1; 0 is unset
	ready   atomic.Int64
	opening chan struct{}
	opened  sync.WaitGroup
	poll    int
	needle  []byte
	closed  atomic.Int64
	over    atomic.Bool
	client  http.Client

	errMu sync.Mutex
	err   error
}

// slot is one event, with the time when each connection got it.
type slot struct {
	fired time.Time
	at    []int64 // ns after the event was made; 0 is not yet
	n     atomic.Int64
	twice atomic.Int64
	done  chan struct{}
}

// times returns how long the event took to arrive, in ms, sorted.
func (s *slot) times() (sorted []float64, twice int) {
	for _, at := range s.at {
		if at != 0 {
			sorted = append(sorted, float64(at)/1e6)
		}
	}
	slices.Sort(sorted)
	return sorted, int(s.twice.Load())
}

func newLoad(c config) (*load, error) {
	u, err := url.Parse(c.url)
	if err != nil {
		return nil, fmt.Errorf("read url: %w", err)
	}
	port, err := strconv.Atoi(u.Port())
	ip := net.ParseIP(u.Hostname()).To4()
	if err != nil || ip == nil || !ip.IsLoopback() || u.Scheme != "ws" {
		return nil, errors.New("the url must be ws://127.0.0.1:PORT/PATH")
	}
	l := &load{
		c: c, host: u.Host, path: u.RequestURI(),
		opening: make(chan struct{}, c.inflight), needle: []byte(`"` + c.sequence + `":`),
		client: http.Client{Timeout: c.timeout + time.Minute},
	}
	l.addr.Port = port
	copy(l.addr.Addr[:], ip)
	if c.values != "" {
		if l.values, err = readLines(c.values); err != nil {
			return nil, err
		}
		if len(l.values) < c.n {
			return nil, fmt.Errorf("%d values for %d connections", len(l.values), c.n)
		}
	}
	for range c.warm + c.events + c.burst {
		l.slots = append(l.slots, &slot{at: make([]int64, c.n), done: make(chan struct{})})
	}
	return l, nil
}

func readLines(file string) (lines []string, err error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, fmt.Errorf("read values: %w", err)
	}
	defer f.Close()
	scanner := bufio.NewScanner(f)
	for scanner.Scan() {
		lines = append(lines, scanner.Text())
	}
	return lines, scanner.Err()
}

// expand fills in a connection's own values.
func (l *load) expand(s string, i int) string {
	if !strings.Contains(s, "{{") {
		return s
	}
	s = strings.ReplaceAll(s, "{{i}}", strconv.Itoa(i))
	if len(l.values) > 0 {
		s = strings.ReplaceAll(s, "{{v}}", l.values[i%len(l.values)])
	}
	return s
}

// fire makes a slot's event.
func (l *load) fire(k int) error {
	variables := strings.ReplaceAll(l.c.mutationVariables, "{{k}}", strconv.Itoa(k))
	body := `{"query":` + quote(l.c.mutation) + `,"variables":` + variables + `}`
	request, err := http.NewRequest(http.MethodPost, "http"+strings.TrimPrefix(l.c.url, "ws"), strings.NewReader(body))
	if err != nil {
		return fmt.Errorf("make event: %w", err)
	}
	request.Header.Set("Content-Type", "application/json")
	for _, header := range l.c.triggerHeaders {
		name, value, _ := strings.Cut(header, ":")
		request.Header.Set(strings.TrimSpace(name), strings.TrimSpace(value))
	}
	l.slots[k].fired = time.Now()
	response, err := l.client.Do(request)
	if err != nil {
		return fmt.Errorf("make event: %w", err)
	}
	defer response.Body.Close()
	answer, err := io.ReadAll(response.Body)
	if err != nil {
		return fmt.Errorf("make event: %w", err)
	}
	if response.StatusCode != http.StatusOK || strings.Contains(string(answer), `"errors"`) || strings.Contains(string(answer), `"code":`) {
		return fmt.Errorf("make event: %s: %.300s", response.Status, answer)
	}
	return nil
}

// await returns when all connections have a slot's event, or at the deadline.
func (l *load) await(k int, deadline time.Time) {
	select {
	case <-l.slots[k].done:
	case <-time.After(time.Until(deadline)):
	}
}

// deliver records that a connection got the event with this sequence.
func (l *load) deliver(c *conn, sequence int64, at time.Time) {
	l.base.CompareAndSwap(0, sequence+1)
	k := sequence + 1 - l.base.Load()
	if k < 0 || k >= int64(len(l.slots)) {
		l.fail(fmt.Errorf("an event of another measurement: %d", sequence))
		return
	}
	s := l.slots[k]
	if s.at[c.i] != 0 {
		s.twice.Add(1)
		return
	}
	s.at[c.i] = max(1, int64(at.Sub(s.fired)))
	if s.n.Add(1) == l.ready.Load() {
		close(s.done)
	}
}

func (l *load) fail(err error) {
	l.errMu.Lock()
	defer l.errMu.Unlock()
	if l.err == nil {
		l.err = err
	}
}

func (l *load) firstError() string {
	l.errMu.Lock()
	defer l.errMu.Unlock()
	if l.err == nil {
		return ""
	}
	return l.err.Error()
}

func quote(s string) string {
	b, err := json.Marshal(s)
	if err != nil {
		panic(err) // a string always has a JSON form
	}
	return string(b)
}
