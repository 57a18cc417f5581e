//go:build linux

package main

import (
	"errors"
	"fmt"
	"os"
	"slices"
	"time"

	"usher/bench/program"
)

// results are what a run found. They are the file of -json.
type results struct {
	When     time.Time
	Version  string // of the source, as git names it
	Machine  string
	Database string
	Sizes    []result
}

// result is what one size found.
type result struct {
	N            int
	Steps        []step
	MemoryKB     float64 // for each connection that follows the room
	ReadyMS      float64 // from starting the server again until it was ready
	OtherPercent float64 // of one processor, used by other programs, the load processes among them
	Acknowledged int     // entries
	Logged       int     // entries, each once
	Talk         *talk   `json:",omitempty"`
	Vote         *vote   `json:",omitempty"`

	entered    []string
	unanswered bool // somebody does not know whether they entered
}

// step is what one step cost.
type step struct {
	Name           string
	CPU            float64 // µs of the server for each person
	P50, P99, Last float64 // ms, from the outside
	PerSecond      float64 `json:",omitempty"` // people
	Done           int
	Refused        map[string]int `json:",omitempty"`
	Faults         int            `json:",omitempty"`
	Missing        int            `json:",omitempty"`
	Message        string         `json:",omitempty"` // of the first refusal
	Fault          string         `json:",omitempty"` // the first
}

// add adds a step that cost so many µs for each person.
func (s *session) add(name string, got outcome, cost float64) {
	slices.Sort(got.Times)
	one := step{
		Name: name, CPU: cost, Done: len(got.Times),
		P50: program.Quantile(got.Times, 0.5), P99: program.Quantile(got.Times, 0.99), Last: program.Quantile(got.Times, 1),
		Refused: got.Refused, Faults: got.Faults, Missing: got.Missing, Message: got.Message, Fault: got.Fault,
	}
	s.Steps = append(s.Steps, one)
	fmt.Fprintf(os.Stderr, "%6d  %-12s %8.1f µs  p50 %8.1f  p99 %8.1f  last %8.1f ms", s.n, name, one.CPU, one.P50, one.P99, one.Last)
	if one.Message != "" || one.Fault != "" || one.Missing > 0 {
		fmt.Fprintf(os.Stderr, "  refused %v, faults %d, missing %d: %s %s", one.Refused, one.Faults, one.Missing, one.Message, one.Fault)
	}
	fmt.Fprintln(os.Stderr)
}

func (o outcome) fault() error {
	if o.Message != "" || o.Fault != "" {
		return errors.New(o.Message + o.Fault)
	}
	return nil
}

// step returns the step with a name.
func (r result) step(name string) (step, bool) {
	at := slices.IndexFunc(r.Steps, func(s step) bool { return s.Name == name })
	if at < 0 {
		return step{}, false
	}
	return r.Steps[at], true
}
