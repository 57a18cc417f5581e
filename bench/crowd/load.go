//go:build linux

package main

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"time"

	"usher/bench/program"
)

// crowd is what a load process is started with.
type crowd struct {
	Site, Host string // the address of the site, and of the server that these people reach
	Room       string
	First      int // the number of its first person among all
	Requests   int // how many connections for requests an address has
	People     []program.Invited
}

// order is what a load process is to do next.
type order struct {
	Do       string // a step of a person, or one of the orders below
	From, To int    // which of all people
	AtOnce   int
	// Within lets each person act at a random moment of this time, instead of AtOnce people.
	Within time.Duration
	// Await is the text of the message that await waits for.
	Await string
	Since time.Time
	// InRoom leaves out those whose entry was refused.
	InRoom bool
	// Messages is how many messages report waits for, if it waits for any.
	Messages int
	// Poll is what people answer.
	Poll *poll
}

// Orders that no person carries out.
const (
	await  = "await"  // notes when each person gets a message with the text
	report = "report" // waits until everyone got it, and says when
	part   = "part"   // expects that the server closes the connections
)

// outcome is what came of an order.
type outcome struct {
	Times   []float64 // ms
	Refused map[string]int
	Message string   // of the first refusal
	Fault   string   // the first of the faults
	Faults  int      // connections that were lost, and requests without an answer
	Missing int      // people without the message
	Places  []string // of the people who succeeded

	Heard, Twice int         // messages
	Late         map[int]int // how many came so many ms after they were sent
}

// load is a load process.
type load struct {
	crowd
	people    []*person
	documents program.Documents
	sockets   *sockets
	clients   map[[4]byte]*http.Client
	awaited   atomic.Pointer[[]byte]
	parting   atomic.Bool

	mu     sync.Mutex
	faults int
	fault  string
	late   map[int]int // messages, by ms
	poll   *poll       // that people answer now
}

// runLoad reads orders and answers each with its outcome, until in ends.
func runLoad(in io.Reader, out io.Writer) error {
	debug.SetGCPercent(400)
	l := &load{clients: map[[4]byte]*http.Client{}, late: map[int]int{}}
	orders, outcomes := json.NewDecoder(in), json.NewEncoder(out)
	if err := orders.Decode(&l.crowd); err != nil {
		return fmt.Errorf("read crowd: %w", err)
	}
	var err error
	if l.documents, err = program.ReadDocuments(); err != nil {
		return err
	}
	if l.sockets, err = openSockets(l.Site, l.Host); err != nil {
		return err
	}
	for i, one := range l.People {
		p := &person{of: l, i: l.First + i, email: one.Email, token: one.Token}
		if l.clients[p.address()] == nil {
			l.clients[p.address()] = clientFrom(p.address(), l.Requests)
		}
		l.people = append(l.people, p)
	}
	for {
		var o order
		if err := orders.Decode(&o); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return fmt.Errorf("read order: %w", err)
		}
		if err := outcomes.Encode(l.carryOut(o)); err != nil {
			return fmt.Errorf("write outcome: %w", err)
		}
	}
}

func (l *load) carryOut(o order) outcome {
	var some []*person
	for _, p := range l.people {
		if o.From <= p.i && p.i < o.To && (!o.InRoom || p.inRoom.Load()) {
			some = append(some, p)
		}
	}
	result := outcome{Refused: map[string]int{}}
	switch o.Do {
	case await:
		for _, p := range l.people {
			p.arrived.Store(0)
		}
		text := []byte(o.Await)
		l.awaited.Store(&text)
	case report:
		if o.Messages > 0 {
			l.reportHeard(&result, some, o.Messages)
		} else {
			l.collect(&result, some, o)
		}
	case part:
		l.parting.Store(true)
		for _, client := range l.clients {
			client.CloseIdleConnections()
		}
	default:
		l.parting.Store(false)
		l.poll = o.Poll
		l.act(&result, some, o)
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	result.Faults += l.faults
	result.Fault = cmp.Or(result.Fault, l.fault)
	l.faults, l.fault = 0, ""
	return result
}

// act lets people take a step, each once. A time begins when the person acts, even if this process is late.
func (l *load) act(result *outcome, some []*person, o order) {
	var mu sync.Mutex
	one := func(p *person, began time.Time) {
		err := steps[o.Do](p)
		took := float64(time.Since(began).Microseconds()) / 1000
		mu.Lock()
		var refused *refusal
		switch {
		case err == nil:
			result.Times, result.Places = append(result.Times, took), append(result.Places, p.place)
		case errors.As(err, &refused):
			result.Refused[refused.code]++
			result.Message = cmp.Or(result.Message, o.Do+": "+err.Error())
		default:
			result.Faults++
			result.Fault = cmp.Or(result.Fault, o.Do+": "+err.Error())
		}
		mu.Unlock()
		if o.Do == "enter" && err == nil {
			if err := p.entered(); err != nil {
				l.lose(err)
			}
		}
	}
	var all sync.WaitGroup
	if o.Within > 0 {
		began := time.Now()
		for _, p := range some {
			at := began.Add(rand.N(o.Within))
			all.Go(func() {
				time.Sleep(time.Until(at))
				one(p, at)
			})
		}
	} else {
		waiting := make(chan *person, len(some))
		for _, p := range some {
			waiting <- p
		}
		close(waiting)
		for range o.AtOnce {
			all.Go(func() {
				for p := range waiting {
					one(p, time.Now())
				}
			})
		}
	}
	all.Wait()
}

// collect waits until everyone has the awaited message.
func (l *load) collect(result *outcome, some []*person, o order) {
	const patience = 30 * time.Second
	deadline := time.Now().Add(patience)
	for _, p := range some {
		for p.arrived.Load() == 0 && time.Now().Before(deadline) {
			time.Sleep(time.Millisecond)
		}
		if at := p.arrived.Load(); at != 0 {
			result.Times = append(result.Times, float64(at-o.Since.UnixNano())/1e6)
		} else {
			result.Missing++
		}
	}
	l.awaited.Store(nil)
}

// lose notes a lost connection, or a request that failed although nobody waits for its answer.
func (l *load) lose(err error) {
	if l.parting.Load() {
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.faults++
	if l.fault == "" {
		l.fault = err.Error()
	}
}
